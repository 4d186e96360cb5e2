/** Parses a post's Markdown into one clean tree, from which email, text and feed are printed. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { Post } from "#core/posts/post.ts";
import { toHtml } from "#render/markdown/markdown.ts";
import type { Words } from "#render/words/words.ts";
import { type ChangeLog, noLog } from "./changes.ts";
import { absoluteLink, absoluteSource, watchPage } from "./links.ts";
import { droppedElements, sanitize } from "./sanitize.ts";
import { type Element, element, type Node, textOf } from "./tree.ts";

/**
 * The blocks of a post. Besides HTML elements there are three of our own:
 * - `embed` (attributes `href`, `label`, `host`, `kind`; its poster inside) for a player
 * - `callout` (attribute `label`) for a GitHub alert
 * - `sup` with `data-note` for a reference to a footnote, whose text is in the list at the end (`h2` and `ol` with
 *   `data-notes`)
 * `data-source` of an image is its source as the author wrote it; an image without an address has an empty `src`.
 * Every URL is absolute. Headings begin at `h2`, because `h1` is the title, and skip no level.
 */
export function readArticle(post: Post, words: Words, log: ChangeLog = noLog): Node[] {
  const { html, notes } = toHtml(post.body);
  const setting = { post, words, log };
  const blocks = flow(mend(gate(html, setting), setting));
  if (repeatsTitle(blocks[0], post.title)) {
    log.note("heading", post.title, "The first heading is left out because it repeats the title.");
    blocks.shift();
  }
  levelHeadings(blocks, log);
  return notes.length === 0 ? blocks : [...blocks, ...noteList(notes, setting)];
}

interface Setting {
  post: Post;
  words: Words;
  log: ChangeLog;
}

function gate(html: string, { log }: Setting): Node[] {
  if (log !== noLog)
    for (const tag of droppedElements(html))
      log.note("html-dropped", `<${tag}`, `<${tag}> is left out because it does not work in an email.`);
  return sanitize(html);
}

/** Replaces elements that don't work in an email or a feed, from the leaves up. */
function mend(nodes: readonly Node[], setting: Setting): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (typeof node === "string") return [node];
    const children = mend(node.children, setting);
    const { tag, attributes } = node;
    switch (tag) {
      case "a":
        return link(attributes, children, setting);
      case "img":
        return image(attributes, setting);
      case "iframe":
      case "video":
      case "audio":
        return player(node, setting);
      case "source":
        return [];
      case "blockquote":
        return [callout(flow(children), setting.words)];
      case "details":
        setting.log.note("details-opened", "<details", "Collapsed content is shown open.");
        return [element(tag, attributes, ...flow(children, ["summary"]))];
      case "figure":
      case "dd":
        return [element(tag, attributes, ...flow(children, ["figcaption"]))];
      case "p":
        return paragraph(attributes, children);
      default:
        return [element(tag, attributes, ...children)];
    }
  });
}

function link(attributes: Record<string, string>, children: Node[], { post, log }: Setting): Node[] {
  const written = attributes["href"] ?? "";
  const href = absoluteLink(written, post.url);
  const said = children.map(textOf).join("");
  if (!href) {
    log.note("link-removed", written || said, `A link that readers can't open became plain text: ${written || said}`);
    return children;
  }
  // A link without text is useless with a screen reader.
  if (!hasContent(children)) return children;
  if (!/^(https?|mailto|tel):/i.test(written))
    log.note(
      "link-rewritten",
      written,
      `${written} becomes ${href}, because a relative link does not work in an email.`,
    );
  return [element("a", { ...attributes, href }, ...children)];
}

function image(attributes: Record<string, string>, { post, log }: Setting): Node[] {
  const alt = legalLine(attributes["alt"] ?? "");
  const source = attributes["src"]?.trim() ?? "";
  const src = absoluteSource(source, post.url) ?? "";
  if (src || /^data:image\//i.test(source)) return [element("img", { ...attributes, src, alt, "data-source": source })];
  log.note(
    "image-missing",
    source || alt,
    `An image without a usable address is left out${alt && `; its alternative text remains: ${alt}`}`,
  );
  return alt === "" ? [] : [`[${alt}]`];
}

function player(node: Element, { post, words, log }: Setting): Node[] {
  const source = node.attributes["src"] ?? node.children.map(sourceOf).find(Boolean) ?? "";
  const href = absoluteSource(source, post.url);
  if (!href) {
    log.note("html-dropped", `<${node.tag}`, `<${node.tag}> without a usable address is left out.`);
    return [];
  }
  const page = watchPage(href);
  const host = new URL(page).hostname.replace(/^www\./, "");
  const plays = node.tag !== "iframe" || page !== href;
  const label = legalLine(node.attributes["title"] ?? "") || (plays ? words.media(host) : words.open(host));
  const poster = absoluteSource(node.attributes["poster"] ?? "", post.url);
  const picture = poster
    ? [element("img", { src: poster, alt: label, "data-source": node.attributes["poster"] ?? "" })]
    : [];
  log.note("embed", source, `<${node.tag}> becomes a card that links to ${page}`);
  return [element("embed", { href: page, label, host, kind: plays ? "play" : "page" }, ...picture)];
}

function sourceOf(node: Node): string | undefined {
  return typeof node !== "string" && node.tag === "source" ? node.attributes["src"] : undefined;
}

/** CommonMark reads a one-line `<video>` as inline HTML. Alone in its paragraph it is still a block. */
function paragraph(attributes: Record<string, string>, children: Node[]): Node[] {
  const solid = children.filter((child) => typeof child !== "string" || child.trim() !== "");
  if (solid.length === 0) return [];
  if (solid.every((child) => typeof child !== "string" && child.tag === "embed")) return solid;
  return [element("p", attributes, ...children.map(inlineEmbed))];
}

function inlineEmbed(node: Node): Node {
  if (typeof node === "string" || node.tag !== "embed") return node;
  return element("a", { href: node.attributes["href"] ?? "" }, node.attributes["label"] ?? "");
}

/** `> [!NOTE]` makes a quote a callout, as on GitHub. Other tools use the rest of that line as the title. */
function callout(children: Node[], words: Words): Element {
  const [first] = children;
  const text = typeof first === "object" && first.tag === "p" ? first.children[0] : undefined;
  const match = typeof text === "string" ? /^\s*\[!(note|tip|important|warning|caution)\][ \t]*\n?/i.exec(text) : null;
  if (!match || typeof first !== "object" || typeof text !== "string") return element("blockquote", {}, ...children);
  const rest = [text.slice(match[0].length), ...first.children.slice(1)];
  const opening = hasContent(rest) ? [element("p", first.attributes, ...rest)] : [];
  const label = words.callouts[match[1]?.toLowerCase() as keyof Words["callouts"]];
  return element("callout", { label }, ...opening, ...children.slice(1));
}

const containers = new Set("article aside div footer header main section".split(" "));
const blockTags = new Set(
  `blockquote callout details dl embed figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul ${[...containers].join(" ")}`.split(
    " ",
  ),
);

/** Returns only blocks: containers without meaning are removed, and text outside of blocks gets a paragraph. */
function flow(nodes: readonly Node[], alsoBlocks: readonly string[] = []): Node[] {
  const blocks: Node[] = [];
  let loose: Node[] = [];
  const close = (): void => {
    blocks.push(...paragraph({}, loose));
    loose = [];
  };
  for (const node of nodes) {
    if (typeof node === "string" || !(blockTags.has(node.tag) || alsoBlocks.includes(node.tag))) {
      loose.push(node);
      continue;
    }
    close();
    if (containers.has(node.tag)) for (const block of flow(node.children)) blocks.push(block);
    else blocks.push(node);
  }
  close();
  return blocks;
}

function hasContent(nodes: readonly Node[]): boolean {
  return nodes.some((node) =>
    typeof node === "string"
      ? node.trim() !== ""
      : node.tag === "img"
        ? node.attributes["alt"] !== ""
        : hasContent(node.children),
  );
}

function repeatsTitle(block: Node | undefined, title: string): boolean {
  return typeof block === "object" && block.tag === "h1" && legalLine(textOf(block)) === legalLine(title);
}

/** Sets heading levels by nesting: the first is always `h2`, and no level is skipped. */
function levelHeadings(blocks: readonly Node[], log: ChangeLog): void {
  const open: number[] = [];
  const moved: Element[] = [];
  for (const block of blocks) {
    const level = typeof block === "object" ? Number(/^h([1-6])$/.exec(block.tag)?.[1]) : Number.NaN;
    if (typeof block !== "object" || Number.isNaN(level)) continue;
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    const tag = `h${Math.min(6, open.length + 1)}`;
    if (tag !== block.tag) moved.push(block);
    block.tag = tag;
  }
  const [first] = moved;
  if (first)
    log.note(
      "heading",
      textOf(first),
      `${moved.length} headings changed their level, starting here: the title is level 1, and no level is skipped.`,
    );
}

function noteList(notes: readonly string[], setting: Setting): Node[] {
  const items = notes.map((note) => element("li", {}, ...flow(mend(gate(note, setting), setting))));
  return [element("h2", { "data-notes": "" }, setting.words.notes), element("ol", { "data-notes": "" }, ...items)];
}
