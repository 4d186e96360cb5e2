/** Prints blocks in boxes: quotes, callouts, code, players. */

import { escapeHtml, escapeText } from "#core/posts/html.ts";
import { highlight, shades } from "#render/article/highlight.ts";
import { type Element, textOf } from "#render/article/tree.ts";
import { box, inside, insideBox, isElement, type Printer, type Rule } from "./printer.ts";

export const quote: Rule = (node, to) => {
  const { line, muted } = to.theme.light;
  const cell = `padding:2px 0;padding-${to.start}:20px;border-${to.start}:3px solid ${line};color:${muted};`;
  const content = insideBox(node, { ...to, below: 12, nested: false });
  return `<blockquote dir="${to.direction}" style="margin:0;">${box(content, cell, to, { name: "quote" })}</blockquote>`;
};

export const callout: Rule = (node, to) => {
  const { accent, tint } = to.theme.light;
  const cell = `padding:16px 20px;background:${tint};border-${to.start}:3px solid ${accent};border-radius:6px;`;
  const label = `<p style="margin:0 0 4px;font-weight:700;">${escapeHtml(node.attributes["label"] ?? "")}</p>`;
  return box(label + insideBox(node, { ...to, below: 12, nested: false }), cell, to, { name: "tint callout" });
};

/** Email clients remove players, so a card with a link to the page replaces them. */
export const embed: Rule = (node, to) => {
  const { accent, muted, tint, ink } = to.theme.light;
  const { href = "", label = "", host = "", kind } = node.attributes;
  const target = `href="${escapeHtml(href)}"`;
  const poster =
    node.children.length > 0
      ? `<a ${target} style="color:${accent};">${inside(node, { ...to, standing: true })}</a>`
      : "";
  const glyph = kind === "play" ? "&#9654;&#65038;" : "&#8599;&#65038;";
  const sign = `<td width="44" valign="top" align="center" style="${to.font}width:44px;padding:16px 0;color:${ink};background:${tint};border-radius:${corners(to.start)};" aria-hidden="true">${glyph}</td>`;
  const link = `<a ${target} style="color:${accent};font-weight:600;text-decoration:underline;">${escapeHtml(label)}</a>`;
  const below = `<br><span class="muted" dir="ltr" style="font-size:14px;color:${muted};">${escapeHtml(host)}</span>`;
  const words = `<td align="${to.start}" style="${to.font}padding:16px 0;padding-${to.end}:20px;background:${tint};border-radius:${corners(to.end)};">${link}${below}</td>`;
  return `${poster}<table role="presentation" class="tint" dir="${to.direction}" cellpadding="0" cellspacing="0" border="0" width="100%" style="width:100%;table-layout:fixed;border-collapse:separate;margin:0 0 ${to.below}px;"><tr>${sign}${words}</tr></table>`;
};

/** Rounded corners on the outer side of one of two cells, because in dark mode each cell has its own background. */
function corners(side: "left" | "right"): string {
  return side === "left" ? "6px 0 0 6px" : "0 6px 6px 0";
}

/** `<pre>` is kept, so that copied code stays code. It wraps, because one long line would make the whole email wide. */
export const code: Rule = (node, to) => {
  const { ink, tint } = to.theme.light;
  const text = textOf(node).replace(/\n$/, "");
  const style = `margin:0;font-family:${to.theme.fonts.code};font-size:14px;line-height:1.55;color:${ink};white-space:pre-wrap;overflow-wrap:break-word;word-break:break-word;`;
  const cell = `padding:16px 20px;background:${tint};border-radius:6px;text-align:left;`;
  // HTML ignores the first line feed of a `<pre>`.
  const pre = `<pre style="${style}">${text.startsWith("\n") ? "\n" : ""}${inColours(text, languageOf(node), to)}</pre>`;
  return box(pre, cell, to, { name: "tint code", ltr: true });
};

function inColours(text: string, language: string, to: Printer): string {
  const runs = to.coloured && language ? highlight(text, language) : null;
  if (!runs) return escapeText(text);
  const { light } = to.theme;
  return runs
    .map(({ text: run, shade }) =>
      shade
        ? `<span class="k${shades.indexOf(shade)}" style="color:${light.code[shade]}">${escapeText(run)}</span>`
        : escapeText(run),
    )
    .join("");
}

function languageOf(node: Element): string {
  const [inner] = node.children.filter((child) => isElement(child, "code"));
  return (
    /(?:^|\s)language-(\S+)/.exec((isElement(inner ?? "") && (inner as Element).attributes["class"]) || "")?.[1] ?? ""
  );
}

export const inlineCode: Rule = (node, to) =>
  `<code dir="ltr" style="font-family:${to.theme.fonts.code};font-size:0.88em;background:${to.theme.light.tint};border-radius:4px;padding:2px 5px;">${inside(node, to)}</code>`;
