/**
 * Cuts a block that is longer than a whole email may be: a list after an item, a table after a row, code after a
 * line.
 */

import { type Element, element, type Node, rowsOf, textOf } from "#render/article/tree.ts";

/** Into how many pieces a block can be cut; 0 if it can't. */
export function piecesOf(node: Node | undefined): number {
  if (typeof node !== "object") return 0;
  switch (node.tag) {
    case "pre":
      return textOf(node).split("\n").length;
    case "table":
      return rowsOf(node).length;
    case "p":
      return Math.ceil(textOf(node).length / pieceCharacters);
    case "ul":
    case "ol":
    case "blockquote":
    case "callout":
    case "details":
      return node.children.length;
    default:
      return 0;
  }
}

/** The first `pieces` of a block that has more pieces. */
export function shorten(node: Element, pieces: number): Element {
  switch (node.tag) {
    case "pre": {
      const [inner] = node.children;
      const text = `${textOf(node).split("\n").slice(0, pieces).join("\n")}\n…`;
      return { ...node, children: [typeof inner === "object" ? { ...inner, children: [text] } : text] };
    }
    case "table":
      return { ...node, children: rowsOf(node).slice(0, pieces) };
    case "p":
      return element("p", node.attributes, ...firstCharacters(node.children, pieces * pieceCharacters).nodes);
    default:
      return { ...node, children: node.children.slice(0, pieces) };
  }
}

/** In normal text. */
const pieceCharacters = 200;

function firstCharacters(nodes: readonly Node[], most: number): { nodes: Node[]; left: number } {
  let left = most;
  const kept: Node[] = [];
  for (const node of nodes) {
    if (left <= 0) break;
    if (typeof node === "string") {
      kept.push(
        node.length <= left
          ? node
          : `${node
              .slice(0, left)
              .toWellFormed()
              .replace(/\s\S{0,40}$/, "")}…`,
      );
      left -= node.length;
    } else {
      const inner = firstCharacters(node.children, left);
      kept.push({ ...node, children: inner.nodes });
      left = inner.left;
    }
  }
  return { nodes: kept, left };
}
