/** Moves through the text of a JavaScript file: skips spaces, comments and unsupported expressions, and reads strings. */

export interface Scanner {
  /** The current position. */
  at: number;
  /** The character at the position; `undefined` at the end. */
  peek(): string | undefined;
  readonly ended: boolean;
  /** Whether only spaces are before the position on its line. */
  startsLine(): boolean;
  /** Moves past a match of the pattern, and returns it. @param pattern - sticky */
  skip(pattern: RegExp): string;
  /** Skips spaces and comments. */
  space(): string;
  /** Moves past a string literal and returns its value; `null` if the value is only known by running the code. Does not move if there is no string. */
  string(): string | null;
  /** Skips an unsupported expression, up to the comma or bracket that ends it. @param commas - skips commas, too */
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
  // The file's folder is the only variable that is supported in a template literal.
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
