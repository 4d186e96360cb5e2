/** Turns one line of Markdown into plain text, for titles, names and descriptions. */

/** Removes inline Markdown and HTML and collapses white space. Linear in the length of `text`, which is cut at 2,000 characters. */
export function plainText(text: string): string {
  const spans: string[] = [];
  const kept = text
    .slice(0, 2_000)
    // Code is handled first, because it contains no markup.
    .replace(/(`{1,3})([^`\n]+)\1/g, (_, _ticks, code: string) => {
      spans.push(code.trim());
      return `\ue000${spans.length - 1}\ue001`;
    })
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, "$1")
    .replace(
      /<\/?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]{0,300})?\/?>/gi,
      "",
    )
    .replace(/(\*\*|__|~~)(?=\S)([^*_~]{1,300})(?<=\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_]{1,300})(?<=\S)\1(?![\p{L}\p{N}*_])/gu, "$2")
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_, name: string) => entities[name] ?? "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/\ue000(\d{1,4})\ue001/g, (_, index: string) => spans[Number(index)] ?? "");
  return collapse(kept);
}

/** Replaces white space by single spaces, and removes it at both ends. */
export function collapse(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, " ").trim();
}

/** Cuts at a word, or at a grapheme if the language has no spaces, and marks the cut. `limit` in UTF-16 units. */
export function shorten(text: string, limit: number, language: string): string {
  if (text.length <= limit) return text;
  const window = text.slice(0, limit);
  const segmenter = new Intl.Segmenter(language, { granularity: "word" });
  let end = 0;
  // The last segment may be half a word or half a grapheme, because the window ends inside it.
  for (const { index } of segmenter.segment(window)) if (index > 0) end = index;
  return `${window
    .slice(0, end || limit)
    .replace(/[\s,;:–—-]+$/u, "")
    .toWellFormed()}…`;
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
};
