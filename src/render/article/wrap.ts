/** Wraps plain text by the display width of its characters. */

/** RFC 3676 §4.2 recommends lines of at most 78 characters; 72 leaves space for quote marks. */
export const lineWidth = 72;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const wide = /\p{Emoji_Presentation}|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u303f\uff01-\uff60]/u;
const none = /^\p{M}+$|^\p{Cf}+$/u;

/** The width of a text in columns: two for East Asian characters and emoji. */
export function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += none.test(segment) ? 0 : wide.test(segment) ? 2 : 1;
  return width;
}

/** Words. Code between backticks is one word, so that a command can be copied completely. */
const unbroken = /[^\s`]*(?:`[^`\n]{1,400}`[^\s`]*)+(?=\s|$)|\S+/g;

/**
 * Breaks a text at white space, and between characters if a word of a script without spaces is too long. A long
 * address is never broken. Line feeds stay.
 * @param first - put before the first line; `rest` before every other line.
 */
export function wrap(text: string, first = "", rest = first): string[] {
  const lines: string[] = [];
  const indent = columns(rest);
  for (const paragraph of text.split("\n")) {
    let line = lines.length === 0 ? first : rest;
    let taken = lines.length === 0 ? columns(first) : indent;
    let empty = true;
    for (const word of paragraph.match(unbroken) ?? []) {
      for (const [index, piece] of pieces(word, lineWidth - indent).entries()) {
        const gap = empty || index > 0 ? "" : " ";
        const width = columns(piece);
        if (!empty && taken + gap.length + width > lineWidth) {
          lines.push(line);
          line = rest + piece;
          taken = indent + width;
        } else {
          line += gap + piece;
          taken += gap.length + width;
        }
        empty = false;
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  if (!wide.test(word) || word.includes("://") || columns(word) <= width / 2) return [word];
  // A line must not begin with a closing mark.
  return word.match(/[^\s](?:[\p{M}\p{Pe}\p{Pf}\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff1a\uff1b]*)/gu) ?? [word];
}
