/** A post's content as a small tree, which all printers (email, text, feed) walk. */

import { escapeHtml, escapeText } from "#core/posts/html.ts";

export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: Node[];
}

/** A string is text, not HTML. */
export type Node = Element | string;

export function element(tag: string, attributes: Record<string, string>, ...children: Node[]): Element {
  return { tag, attributes, children };
}

export function textOf(node: Node): string {
  return typeof node === "string" ? node : node.children.map(textOf).join("");
}

/** Every element of these nodes, in document order. */
export function* elementsOf(nodes: readonly Node[]): Generator<Element> {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    yield node;
    yield* elementsOf(node.children);
  }
}

/** The rows of a table, without rows of inner tables. */
export function rowsOf(table: Element): Element[] {
  return table.children
    .filter((child) => typeof child === "object")
    .flatMap((child) => (child.tag === "tr" ? [child] : /^t(head|body|foot)$/.test(child.tag) ? rowsOf(child) : []));
}

/** Serialises to simple HTML: unchanged attributes, void elements without closing tags. */
export function serialize(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return escapeText(node);
      const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
      const start = `<${node.tag}${attributes.join("")}>`;
      return voidTags.has(node.tag) ? start : `${start}${serialize(node.children)}</${node.tag}>`;
    })
    .join("");
}

const voidTags = new Set(["br", "hr", "img", "input", "wbr"]);
