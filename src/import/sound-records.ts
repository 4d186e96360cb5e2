/**
 * Removes broken quotation marks from a CSV before parsing. A parser that skips a row with a broken quotation mark may
 * silently lose the rows after it; here only the broken line is lost, and it is reported.
 */

import { PostriderError } from "#core/errors.ts";

export interface Broken {
  line: number;
  reason: string;
}

/** Complete records. */
export interface SoundPiece {
  bytes: Buffer;
  /** The line on which it begins. */
  line: number;
  /** Whether there is a quotation mark in it. */
  quoted: boolean;
}

const quote = 34;
/** Longer than any real cell. If a quotation mark is still open after this, it was a mistake. */
const longestRecord = 64 * 1024;
const longestLine = 1024 * 1024;

/**
 * @param bytes - UTF-8, or another encoding that contains ASCII unchanged.
 * @param tell - called for each row that is left out. An empty line replaces it, so that line numbers stay right.
 */
export async function* soundRecords(
  bytes: AsyncIterable<Buffer>,
  separator: string,
  tell: (broken: Broken) => void,
): AsyncGenerator<SoundPiece, void> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  const sound = (data: Buffer, last: boolean): { out: SoundPiece; rest: Buffer } => {
    const start = line;
    if (!data.includes(quote)) {
      const end = last ? data.length : endOfLastLine(data);
      const bytes = data.subarray(0, end);
      line += breaks(bytes.toString("latin1"));
      return { out: { bytes, line: start, quoted: false }, rest: data.subarray(end) };
    }
    const text = data.toString("latin1");
    const pieces: Buffer[] = [];
    let from = 0;
    let at = 0;
    while (at < text.length) {
      const { end, reason } = recordAt(text, at, separator, last);
      if (end === null) break;
      if (reason) {
        const next = nextLine(text, at);
        // The end of the record has not been read yet.
        if (next === text.length && !last) break;
        tell({ line, reason });
        const emptied = breaks(text.slice(at, next));
        pieces.push(data.subarray(from, at), Buffer.from("\n".repeat(emptied)));
        line += emptied;
        from = at = next;
      } else {
        line += breaks(text.slice(at, end));
        at = end;
      }
    }
    pieces.push(data.subarray(from, at));
    return { out: { bytes: Buffer.concat(pieces), line: start, quoted: true }, rest: data.subarray(at) };
  };
  for await (const chunk of bytes) {
    const result = sound(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk, false);
    rest = result.rest;
    if (rest.length > longestLine) throw new PostriderError("invalid", `Line ${line} is too long. Is this a CSV file?`);
    if (result.out.bytes.length > 0) yield result.out;
  }
  const { out } = sound(rest, true);
  if (out.bytes.length > 0) yield out;
}

/** The offset after the record's line break; `null` if its end has not been read yet. */
function recordAt(
  text: string,
  start: number,
  separator: string,
  last: boolean,
): { end: number | null; reason?: string } {
  const never = "a quotation mark is never closed";
  let at = start;
  for (;;) {
    while (text[at] === " ") at++;
    if (text[at] === '"') {
      at = closingQuote(text, at + 1);
      if (at < 0) {
        if (last || text.length - start > longestRecord) return { end: start, reason: never };
        return { end: null };
      }
      if (at - start > longestRecord) return { end: start, reason: never };
      at++;
      while (text[at] === " ") at++;
      if (at >= text.length && !last) return { end: null };
      if (at < text.length && text[at] !== separator && !isBreak(text[at]))
        return { end: start, reason: "a quotation mark is closed in the middle of a value" };
    } else while (at < text.length && text[at] !== separator && !isBreak(text[at])) at++;
    if (at >= text.length) return last ? { end: text.length } : { end: null };
    if (text[at] !== separator) break;
    at++;
  }
  if (text[at] === "\r" && at + 1 >= text.length && !last) return { end: null };
  return { end: text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1 };
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}

function isBreak(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}

function nextLine(text: string, from: number): number {
  const match = /\r\n|\n|\r/g;
  match.lastIndex = from;
  return match.exec(text) ? match.lastIndex : text.length;
}

/** The offset after the last line break. A CR at the very end may be half of a CR LF. */
function endOfLastLine(data: Buffer): number {
  const whole = data.at(-1) === 13 ? data.length - 1 : data.length;
  return whole === 0 ? 0 : Math.max(data.lastIndexOf(10, whole - 1), data.lastIndexOf(13, whole - 1)) + 1;
}

/** CR LF counts as one line break. */
function breaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  if (!text.includes("\r")) return count;
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
