/** What the printers of email HTML share: the theme, and how to print children. */

import type { Element, Node } from "#render/article/tree.ts";
import type { Theme } from "#render/email/theme/theme.ts";
import type { Words } from "#render/words/words.ts";

export interface Look {
  theme: Theme;
  direction: "ltr" | "rtl";
  /** BCP 47. */
  language: string;
  words: Words;
  /** The permalink, for tables that are too wide for an email. */
  url: string;
  /** Whether code has colours, which make the email larger. */
  coloured: boolean;
}

export interface Printer extends Look {
  /** Widest image, px. */
  width: number;
  start: "left" | "right";
  end: "left" | "right";
  /** Letter-spacing of headings. */
  spacing: string;
  /** The complete font of a cell, because Word forgets it at each table. */
  font: string;
  /** Space below a block, px. */
  below: number;
  /** Inside a list item. */
  nested: boolean;
  /** Whether images are alone and not inside text. */
  standing: boolean;
  /** Prints any node with this printer. */
  print(node: Node, to: Printer): string;
}

export type Rule = (node: Element, to: Printer) => string;

export function inside(node: Element, to: Printer): string {
  return node.children.map((child) => to.print(child, to)).join("");
}

/** Prints blocks without space below the last one, because their box has its own. */
export function insideBox(node: Element, to: Printer): string {
  const last = node.children.length - 1;
  return node.children.map((child, index) => to.print(child, index === last ? { ...to, below: 0 } : to)).join("");
}

/** A layout table with one cell, because Word ignores padding, border and background on other elements. */
export function box(content: string, cell: string, to: Printer, options: { name: string; ltr?: boolean }): string {
  const direction = options.ltr ? ' dir="ltr"' : "";
  return `<table role="presentation" class="${options.name}"${direction} cellpadding="0" cellspacing="0" border="0" width="100%" style="width:100%;table-layout:fixed;border-collapse:separate;margin:0 0 ${to.below}px;"><tr><td style="${to.font}${cell}">${content}</td></tr></table>`;
}

export function caption(html: string, to: Printer): string {
  return `<p class="muted" style="margin:8px 0 0;font-size:15px;line-height:1.5;color:${to.theme.light.muted};text-align:center;">${html}</p>`;
}

export function isElement(node: Node, tag?: string): node is Element {
  return typeof node === "object" && (tag === undefined || node.tag === tag);
}
