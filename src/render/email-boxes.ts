/** What stands in a box of its own in a mail: quotes, callouts, code, players. */

import { escapeHtml } from "#core/html.ts";
import { box, inside, insideBox, type Rule } from "./email-printer.ts";
import { highlight } from "./highlight.ts";
import { type Element, elementsOf, escapeText, textOf } from "./tree.ts";

export const quote: Rule = (node, to) => {
  const { line, muted } = to.theme.light;
  const cell = `padding:2px 0;padding-${to.start}:20px;border-${to.start}:3px solid ${line};color:${muted};`;
  const content = insideBox(node, { ...to, below: 12, nested: false });
  return `<blockquote style="margin:0;">${box(content, cell, to, { name: "quote" })}</blockquote>`;
};

export const callout: Rule = (node, to) => {
  const { accent, tint } = to.theme.light;
  const cell = `padding:16px 20px;background:${tint};border-${to.start}:3px solid ${accent};border-radius:6px;`;
  const label = `<p style="margin:0 0 4px;font-weight:700;">${escapeHtml(node.attributes["label"] ?? "")}</p>`;
  return box(label + insideBox(node, { ...to, below: 12, nested: false }), cell, to, { name: "tint callout" });
};

/** Players are stripped everywhere: a card with a link to the page takes their place. */
export const embed: Rule = (node, to) => {
  const { accent, tint } = to.theme.light;
  const href = escapeHtml(node.attributes["href"] ?? "");
  const label = escapeHtml(node.attributes["label"] ?? "");
  const link = `<a href="${href}" style="color:${accent};font-weight:600;text-decoration:underline;">${label}</a>`;
  const cell = `padding:18px 20px;background:${tint};border-radius:6px;`;
  return box(`<span aria-hidden="true">&#9654;&#65038;&nbsp;</span> ${link}`, cell, to, { name: "tint" });
};

/** `<pre>` stays, so that copied code is code; it wraps, because one long line would make the whole mail wide. */
export const code: Rule = (node, to) => {
  const { ink, tint } = to.theme.light;
  const source = textOf(node).replace(/\n$/, "");
  const text = highlight(source, languageOf(node)) ?? escapeText(source);
  const style = `margin:0;font-family:${to.theme.fonts.code};font-size:14px;line-height:1.55;color:${ink};white-space:pre-wrap;overflow-wrap:break-word;word-break:break-word;`;
  const cell = `padding:16px 20px;background:${tint};border-radius:6px;text-align:left;`;
  // HTML drops the first line feed of a `<pre>`.
  const pre = `<pre style="${style}">${text.startsWith("\n") ? "\n" : ""}${text}</pre>`;
  return box(pre, cell, to, { name: "tint", ltr: true });
};

function languageOf(node: Element): string {
  const [listing] = elementsOf(node.children);
  return /^language-(.+)$/.exec(listing?.attributes["class"] ?? "")?.[1] ?? "";
}

export const inlineCode: Rule = (node, to) =>
  `<code dir="ltr" style="font-family:${to.theme.fonts.code};font-size:0.88em;background:${to.theme.light.tint};border-radius:4px;padding:2px 5px;">${inside(node, to)}</code>`;
