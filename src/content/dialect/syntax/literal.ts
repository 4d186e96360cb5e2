/**
 * Keeps text that must come through as it stands out of the way of every pattern: its braces, and a line break that is
 * to be made where the source has none, are noncharacters of Unicode until the end.
 */

/** Stands where a line ends in the result and not in the source; see `placeBreaks`. */
export const lineBreak = "\ufdd0";
const open = "\ufdd1";
const close = "\ufdd2";

/** A body that holds none of the stand-ins. */
export function withoutStandIns(body: string): string {
  return body.replace(/[\ufdd0-\ufdd2]/g, "\ufffd");
}

/** Text whose braces mean nothing. */
export function asLiteral(text: string): string {
  return text.replaceAll("{", open).replaceAll("}", close);
}

export function fromLiteral(text: string): string {
  return text.replaceAll(open, "{").replaceAll(close, "}");
}

/**
 * Puts what stands before a `lineBreak` on the line above where that is blank, and keeps it on the same line where it isn't,
 * without a second mark of the quote: no line changes its number.
 */
export function placeBreaks(body: string): string {
  if (!body.includes(lineBreak)) return body;
  const lines = body.split("\n");
  for (const [index, line] of lines.entries()) {
    const at = line.indexOf(lineBreak);
    if (at === -1) continue;
    const above = lines[index - 1];
    const before = line.slice(0, at);
    const [after = "", ...rest] = line.slice(at + 1).split(lineBreak);
    const hasRoom = above !== undefined && /^[\s>]*$/.test(above);
    if (hasRoom) lines[index - 1] = before;
    const first = hasRoom || before.trim() === "" ? after : `${before.trimEnd()} ${unquoted(after)}`;
    lines[index] = [first, ...rest.map(unquoted)].join(" ");
  }
  return lines.join("\n");
}

function unquoted(text: string): string {
  return text.replace(/^[\s>]+/, "");
}

/** As many line feeds as a piece of the source has, so that what follows keeps its line. */
export function lineFeeds(source: string): string {
  return "\n".repeat(source.split("\n").length - 1);
}
