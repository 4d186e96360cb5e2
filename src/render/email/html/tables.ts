/** Prints data tables: small ones normally, wide ones scrolling so that they don't widen the email. */

import { escapeHtml } from "#core/posts/html.ts";
import { type Element, rowsOf, textOf } from "#render/article/tree.ts";
import { columns as displayWidth } from "#render/article/wrap.ts";
import { caption, inside, isElement, type Printer, type Rule } from "./printer.ts";

/** A phone can't show a table with more columns than this. */
const mostColumns = 4;
/** Column width of a narrow phone without the style sheet for smaller margins, px. */
const phoneColumn = 295;
const characterPx = 8.4;
const cellPaddingPx = 24;
/** A longer word, such as an address, may be broken. Otherwise it would take the space of all other cells. */
const longestWhole = 20;
/** The least width of a column in a scrolling table, px. */
const scrollingColumn = 80;

export const table: Rule = (node, to) => {
  const rows = rowsOf(node);
  const wide = isWide(node);
  // Without a header cell, a screen reader can't recognise a data table.
  const named = rows.some((row) => cellsOf(row).some(({ tag }) => tag === "th"));
  const body = rows.map((row, index) => tableRow(row, { to, wide, named, first: index === 0 })).join("");
  const size = wide
    ? `width:100%;min-width:${Math.max(columnsOf(node) * scrollingColumn, leastWidth(node))}px;`
    : "width:100%;";
  const role = named ? "" : ' role="presentation"';
  const html = `<table${role} class="data" cellpadding="0" cellspacing="0" border="0" width="100%" style="${size}border-collapse:collapse;margin:0;">${body}</table>`;
  const captions = node.children.filter((child) => isElement(child, "caption")).filter((child) => isElement(child));
  const under = captions.map((each) => caption(inside(each, to), to)).join("");
  if (!wide) return `<div style="margin:0 0 ${to.below}px;">${html}${under}</div>`;
  const link = `<a href="${escapeHtml(to.url)}" style="color:${to.theme.light.accent};text-decoration:underline;">${escapeHtml(to.words.wideTable)}</a>`;
  // With automatic layout of an outer table, the cells would widen the whole email.
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" style="width:100%;table-layout:fixed;margin:0 0 ${to.below}px;"><tr><td><div tabindex="0" style="overflow-x:auto;">${html}</div>${under}${caption(link, to)}</td></tr></table>`;
};

/** Whether a phone can't show it: too many columns, or words that are too long. */
export function isWide(table: Element): boolean {
  return columnsOf(table) > mostColumns || leastWidth(table) > phoneColumn;
}

/** The estimated width of the longest words of all columns, px. */
function leastWidth(table: Element): number {
  const longest: number[] = [];
  for (const row of rowsOf(table))
    for (const [index, cell] of cellsOf(row).entries())
      longest[index] = Math.max(longest[index] ?? 0, Math.min(longestWhole, longestWord(cell)));
  // The outer sides of the table have no padding.
  return Math.round(longest.reduce((sum, each) => sum + each * characterPx + cellPaddingPx, -cellPaddingPx));
}

/** Cached, because a table is measured several times, and inner tables belong to every outer cell. */
const known = new WeakMap<Element, number>();

/** The length of the longest word, at most `longestWhole` + 1. */
function longestWord(cell: Element): number {
  const found = known.get(cell) ?? measured(cell);
  known.set(cell, found);
  return found;
}

function measured(cell: Element): number {
  let longest = 0;
  // Scripts without spaces can break anywhere.
  for (const word of textOf(cell).split(/[\s\u200b\p{sc=Han}\p{sc=Hira}\p{sc=Kana}-]+/u)) {
    longest = Math.max(longest, displayWidth(word.slice(0, enoughToTell)));
    if (longest > longestWhole) return longestWhole + 1;
  }
  return longest;
}

/** In UTF-16 units, because a character may have many combining marks. */
const enoughToTell = 400;

function columnsOf(table: Element): number {
  return rowsOf(table).reduce((most, row) => Math.max(most, cellsOf(row).length), 1);
}

function cellsOf(row: Element): Element[] {
  return row.children.filter((child) => isElement(child)).filter(({ tag }) => tag === "td" || tag === "th");
}

function tableRow(row: Element, options: { to: Printer; wide: boolean; named: boolean; first: boolean }): string {
  const { to, wide, named, first } = options;
  const { heading, ink, line } = to.theme.light;
  const size = wide ? "font-size:14px;line-height:1.45;" : "font-size:16px;line-height:1.5;";
  const all = cellsOf(row);
  const cells = all.map((cell, index) => {
    // The outer cells are aligned with the text around the table.
    const outer = [index === 0 ? to.start : "", index === all.length - 1 ? to.end : ""].filter(Boolean);
    const flush = outer.map((side) => `padding-${side}:0;`).join("");
    const asked = cell.attributes["align"] ?? "";
    const align = /^(left|right|center)$/.test(asked) ? asked : to.start;
    const head = cell.tag === "th";
    const weight = head ? `font-weight:600;color:${heading};` : `font-weight:400;color:${ink};`;
    const whole = longestWord(cell) <= longestWhole ? "word-break:normal;overflow-wrap:normal;" : "";
    const style = `font-family:${to.theme.fonts.text};${size}${whole}${weight}padding:9px 12px;${flush}border-bottom:${head ? 2 : 1}px solid ${line};text-align:${align};vertical-align:${head && first ? "bottom" : "top"};`;
    const scope = head ? ` scope="${first ? "col" : "row"}"` : "";
    const tag = named ? cell.tag : "td";
    return `<${tag}${scope}${spans(cell)} align="${align}" style="${style}">${inside(cell, { ...to, below: 0 })}</${tag}>`;
  });
  return `<tr>${cells.join("")}</tr>`;
}

function spans({ attributes }: Element): string {
  return ["colspan", "rowspan"]
    .filter((name) => /^([2-9]|[1-9]\d)$/.test(attributes[name] ?? ""))
    .map((name) => ` ${name}="${attributes[name]}"`)
    .join("");
}
