/** Prints an article as plain text: the text part of an email. */

import type { Words } from "#render/words/words.ts";
import { type Element, type Node, rowsOf, textOf } from "./tree.ts";
import { columns, lineWidth, wrap } from "./wrap.ts";

/** Collects addresses, so that the text stays readable: `words [1]`, and a list at the end. */
export interface LinkList {
  /** The mark for an address. The same address always has the same mark. */
  mark(href: string): string;
  /** The list's lines. */
  lines(): string[];
}

export function openLinkList(): LinkList {
  const numbers = new Map<string, number>();
  return {
    mark(href) {
      const number = numbers.get(href) ?? numbers.size + 1;
      numbers.set(href, number);
      return `[${number}]`;
    },
    lines: () => [...numbers].map(([href, number]) => `[${number}] ${readable(href)}`),
  };
}

/** The lines of an article. Addresses go into `links`. */
export function printText(nodes: readonly Node[], links: LinkList, words: Words): string[] {
  return blocks(nodes, "", { links, words });
}

/** A heading with its underline. */
export function underlined(text: string, stroke: string): string[] {
  const lines = wrap(text);
  return [...lines, stroke.repeat(Math.min(lineWidth, widest(lines)))];
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, columns(text)), 0);
}

interface Context {
  links: LinkList;
  words: Words;
}

/** Blocks with a blank line between them, each line after `indent`. */
function blocks(nodes: readonly Node[], indent: string, context: Context): string[] {
  const lines: string[] = [];
  for (const node of nodes) {
    const printed = block(node, indent, context);
    if (printed.length === 0) continue;
    if (lines.length > 0) lines.push(indent.trimEnd());
    // Not with spread arguments, because a table may have more rows than a call can have arguments.
    for (const line of printed) lines.push(line);
  }
  return lines;
}

function block(node: Node, indent: string, context: Context): string[] {
  if (typeof node === "string") return prose([node], indent, context);
  const { tag, attributes, children } = node;
  switch (tag) {
    case "h2":
      return underlined(inline(children, context), "-").map((line) => indent + line);
    case "h3":
    case "h4":
    case "h5":
    case "h6":
      return underlined(inline(children, context), "~").map((line) => indent + line);
    case "ul":
    case "ol":
      return list(node, indent, context);
    case "blockquote":
      return blocks(children, `${indent}> `, context);
    case "callout":
      return blocks([`${attributes["label"]}:`, ...children], `${indent}> `, context);
    case "embed":
      return wrap(`[${attributes["label"]}] ${context.links.mark(attributes["href"] ?? "")}`, indent);
    case "pre":
      return textOf(node)
        .replace(/^\n+|\n+$/g, "")
        .split("\n")
        .map((line) => `${indent}    ${line}`.trimEnd());
    case "table":
      return table(node, indent, context);
    case "hr":
      return [`${indent}* * *`];
    case "details":
    case "figure":
    case "dl":
      return blocks(children, indent, context);
    case "dd":
      return blocks(children, `${indent}  `, context);
    default:
      return prose(children, indent, context);
  }
}

function prose(nodes: readonly Node[], indent: string, context: Context): string[] {
  const text = inline(nodes, context);
  return text === "" ? [] : wrap(text, indent);
}

const innerBlocks = new Set(
  "p ul ol pre blockquote callout table embed details figure hr h2 h3 h4 h5 h6 dl".split(" "),
);

function list(node: Element, indent: string, context: Context): string[] {
  const items = node.children.filter((child): child is Element => typeof child === "object" && child.tag === "li");
  const first = Number(node.attributes["start"] ?? 1) || 1;
  const loose = items.some(
    (item) => item.children.filter((child) => typeof child === "object" && child.tag === "p").length > 1,
  );
  return items.flatMap((item, index) => {
    const mark = node.tag === "ol" ? `${first + index}. ` : "- ";
    const inner = " ".repeat(mark.length);
    const lines = itemBlocks(item, indent + inner, context);
    const [head = indent + inner, ...rest] = lines;
    const gap = loose && index > 0 ? [indent.trimEnd()] : [];
    return [...gap, indent + mark + head.slice(indent.length + inner.length), ...rest];
  });
}

/** The text of a tight item comes before its inner list, without a blank line. */
function itemBlocks(item: Element, indent: string, context: Context): string[] {
  const cut = item.children.findIndex((child) => typeof child === "object" && innerBlocks.has(child.tag));
  if (cut === -1) return prose(item.children, indent, context);
  const words = prose(item.children.slice(0, cut), indent, context);
  const rest = item.children.slice(cut).filter((child) => typeof child === "object" || child.trim() !== "");
  return [...words, ...blocks(rest, indent, context)];
}

/** In columns if they fit, otherwise one record for each row. */
function table(node: Element, indent: string, context: Context): string[] {
  const rows = rowsOf(node)
    .map((row) => row.children.filter((cell): cell is Element => typeof cell === "object"))
    .map((cells) => ({
      head: cells.every(({ tag }) => tag === "th"),
      texts: cells.map((cell) => inline(cell.children, context).replaceAll("\n", " ")),
    }));
  const caption = node.children.filter(
    (child): child is Element => typeof child === "object" && child.tag === "caption",
  );
  const captions = caption.flatMap((each) => prose(each.children, indent, context));
  const count = rows.reduce((most, { texts }) => Math.max(most, texts.length), 0);
  const widths = Array.from({ length: count }, (_, index) => widest(rows.map(({ texts }) => texts[index] ?? "")));
  const fits = columns(indent) + widths.reduce((sum, width) => sum + width + 2, -2) <= lineWidth;
  return [...captions, ...(fits ? inColumns(rows, widths, indent) : asRecords(rows, indent))];
}

interface Row {
  head: boolean;
  texts: string[];
}

function inColumns(rows: readonly Row[], widths: readonly number[], indent: string): string[] {
  return rows.flatMap(({ head, texts }) => {
    const cells = texts.map((text, index) => text + " ".repeat((widths[index] ?? 0) - columns(text)));
    const ruler = head ? [indent + widths.map((width) => "-".repeat(width)).join("  ")] : [];
    return [(indent + cells.join("  ")).trimEnd(), ...ruler];
  });
}

function asRecords(rows: readonly Row[], indent: string): string[] {
  const names = rows[0]?.head ? rows[0].texts : [];
  const records = names.length > 0 ? rows.slice(1) : rows;
  return records.flatMap(({ texts }, row) => [
    ...(row > 0 ? [indent.trimEnd()] : []),
    ...texts.flatMap((text, index) => wrap(names[index] ? `${names[index]}: ${text}` : text, indent, `${indent}  `)),
  ]);
}

/** Text with single spaces; `\n` only for the author's line breaks. */
function inline(nodes: readonly Node[], context: Context): string {
  return nodes
    .map((node) => inlineNode(node, context))
    .join("")
    .replace(/[^\S\n\v]+|\n/g, " ")
    .replace(/ *\v */g, "\n")
    .replace(/ {2,}/g, " ")
    .trim();
}

function inlineNode(node: Node, context: Context): string {
  if (typeof node === "string") return node.replaceAll("\v", " ");
  const { tag, attributes, children } = node;
  const content = (): string => children.map((child) => inlineNode(child, context)).join("");
  switch (tag) {
    case "br":
      // Differs from the line feeds of the source, which count as spaces.
      return "\v";
    case "img":
      return image(attributes, context);
    case "input":
      return "checked" in attributes ? "[x] " : "[ ] ";
    case "code":
    case "samp":
      return `\`${content()}\``;
    case "q":
      return `“${content()}”`;
    case "sup":
      return attributes["data-note"] ? ` (${context.words.note} ${attributes["data-note"]})` : content();
    case "a":
      return link(attributes["href"] ?? "", content(), context);
    default:
      return content();
  }
}

/** A title is the caption below the image in HTML. */
function image({ alt = "", title = "", "data-tex": formula }: Element["attributes"], { words }: Context): string {
  if (formula) return `$${alt}$`;
  const caption = title && title !== alt ? title : "";
  if (!alt) return caption;
  return `[${words.image(alt)}]${caption && ` ${caption}`}`;
}

function link(href: string, text: string, { links }: Context): string {
  const said = text.trim();
  const plain = readable(href);
  if (said === href || said === plain) return plain;
  return `${text} ${links.mark(href)}`;
}

function readable(href: string): string {
  return href.replace(/^mailto:/, "");
}
