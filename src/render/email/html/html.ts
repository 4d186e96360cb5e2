/** Prints an article as HTML for email clients: all styles inline, and only features that clients support. */

import { escapeHtml, escapeText } from "#core/posts/html.ts";
import { type Element, elementsOf, type Node, textOf } from "#render/article/tree.ts";
import type { Theme } from "#render/email/theme/theme.ts";
import { callout, code, embed, inlineCode, quote } from "./boxes.ts";
import { figure, image, imageParagraph } from "./images.ts";
import { inside, insideBox, isElement, type Look, type Printer, type Rule } from "./printer.ts";
import { table } from "./tables.ts";

/** One piece of HTML for each top-level block. */
export function printBlocks(nodes: readonly Node[], look: Look): string[] {
  const { theme, direction, language } = look;
  const to: Printer = {
    ...look,
    width: theme.width - 2 * theme.padding,
    start: direction === "rtl" ? "right" : "left",
    end: direction === "rtl" ? "left" : "right",
    spacing: headingSpacing(direction, language, -0.01),
    font: textFont(theme),
    below: 20,
    nested: false,
    standing: false,
    print,
  };
  return nodes.map((node) => print(node, to));
}

/** The complete style of normal text, because Word forgets it at each table. */
export function textFont(theme: Theme): string {
  return `font-family:${theme.fonts.text};font-size:${theme.textSize}px;line-height:1.65;color:${theme.light.ink};`;
}

/** Tight letter-spacing in headings, but not for Arabic, which it breaks, or Chinese. */
export function headingSpacing(direction: "ltr" | "rtl", language: string, em: number): string {
  return direction === "rtl" || /^(zh|ja|ko|th)\b/.test(language) ? "" : `letter-spacing:${em}em;`;
}

function print(node: Node, to: Printer): string {
  if (typeof node === "string") return escapeText(node);
  return rules[node.tag]?.(node, to) ?? inside(node, to);
}

const headings: Record<string, [size: number, above: number, below: number]> = {
  h2: [24, 20, 12],
  h3: [20, 28, 8],
  h4: [18, 24, 8],
};

const heading: Rule = (node, to) => {
  if ("data-notes" in node.attributes) return notesHeading(node, to);
  const [size, above, below] = headings[node.tag] ?? [17, 24, 4];
  const style = `margin:${above}px 0 ${below}px;font-family:${to.theme.fonts.heading};font-size:${size}px;line-height:1.3;font-weight:700;${to.spacing}color:${to.theme.light.heading};`;
  return `<${node.tag}${own(node, to)} style="${style}">${inside(node, to)}</${node.tag}>`;
};

/** Footnotes are separated from the text by a line and a smaller heading. */
const notesHeading: Rule = (node, to) => {
  const { line, heading: colour } = to.theme.light;
  const style = `margin:20px 0 10px;padding:24px 0 0;border-top:1px solid ${line};font-family:${to.theme.fonts.heading};font-size:17px;line-height:1.3;font-weight:700;color:${colour};`;
  return `<h2 class="notes" style="${style}">${inside(node, to)}</h2>`;
};

const paragraph: Rule = (node, to) => {
  const figure = imageParagraph(node, to);
  if (figure) return figure;
  const content = inside(node, to);
  return content.trim() === "" ? "" : `<p${own(node, to)} style="margin:0 0 ${to.below}px;">${content}</p>`;
};

const list: Rule = (node, around) => {
  const to = turned(node, around);
  const direction = to.direction === around.direction ? "" : ` dir="${to.direction}"`;
  const start = /^\d{1,9}$/.test(node.attributes["start"] ?? "") ? ` start="${node.attributes["start"]}"` : "";
  const items = node.children.filter((child) => isElement(child, "li"));
  const tasks = items.every((item) => isElement(item) && isTask(item));
  const indent = tasks ? 0 : 26;
  const small = "data-notes" in node.attributes ? "font-size:15px;line-height:1.55;" : "";
  const style = `margin:${to.nested ? 8 : 0}px 0 ${to.below}px;padding:0;padding-${to.start}:${indent}px;${small}`;
  return `<${node.tag}${start}${direction} style="${style}">${inside(node, to)}</${node.tag}>`;
};

const listItem: Rule = (node, to) => {
  // All lines of a task start at the same position. Inner elements would inherit the negative indent.
  const hangs = !node.children.some((child) => isElement(child) && blockTags.has(child.tag));
  const task = isTask(node) ? `list-style:none;${hangs ? `padding-${to.start}:26px;text-indent:-26px;` : ""}` : "";
  const style = `margin:0 0 8px;${task}`;
  // Paragraphs of an item, and inner lists, have less space between them than blocks.
  return `<li${own(node, to)} style="${style}">${insideBox(node, { ...to, below: 10, nested: true })}</li>`;
};

function isTask(item: Element): boolean {
  return item.children.some(
    (child) =>
      isElement(child, "input") || (isElement(child, "p") && elementsOf(child.children).next().value?.tag === "input"),
  );
}

const blockTags = new Set([
  "ul",
  "ol",
  "p",
  "pre",
  "blockquote",
  "table",
  "callout",
  "embed",
  "details",
  "figure",
  "dl",
]);

const checkbox: Rule = (node) =>
  `<span aria-hidden="true">${"checked" in node.attributes ? "&#9745;" : "&#9744;"}</span>&nbsp; `;

const link: Rule = (node, to) => {
  const title = node.attributes["title"] ? ` title="${escapeHtml(node.attributes["title"])}"` : "";
  return `<a href="${escapeHtml(node.attributes["href"] ?? "")}"${title} style="color:${to.theme.light.accent};text-decoration:underline;">${inside(node, to)}</a>`;
};

/** Gmail shows `<details>` as underlined text, so an email shows it open. */
const details: Rule = (node, to) => {
  const summary = node.children.filter((child) => isElement(child, "summary")).filter((child) => isElement(child));
  const rest = node.children.filter((child) => !isElement(child, "summary"));
  const label = summary.map((each) => `<p style="margin:0 0 12px;font-weight:700;">${inside(each, to)}</p>`);
  return label.join("") + rest.map((child) => print(child, to)).join("");
};

const superscript: Rule = (node, to) => {
  const number = node.attributes["data-note"];
  return `<sup style="line-height:0;font-size:0.75em;">${number ? `[${escapeHtml(number)}]` : inside(node, to)}</sup>`;
};

const as =
  (tag: string, style = ""): Rule =>
  (node, to) =>
    `<${tag}${own(node, to)}${style ? ` style="${style}"` : ""}>${inside(node, to)}</${tag}>`;

/** These scripts have no italics, so bold text is used instead. */
const upright = /^(ar|fa|he|ur|ja|ko|th|zh)\b/;
const emphasis: Rule = (node, to) =>
  upright.test(to.language)
    ? `<em${own(node, to)} style="font-style:normal;font-weight:600;">${inside(node, to)}</em>`
    : as("em")(node, to);

/** For all other elements only the content is printed. */
const rules: Record<string, Rule> = {
  p: paragraph,
  figcaption: paragraph,
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  ul: list,
  ol: list,
  li: listItem,
  dl: as("div", "margin:0 0 20px;"),
  dt: as("p", "margin:0 0 4px;font-weight:700;"),
  dd: (node, to) =>
    `<div style="margin:0 0 12px;padding-${to.start}:20px;">${insideBox(node, { ...to, below: 10 })}</div>`,
  blockquote: (node, to) => quote(node, turned(node, to)),
  callout,
  embed,
  pre: code,
  table,
  details,
  summary: as("strong"),
  figure,
  hr: (_node, to) => `<hr style="border:0;border-top:1px solid ${to.theme.light.line};margin:32px 0;">`,
  a: link,
  img: image,
  code: inlineCode,
  samp: inlineCode,
  kbd: (node, to) =>
    `<kbd style="font-family:${to.theme.fonts.code};font-size:0.85em;border:1px solid ${to.theme.light.line};border-radius:4px;padding:1px 6px;">${inside(node, to)}</kbd>`,
  abbr: (node, to) => `<abbr title="${escapeHtml(node.attributes["title"] ?? "")}">${inside(node, to)}</abbr>`,
  // It has its own colours in both modes, because its background stays bright.
  mark: as("span", "background:#fff3bf;color:#22242a;padding:0 2px;"),
  input: checkbox,
  sup: superscript,
  sub: as("sub", "line-height:0;font-size:0.75em;"),
  strong: as("strong", "font-weight:700;"),
  b: as("strong", "font-weight:700;"),
  em: emphasis,
  i: emphasis,
  cite: emphasis,
  dfn: emphasis,
  var: emphasis,
  del: as("del"),
  s: as("del"),
  strike: as("del"),
  ins: as("u"),
  u: as("u"),
  small: as("span", "font-size:0.88em;"),
  span: as("span"),
  bdi: as("span"),
  bdo: as("span"),
  q: (node, to) => `“${inside(node, to)}”`,
  br: () => "<br>",
  wbr: () => "",
};

const directed = new Set(["p", "h2", "h3", "h4", "h5", "h6", "li"]);
const firstLetter = /\p{L}/u;
const rightToLeft = /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}]/u;

/** An element's own language, and the direction of a block if its first letter has another direction than the post. */
function own(node: Element, to: Printer): string {
  const { lang, dir } = node.attributes;
  const language = lang && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(lang) ? ` lang="${lang}"` : "";
  const direction =
    dir === "ltr" || dir === "rtl" ? dir : directed.has(node.tag) ? directionOf(node, to) : to.direction;
  if (direction === to.direction) return language;
  return `${language} dir="${direction}"${directed.has(node.tag) ? ` align="${direction === "rtl" ? "right" : "left"}"` : ""}`;
}

/** The printer for the other direction: a list of Arabic words in an English post has its bullets on the right. */
function turned(node: Element, to: Printer): Printer {
  const direction = directionOf(node, to);
  return direction === to.direction ? to : { ...to, direction, start: to.end, end: to.start };
}

/** Code does not determine the direction of its sentence. */
function directionOf(node: Element, to: Printer): "ltr" | "rtl" {
  const words = node.children
    .filter((child) => !isElement(child, "code"))
    .map(textOf)
    .join("");
  const letter = firstLetter.exec(words)?.[0];
  if (!letter) return to.direction;
  return rightToLeft.test(letter) ? "rtl" : "ltr";
}
