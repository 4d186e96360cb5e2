/** Converts a tag to plain Markdown with the handler that the preset or the site names for it. */

import { escapeHtml } from "#core/posts/html.ts";
import type { HandlerName } from "#core/posts/preset.ts";
import type { Code } from "../rules.ts";
import { callout, kindOf, quoted, type Result, type Use, unwrapped } from "./blocks.ts";
import { gistLink, type Media, playerOf, tweetLink, vimeoPlayer, youtubePlayer } from "./media.ts";
import { asLiteral } from "./syntax/literal.ts";
import { type Arguments, named } from "./syntax/tag.ts";

export interface Tools {
  report(code: Code, message: string): void;
  /** The address of an image on the web; `null`, with a finding, if the generator hides it. */
  imageAddress(source: string): string | null;
  /** The permalink of another post, by any name that the generator supports. */
  postAddress(reference: string): string | null;
}

export type Handler = (use: Use, tools: Tools) => Result;

const nothing: Result = { open: "", inner: "", close: "" };

export const handlers: Readonly<Record<HandlerName, Handler>> = {
  note: (use) => callout("NOTE", use),
  tip: (use) => callout("TIP", use),
  important: (use) => callout("IMPORTANT", use),
  warning: (use) => callout("WARNING", use),
  caution: (use) => callout("CAUTION", use),
  callout: (use) => callout(kindOf(use), use),
  quote: (use) => {
    const credit =
      named(use.args, "author", "by", "from", "source", "cite") ??
      (use.args.named.size > 0 ? "" : use.args.text.replace(/["']/g, ""));
    if (use.indent === null || use.inner === null) return unwrapped(use);
    return { open: "", inner: quoted(use.inner, use.indent), close: credit === "" ? "" : `> — ${credit}` };
  },
  fence,
  image,
  gallery,
  youtube: (use, tools) => player(use, youtubePlayer(use.args), tools),
  vimeo: (use, tools) => player(use, vimeoPlayer(use.args), tools),
  player: (use, tools) => player(use, playerOf(use.args), tools),
  tweet: (use, tools) => reference(use, tweetLink(use.args), tools),
  gist: (use, tools) => reference(use, gistLink(use.args), tools),
  link: (use, tools) => reference(use, linkOf(use, tools), tools),
  path: ({ args }) => ({ open: escapeTarget(args.positional[0] ?? "") }),
  ref: ({ name, args }, { postAddress, report }) => {
    const target = named(args, "path", "slug") ?? args.positional[0] ?? args.text;
    const [path = "", part] = target.split(/(#.*)/s);
    const url = postAddress(path);
    if (!url)
      report(
        "dead-post-link",
        `There is no post "${target.slice(0, 80)}" in the content folder; correct the reference`,
      );
    const address = `${url ?? ""}${url && part ? part : ""}`;
    const label = args.positional.slice(1).join(" ");
    return { open: name === "post_link" ? `[${escapeLabel(label || path)}](${address})` : address };
  },
  raw: (use) => ({ open: "", inner: asLiteral(use.source ?? ""), close: "" }),
  text: unwrapped,
  drop: () => nothing,
  hold: (use, { report }) => {
    const advice = `replace it with Markdown, or add it to content.handlers in postrider.yaml`;
    report("unknown-shortcode", `Unknown component or shortcode "${use.name}"; ${advice}`);
    return { open: "", ...(use.inner !== null && { inner: use.inner }), close: "" };
  },
};

function fence({ args, source, indent, name }: Use, { report }: Tools): Result {
  if (source === null) {
    report("unknown-shortcode", `"${name}" is never closed; add the closing tag below the code`);
    return nothing;
  }
  const language = (named(args, "lang", "language") ?? args.positional[0] ?? "").replace(/[^\w+#.-]/g, "").slice(0, 40);
  const code = asLiteral(source);
  const [first = "", ...rest] = code.split("\n");
  if (rest.length === 0)
    return { open: "", inner: code.includes("`") ? `<code>${escapeHtml(code)}</code>` : `\`${code.trim()}\`` };
  if (indent === null || first.trim() !== "" || rest.at(-1)?.trim() !== "")
    return { open: "<pre><code>", inner: escapeHtml(code), close: "</code></pre>" };
  const marks = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return { open: marks + language, inner: code, close: marks };
}

function image(use: Use, { imageAddress, report }: Tools): Result {
  const { args, inner, name } = use;
  const source = named(args, "src", "source", "file", "path", "image", "url") ?? args.positional.find(isFile);
  // A frame around an image in Markdown.
  if (!source && inner?.includes("![")) return { open: "", inner, close: plainCaption(args) };
  if (!source) {
    report("unknown-shortcode", `"${name}" has no picture file; write ![what it shows](address) instead`);
    return nothing;
  }
  const words = args.positional
    .slice(args.positional.indexOf(source) + 1)
    .filter((each) => !/^[\d.%pxX]*$|^--/.test(each));
  const spoken = words.findLast((each) => /\s/.test(each)) ?? words.join(" ");
  const caption = named(args, "caption") ?? named(args, "title") ?? "";
  const alt = named(args, "alt", "alt_text", "description") ?? spoken;
  const src = imageAddress(source);
  const below = caption || (inner ?? "").replace(/\s+/g, " ").trim();
  if (!src) return { open: below === "" ? "" : `*${below.replaceAll("*", "")}*` };
  if (below === "") return { open: `![${escapeLabel(alt)}](${escapeTarget(src)})` };
  const picture = `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}">`;
  return { open: `<figure>${picture}<figcaption>${escapeHtml(below)}</figcaption></figure>` };
}

/** The pictures between its opening and closing tag, or those that it names. Only the generator knows the others. */
function gallery({ name, args, inner }: Use, { imageAddress, report }: Tools): Result {
  if (inner && /!\[|<img\s/i.test(inner)) return { open: "", inner, close: "" };
  const listed = named(args, "images", "files", "src", "photos")?.split(/[,;]\s{0,5}/) ?? [];
  const sources = [...args.positional, ...listed].filter(isFile).slice(0, 100);
  const pictures = sources.flatMap((source) => imageAddress(source) ?? []);
  if (sources.length > 0) return { open: pictures.map((src) => `![](${escapeTarget(src)})`).join(" ") };
  report("left-out", `"${name}" shows pictures that only the site's generator can find; they are left out`);
  return nothing;
}

function plainCaption(args: Arguments): string {
  const caption = (named(args, "caption", "title") ?? "").replace(/[*\n]/g, "");
  return caption === "" ? "" : `*${caption}*`;
}

function isFile(text: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|avif|svg)(?:$|[?#])/i.test(text) || /^https?:\/\//.test(text);
}

function player({ name, args }: Use, src: string | null, { report }: Tools): Result {
  if (!src) {
    report("unknown-shortcode", `"${name}" has no video to link to; write a link instead`);
    return nothing;
  }
  const title = named(args, "title", "label");
  const label = title ? ` title="${escapeHtml(title)}"` : "";
  return { open: `<iframe src="${escapeHtml(src)}"${label}></iframe>` };
}

function reference({ name }: Use, link: Media | null, { report }: Tools): Result {
  if (link) return { open: `[${escapeLabel(link.label)}](${escapeTarget(link.url)})` };
  report("unknown-shortcode", `"${name}" has no address to link to; write a link instead`);
  return nothing;
}

function linkOf({ args, inner }: Use, { postAddress }: Tools): Media | null {
  const post = named(args, "relref", "ref");
  const url =
    (post && postAddress(post)) ||
    (named(args, "href", "url", "to", "link") ??
      args.positional.find((each) => /^(?:https?:\/\/|\/|mailto:)/.test(each)));
  if (!url) return null;
  const own = args.positional.filter((each) => each !== url && !/^(?:true|false)$/.test(each)).join(" ");
  return {
    url,
    label: inner?.trim() || named(args, "title", "text", "label", "name") || own || url.replace(/^https?:\/\//, ""),
  };
}

function escapeLabel(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[[\]\\]/g, "\\$&");
}

function escapeTarget(address: string): string {
  return encodeURI(address).replaceAll("%25", "%").replaceAll("(", "%28").replaceAll(")", "%29");
}
