/** Moves over the text of a JavaScript file: over space and comments, strings, and expressions that nobody reads. */

export interface Scanner {
  /** Where it is. */
  at: number;
  /** The character there; `undefined` at the end. */
  peek(): string | undefined;
  readonly ended: boolean;
  /** Whether only space stands before it on its line. */
  startsLine(): boolean;
  /** Moves over what the pattern finds there, and returns that. @param pattern - sticky */
  skip(pattern: RegExp): string;
  /** Over space and comments. */
  space(): string;
  /** Over a string literal, and returns its value; `null` where only running it would tell. Does not move where none is. */
  string(): string | null;
  /** Over what can't be read, to the comma or bracket that ends it. @param commas - over commas as well */
  expression(commas?: boolean): void;
}

export function scannerOf(text: string): Scanner {
  const scanner: Scanner = {
    at: 0,
    peek: () => text[scanner.at],
    get ended() {
      return scanner.at >= text.length;
    },
    startsLine: () => text.slice(0, scanner.at).trimEnd().length < text.lastIndexOf("\n", scanner.at - 1) + 1,
    skip(pattern) {
      pattern.lastIndex = scanner.at;
      const [found = ""] = pattern.exec(text) ?? [];
      scanner.at += found.length;
      return found;
    },
    space: () => scanner.skip(/(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y),
    string: () => stringAt(scanner),
    expression: (commas = false) => skipExpression(scanner, commas),
  };
  return scanner;
}

function stringAt(scanner: Scanner): string | null {
  const quote = scanner.peek();
  const raw =
    quote === "`"
      ? scanner.skip(/`(?:[^`\\]|\\[\s\S])*`/y)
      : quote === '"'
        ? scanner.skip(/"(?:[^"\\\n]|\\[\s\S])*"/y)
        : scanner.skip(/'(?:[^'\\\n]|\\[\s\S])*'/y);
  // The folder of the file is the only thing that such a template needs to know.
  const inside = raw.slice(1, -1).replace(/^\$\{__dirname\}\/?/, "");
  if (raw === "" || (quote === "`" && inside.includes("${"))) return null;
  return inside.replace(/\\(u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[\s\S])/gi, (_, escaped: string) => plain(escaped));
}

function plain(escaped: string): string {
  const code = /^(?:u\{?|x)([\da-f]+)\}?$/i.exec(escaped)?.[1];
  if (code) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
  return { n: "\n", t: "\t", r: "\r" }[escaped] ?? (escaped === "\n" ? "" : escaped);
}

function skipExpression(scanner: Scanner, commas: boolean): void {
  let depth = 0;
  while (!scanner.ended) {
    if (scanner.space() !== "") continue;
    const next = scanner.peek() ?? "";
    if (depth === 0 && (/[)\]};]/.test(next) || (!commas && next === ","))) return;
    if (/["'`]/.test(next)) {
      const before = scanner.at;
      stringAt(scanner);
      if (scanner.at === before) scanner.at++;
      continue;
    }
    if (/[([{]/.test(next)) depth++;
    if (/[)\]}]/.test(next)) depth--;
    scanner.at++;
  }
}
