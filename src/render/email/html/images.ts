/** Prints images, and replacements for those that email clients can't show. */

import { escapeHtml } from "#core/posts/html.ts";
import { type Element, elementsOf, textOf } from "#render/article/tree.ts";
import { caption, inside, isElement, type Printer, type Rule } from "./printer.ts";

/** If the size is unknown, CSS limits it to the column's width, and Word gets an acceptable width. */
export const image: Rule = (node, to) => {
  const { src = "", alt = "", title, "data-tex": depth } = node.attributes;
  const { muted } = to.theme.light;
  const known = dimensions(node, to.width);
  const size = known
    ? ` width="${known.width}" height="${known.height}"`
    : ` width="${to.standing ? to.width : widthAmongWords}"`;
  // A formula inside a sentence is aligned to the line of the text. Its fractions may go below the line.
  const among = depth ? `-${Number(depth)}px` : "middle";
  const place = to.standing ? "display:block;margin:0 auto;" : `display:inline-block;vertical-align:${among};`;
  const tip = title ? ` title="${escapeHtml(title)}"` : "";
  return `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}"${tip}${size} style="${place}${known ? `width:100%;max-width:${known.width}px` : "width:auto;max-width:100%"};height:auto;border:0;border-radius:4px;color:${muted};font-size:15px;">`;
};

/** A paragraph with only images is a figure: the images are blocks, and a single image has its title below it. */
export const imageParagraph = (node: Element, to: Printer): string | null => {
  const images = [...elementsOf(node.children)].filter(({ tag }) => tag === "img");
  if (images.length === 0 || textOf(node).trim() !== "") return null;
  const title = images.length === 1 ? images[0]?.attributes["title"] : undefined;
  const below = title ? caption(escapeHtml(title), to) : "";
  return `<div style="margin:0 0 ${to.below}px;">${inside(node, { ...to, standing: true })}${below}</div>`;
};

export const figure: Rule = (node, to) => {
  const captions = node.children.filter((child) => isElement(child, "figcaption")).filter((child) => isElement(child));
  const content = node.children.filter((child) => !isElement(child, "figcaption"));
  const picture = inside({ ...node, children: content }, { ...to, standing: true, below: 0 });
  return `<div style="margin:0 0 ${to.below}px;">${picture}${captions.map((each) => caption(inside(each, to), to)).join("")}</div>`;
};

/** For badges and similar images. */
const widthAmongWords = 160;

function dimensions({ attributes }: Element, widest: number): { width: number; height: number } | null {
  const width = Number(attributes["width"]);
  const height = Number(attributes["height"]);
  if (!(width >= 1 && height >= 1 && width < 10_000 && height < 10_000)) return null;
  const scale = Math.min(1, widest / width);
  return { width: Math.round(width * scale), height: Math.max(1, Math.round(height * scale)) };
}
