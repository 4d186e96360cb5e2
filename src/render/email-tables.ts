/** Tables of data in a mail: small ones as they are, wide ones so that they scroll and don't widen the mail. */

import { escapeHtml } from "#core/html.ts";
import { caption, inside, isElement, type Printer, type Rule } from "./email-printer.ts";
import { type Element, rowsOf } from "./tree.ts";

/** With more columns than this a phone can't show a table. */
const mostColumns = 4;
const columnWidth = 80;

export const table: Rule = (node, to) => {
  const rows = rowsOf(node);
  const columns = columnsOf(node);
  const wide = isWide(node);
  // Without a header cell nothing tells a screen reader that this is a table of data, and so it isn't one.
  const named = rows.some((row) => cellsOf(row).some(({ tag }) => tag === "th"));
  const body = rows.map((row, index) => tableRow(row, { to, wide, named, first: index === 0 })).join("");
  const size = wide ? `width:100%;min-width:${columns * columnWidth}px;` : "width:100%;";
  const role = named ? "" : ' role="presentation"';
  const html = `<table${role} class="data" cellpadding="0" cellspacing="0" border="0" width="100%" style="${size}border-collapse:collapse;margin:0;">${body}</table>`;
  const captions = node.children.filter((child) => isElement(child, "caption")).filter((child) => isElement(child));
  const under = captions.map((each) => caption(inside(each, to), to)).join("");
  if (!wide) return `<div style="margin:0 0 ${to.below}px;">${html}${under}</div>`;
  const link = `<a href="${escapeHtml(to.url)}" style="color:${to.theme.light.accent};text-decoration:underline;">${escapeHtml(to.words.wideTable)}</a>`;
  // An ancestor with automatic layout would let the cells blow up the whole mail.
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" style="width:100%;table-layout:fixed;margin:0 0 ${to.below}px;"><tr><td><div tabindex="0" style="overflow-x:auto;">${html}</div>${under}${caption(link, to)}</td></tr></table>`;
};

/** Whether a phone can't show it as it is. */
export function isWide(table: Element): boolean {
  return columnsOf(table) > mostColumns;
}

function columnsOf(table: Element): number {
  return Math.max(1, ...rowsOf(table).map((row) => cellsOf(row).length));
}

function cellsOf(row: Element): Element[] {
  return row.children.filter((child) => isElement(child)).filter(({ tag }) => tag === "td" || tag === "th");
}

function tableRow(row: Element, options: { to: Printer; wide: boolean; named: boolean; first: boolean }): string {
  const { to, wide, named, first } = options;
  const { heading, ink, line } = to.theme.light;
  const size = wide
    ? "font-size:14px;line-height:1.45;word-break:normal;overflow-wrap:normal;"
    : "font-size:16px;line-height:1.5;";
  const all = cellsOf(row);
  const cells = all.map((cell, index) => {
    // The outer cells are flush with the text around the table.
    const outer = [index === 0 ? to.start : "", index === all.length - 1 ? to.end : ""].filter(Boolean);
    const flush = outer.map((side) => `padding-${side}:0;`).join("");
    const asked = cell.attributes["align"] ?? "";
    const align = /^(left|right|center)$/.test(asked) ? asked : to.start;
    const head = cell.tag === "th";
    const weight = head ? `font-weight:600;color:${heading};` : `font-weight:400;color:${ink};`;
    const style = `font-family:${to.theme.fonts.text};${size}${weight}padding:9px 12px;${flush}border-bottom:${head ? 2 : 1}px solid ${line};text-align:${align};vertical-align:top;`;
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
