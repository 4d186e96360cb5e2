/**
 * Prints results: tables and text on a terminal, one JSON document for scripts, notes and progress on standard error.
 */

import { styleText } from "node:util";
import stringWidth from "string-width";

export interface Terminal {
  /** Results: standard output. */
  print(text?: string): void;
  /** One JSON document, and nothing else, on standard output. */
  printJson(value: unknown): void;
  /** A result: the document where JSON is asked for, else the text. */
  answer(document: unknown, text: string): void;
  /** Notes and progress: standard error. */
  note(text: string): void;
  /** A line that the next one replaces; only on a terminal. */
  status(text: string): void;
  readonly interactive: boolean;
  readonly json: boolean;
  style(format: Parameters<typeof styleText>[0], text: string): string;
}

export function openTerminal(options: { json: boolean }): Terminal {
  let hasStatus = false;
  const clear = (): void => {
    if (hasStatus) process.stderr.write("\r\u001b[2K");
    hasStatus = false;
  };
  const print = (text = ""): void => {
    if (options.json) return;
    clear();
    process.stdout.write(`${harmless(text)}\n`);
  };
  const printJson = (value: unknown): void => {
    clear();
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  };
  return {
    json: options.json,
    interactive: process.stderr.isTTY === true,
    print,
    printJson,
    answer(document, text) {
      if (options.json) printJson(document);
      else print(text);
    },
    note(text) {
      clear();
      process.stderr.write(`${harmless(text)}\n`);
    },
    status(text) {
      if (process.stderr.isTTY !== true) return;
      clear();
      process.stderr.write(harmless(text).slice(0, (process.stderr.columns || 80) - 1));
      hasStatus = true;
    },
    // Follows NO_COLOR and FORCE_COLOR, and uses no colours without a terminal.
    style: (format, text) => styleText(format, text, { stream: process.stdout }),
  };
}

/**
 * Titles, names and servers' answers come from others. They must not move the cursor, rename the window or change the
 * direction of a line. Colours are allowed.
 */
export function harmless(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    /\x1b(?!\[[\d;]{0,10}m)|[\0-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g,
    "",
  );
}

export interface Column {
  title: string;
  align?: "left" | "right";
}

/** Aligned columns, two spaces apart, indented by two spaces. Widths are those that a terminal shows. */
export function table(terminal: Terminal, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    `  ${columns.map((column, index) => pad(cells[index] ?? "", widths[index] ?? 0, column.align ?? "left")).join("  ")}`.trimEnd();
  const head = line(columns.map((column) => column.title));
  return [terminal.style("dim", head), ...rows.map(line)].join("\n");
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "left" ? text + space : space + text;
}

const numbers = new Intl.NumberFormat("en");

/** 12345 -> `12,345`. */
export function count(value: number): string {
  return numbers.format(value);
}

/** `1 mail`, `2 mails`. */
export function plural(value: number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : nouns}`;
}
