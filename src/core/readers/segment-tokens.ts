/** Reads a segment's expression word by word. */

import { PostriderError } from "../errors.ts";

export interface Token {
  kind: "word" | "text" | "number" | "date" | "sign" | "end";
  text: string;
  at: number;
}

/** Errors contain the position of the character. */
export interface Tokens {
  /** The next token, without moving past it. */
  peek(): Token;
  take(): Token;
  isWord(word: string): boolean;
  /** Moves past the next token if it is this word. */
  skipWord(word: string): boolean;
  /** @param found - default: the next token. @throws PostriderError */
  fail(expected: string, found?: Token): never;
  /** @throws PostriderError */
  refuse(message: string, at: Token): never;
}

/** @throws PostriderError for text that is not a token */
export function readTokens(source: string): Tokens {
  const tokens = tokensOf(source);
  let next = 0;
  const peek = (): Token => tokens[next] ?? { kind: "end", text: "", at: source.length };
  const take = (): Token => {
    const token = peek();
    next++;
    return token;
  };
  const isWord = (word: string): boolean => peek().kind === "word" && peek().text.toLowerCase() === word;
  return {
    peek,
    take,
    isWord,
    skipWord(word) {
      const found = isWord(word);
      if (found) take();
      return found;
    },
    fail(expected, found = peek()) {
      const text = found.kind === "end" ? "the end" : `"${found.text}"`;
      throw problem(`expected ${expected}, found ${text}`, found.at, source);
    },
    refuse(message, { at }) {
      throw problem(message, at, source);
    },
  };
}

/** The order matters, because a date begins like a number. */
const lexemes: [Token["kind"], RegExp][] = [
  ["text", /"((?:[^"\\\0]|\\["\\])*)"|'((?:[^'\\\0]|\\['\\])*)'/y],
  ["date", /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])/y],
  ["number", /-?\d{1,15}(?:\.\d{1,6})?(?![\w.])/y],
  ["word", /[\p{L}_][\p{L}\p{N}_-]*/uy],
  ["sign", /!=|<=|>=|[=<>()]/y],
];

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const space = /\s+/y;
    space.lastIndex = at;
    if (space.test(source)) {
      at = space.lastIndex;
      continue;
    }
    const token = lexeme(source, at);
    if (!token) throw problem(`"${source[at]}" is not allowed here`, at, source);
    tokens.push(token.token);
    at = token.end;
  }
  return tokens;
}

function lexeme(source: string, at: number): { token: Token; end: number } | null {
  for (const [kind, pattern] of lexemes) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match) continue;
    const quoted = match[1] ?? match[2];
    const text = quoted === undefined ? match[0] : quoted.replace(/\\(.)/g, "$1");
    return { token: { kind, text, at }, end: pattern.lastIndex };
  }
  return null;
}

/** An error with the position of the mistake and a valid example. */
export function problem(message: string, at: number, source: string): PostriderError {
  return new PostriderError("invalid", `Segment: ${message}, at character ${at + 1} of: ${source.slice(0, 200)}`, {
    hint: 'A segment looks like: city = "Bern" and (tags has "press" or joined within 30 days)',
  });
}
