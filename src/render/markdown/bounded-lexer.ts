/**
 * The lexer of `marked` with limits. Some of its patterns search from every mark to the end of the paragraph. Without
 * a limit, 15 KB take half a minute.
 */

import { Lexer, type MarkedOptions, type Token, type Tokens } from "marked";

/** The limit because of which a token is shown as source text. */
export type Bound = "marks" | "table";

/** The limit that a token has reached. */
export function boundOf(token: Token): Bound | undefined {
  return (token as { bound?: Bound }).bound;
}

/** For a whole post. The most expensive of 160 real posts needs a hundredth of it. */
const mostSteps = 40_000_000;
/** A text so short that no pattern can take long. */
const short = 300;
/** Searching the end of an emphasis is slower than reading a character. */
const delimiterSteps = 100;

export class BoundedLexer extends Lexer {
  #left = mostSteps;

  constructor(options: MarkedOptions) {
    // A lexer changes its options object.
    super({ ...options });
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (src.length > short) {
      const steps = stepsFor(src);
      if (steps > this.#left) {
        tokens.push(asWritten(src));
        return tokens;
      }
      this.#left -= steps;
    }
    return super.inlineTokens(src, tokens);
  }
}

function asWritten(src: string): Tokens.Text & { bound: Bound } {
  return { type: "text", raw: src, text: src, escaped: false, bound: "marks" };
}

/** Worst-case estimate: every mark may begin something, and its end is searched in the whole text. */
function stepsFor(src: string): number {
  let marks = 0;
  let delimiters = 0;
  let before = 0;
  for (let at = 0; at < src.length; at++) {
    const code = src.charCodeAt(at);
    if (code < marksByCode.length && marksByCode[code] === 1) marks++;
    else if (isDelimiter(code) && code !== before) delimiters++;
    before = code;
  }
  return src.length * marks + delimiters * delimiters * delimiterSteps;
}

function isDelimiter(code: number): boolean {
  return code === 42 || code === 95 || code === 126;
}

const marksByCode = Uint8Array.from({ length: 128 }, (_, code) =>
  Number("[]<!`\\$".includes(String.fromCharCode(code))),
);
