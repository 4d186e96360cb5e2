/**
 * Converts Markdown inside HTML, which some generators read and CommonMark doesn't: MDX always, kramdown in tags with
 * `markdown="1"`. Emphasis, code, links and images become HTML in their place. Lists and other blocks get a blank
 * line before them.
 */

import { escapeHtml } from "#core/posts/html.ts";
import { protectedRanges, walkRanges } from "./code.ts";

/** `marked`: only inside elements with the attribute, which is removed. */
export function readMarkdownInHtml(text: string, where: "everywhere" | "marked"): string {
  if (!/^[ \t]{0,8}<[a-z]/im.test(text) || (where === "marked" && !attribute.test(text))) return text;
  const inCode = walkRanges(protectedRanges(text));
  const lines = text.split("\n");
  const open: string[] = [];
  let offset = 0;
  let isHtml = false;
  let firstTag = 0;
  for (const [index, line] of lines.entries()) {
    const range = inCode(offset);
    const begin = offset;
    offset += line.length + 1;
    if (range && range.kind !== "span" && begin > range.start) continue;
    if (line.trim() === "") isHtml = false;
    const tag = /^[ \t]{0,8}<\/?([a-z][a-z0-9]*)(?=[\s/>])/i.exec(line)?.[1]?.toLowerCase() ?? "";
    const isMarked = where === "everywhere" || open.length > 0 || attribute.test(line);
    if (where === "marked") follow(line, open);
    if (!isHtml && blocks.has(tag)) {
      isHtml = isMarked;
      firstTag = index;
    }
    if (!isHtml && !isMarked) continue;
    lines[index] = line.replace(attributes, "");
    if (!isHtml) continue;
    if (!beginsBlock.test(line)) lines[index] = outsideTags(lines[index] ?? "", inlineHtml);
    else if (index > firstTag && firstTag > 0 && lines[firstTag - 1]?.trim() === "") {
      // The tags move up by one line, into the blank line above, so that there is a blank line below them.
      lines.splice(firstTag - 1, index - firstTag + 1, ...lines.slice(firstTag, index), "");
      isHtml = false;
    }
  }
  return lines.join("\n");
}

const attribute = /<[a-z][^<>]*\smarkdown=["']?(?:1|block|span)["']?/i;
const attributes = /\s{1,5}markdown=["']?(?:1|block|span|0)["']?(?=[\s/>])(?<=<[a-z][^<>]{0,500})/gi;
const beginsBlock = /^[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|`{3,}|~{3,}|\|)/;

/** Elements whose HTML blocks can interrupt a paragraph (CommonMark §4.6, the sixth kind) and that contain text. */
const blocks = new Set(
  "address article aside blockquote center dd details dialog div dl dt figcaption figure footer header li main nav ol p section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);

/** Tracks open elements with the attribute, and elements of the same name inside them. */
function follow(line: string, open: string[]): void {
  for (const [tag, slash, name = "", own] of line.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]{0,500}?(\/?)>/gi).take(50)) {
    const key = name.toLowerCase();
    if (slash) {
      const at = open.lastIndexOf(key);
      if (at !== -1) open.length = at;
    } else if (!own && (attribute.test(tag) || open.includes(key))) open.push(key);
  }
}

function outsideTags(line: string, change: (text: string) => string): string {
  return line
    .split(/(<code[\s>][^<]{0,2000}<\/code>|<[^<>]{1,2000}>)/i)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join("");
}

/** Converts marks inside one line to their tags. */
function inlineHtml(text: string): string {
  if (!/[`*_[]/.test(text)) return text;
  const codes: string[] = [];
  return text
    .replace(/(`{1,2})(?!`)([^`]{1,500})\1/g, (_, _ticks, code: string) => {
      codes.push(`<code>${escapeHtml(code.trim())}</code>`);
      return `\ue000${codes.length - 1}\ue001`;
    })
    .replace(
      /!\[([^[\]]{0,300})\]\(\s{0,3}([^\s()<>"]{1,1000})\s{0,3}\)/g,
      (_, alt: string, src: string) => `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}">`,
    )
    .replace(
      /\[([^[\]]{1,300})\]\(\s{0,3}([^\s()<>"]{1,1000})\s{0,3}\)/g,
      (_, label: string, href: string) => `<a href="${escapeHtml(href)}">${label}</a>`,
    )
    .replace(/(?<![\\*])\*\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*\*(?!\*)/g, "<strong>$1</strong>")
    .replace(/(?<![\\*\w])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![*\w])/g, "<em>$1</em>")
    .replace(/(?<![\\_\p{L}\p{N}="/])_(?=\S)([^_\n]{1,500}?)(?<=\S)_(?![_\p{L}\p{N}])/gu, "<em>$1</em>")
    .replace(/\ue000(\d{1,4})\ue001/g, (_, index: string) => codes[Number(index)] ?? "");
}
