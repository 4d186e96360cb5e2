/** TOML with line numbers: the front matter of Zola and of many Hugo sites. */

import { parse, TomlDate, TomlError as TomlSyntaxError } from "smol-toml";

export interface TomlDocument {
  /** Plain data. Dates are strings as they were written, so that a date without a zone stays without one. Integers that are too large for a number are strings too. */
  value: Record<string, unknown>;
  /** Line, counted from 1, of the key at `path`, or of its nearest parent that can be found. */
  lineOf(path: readonly (string | number)[]): number;
}

/** The text is not TOML. `line` counts from 1 in the text given. */
export class TomlError extends Error {
  override readonly name = "TomlError";
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Parses one document. Throws `TomlError`. */
export function parseToml(text: string): TomlDocument {
  const value = (() => {
    try {
      return plain(parse(text, { integersAsBigInt: "asNeeded" })) as Record<string, unknown>;
    } catch (cause) {
      if (!(cause instanceof TomlSyntaxError)) throw new TomlError("nested too deeply", 1);
      // The library appends an excerpt of the text to its first line.
      const [summary = ""] = cause.message.split("\n");
      throw new TomlError(summary.replace(/^Invalid TOML document: /, ""), cause.line);
    }
  })();
  return {
    value,
    lineOf(path) {
      const names = path.filter((key) => typeof key === "string");
      const lines = keyLines(text);
      while (names.length > 0) {
        const line = lines.get(names.join("."));
        if (line !== undefined) return line;
        names.pop();
      }
      return 1;
    },
  };
}

function plain(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** The lines of keys and tables, only for messages: keys inside a multi-line string are included. */
function keyLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let table = "";
  for (const [index, line] of text.split("\n").entries()) {
    const header = /^[ \t]*\[{1,2}([^[\]]{1,200})\]/.exec(line)?.[1];
    if (header !== undefined) table = `${bare(header)}.`;
    const key = header === undefined ? /^[ \t]*([\w."'-]{1,200})[ \t]*=/.exec(line)?.[1] : undefined;
    const name = header === undefined ? key && table + bare(key) : bare(header);
    if (name && !lines.has(name)) lines.set(name, index + 1);
  }
  return lines;
}

function bare(key: string): string {
  return key.replace(/["'\s]/g, "");
}
