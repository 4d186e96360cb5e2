/** Holds the text part of a mail against its HTML: who reads the one must miss nothing of the other. */

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Finding, Mail } from "./mail.ts";

/** Of the words that the HTML shows. */
export const leastShare = 0.95;

export function textGate(mails: readonly Mail[]): Finding[] {
  return mails.flatMap(({ name, html, text }) => {
    const share = wordShare(html, text);
    const few = share < leastShare ? [`${(share * 100).toFixed(1)} % of the words are in the text part`] : [];
    const lost = linksOf(html).filter((href) => !text.includes(href.replace(/^(mailto|tel):/, "")));
    return [...few, ...lost.map((href) => `a link is not in the text part: ${href}`)].map((each) => ({
      mail: name,
      text: each,
    }));
  });
}

/** How many of the words that are seen in `html`, each as often as it is there, stand in `text`. Between 0 and 1. */
export function wordShare(html: string, text: string): number {
  const left = new Map<string, number>();
  for (const word of wordsOf(text)) left.set(word, (left.get(word) ?? 0) + 1);
  const words = wordsOf(visible(parse(html)));
  let found = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    found++;
  }
  return words.length === 0 ? 1 : found / words.length;
}

/** A character of a script without spaces is a word: the text part breaks its lines between any two. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{M}\p{N}])+/gu) ?? []
  );
}

function visible(node: DefaultTreeAdapterTypes.Node): string {
  if ("value" in node) return node.value;
  if (!("childNodes" in node) || /^(style|script|title|#comment)$/.test(node.nodeName)) return "";
  if ("attrs" in node && node.attrs.some(({ name, value }) => name === "style" && /display:\s*none/.test(value)))
    return "";
  return ` ${node.childNodes.map(visible).join("")} `.replace(/^ | $/g, isBlock(node) ? " " : "");
}

/** Words of neighbouring blocks are two words; those of inline elements may be one. */
function isBlock({ nodeName }: { nodeName: string }): boolean {
  return /^(p|div|td|th|tr|table|li|ul|ol|h[1-6]|pre|br|hr|blockquote|dt|dd|body|html)$/.test(nodeName);
}

function linksOf(html: string): string[] {
  const hrefs = new Set<string>();
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("attrs" in node && node.nodeName === "a") {
      const href = node.attrs.find(({ name }) => name === "href")?.value;
      if (href) hrefs.add(href);
    }
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return [...hrefs];
}
