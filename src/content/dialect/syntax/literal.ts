/**
 * Protects text that must not change from all patterns: until the end, noncharacters of Unicode replace its braces,
 * and line breaks that the source does not have.
 */

/** Marks a line end in the result that the source does not have; see `placeBreaks`. */
export const lineBreak = "\ufdd0";
const open = "\ufdd1";
const close = "\ufdd2";

/** The body without these placeholder characters. */
export function withoutStandIns(body: string): string {
  return body.replace(/[\ufdd0-\ufdd2]/g, "\ufffd");
}

/** Text whose braces have no meaning. */
export function asLiteral(text: string): string {
  return text.replaceAll("{", open).replaceAll("}", close);
}

export function fromLiteral(text: string): string {
  return text.replaceAll(open, "{").replaceAll(close, "}");
}

/**
 * Moves the text before a `lineBreak` to the line above if that line is blank. Otherwise it stays on the same line,
 * without a second quote mark. No line changes its number.
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

/** As many line feeds as this part of the source has, so that later text keeps its line. */
export function lineFeeds(source: string): string {
  return "\n".repeat(source.split("\n").length - 1);
}
