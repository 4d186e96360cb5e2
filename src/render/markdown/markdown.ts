/** Parses Markdown as this project reads it: GFM with footnotes and TeX, with limits on stack and time. */

import { type Lexer, Marked, type Token, Tokenizer, type Tokens, type TokensList } from "marked";
import { type Bound, BoundedLexer } from "./bounded-lexer.ts";
import { maths } from "./maths.ts";
import { remembering } from "./remember.ts";

/**
 * Lexes a body. Safe for any input: nesting, lengths and work are limited, and everything within the limits is
 * unchanged. The tokens are cached, so they must not be changed.
 */
export const tokenize: (markdown: string) => TokensList = remembering((markdown) => {
  tokenizer.reset();
  return new BoundedLexer(marked.defaults).lex(bounded(markdown).text) as TokensList;
});

export interface Article {
  /** The HTML from `marked`, not sanitised. */
  html: string;
  /** The footnotes that are used, in the order of their numbers, from 1. Also not sanitised. */
  notes: string[];
}

/** Renders a body. A reference `[^id]` becomes `<sup data-note="n">n</sup>`; a reference without a definition stays text. */
export const toHtml: (markdown: string) => Article = remembering(render);

function render(markdown: string): Article {
  const tokens = tokenize(markdown);
  const definitions = new Map<string, Footnote>();
  for (const token of tokens) if (isFootnote(token) && !definitions.has(token.id)) definitions.set(token.id, token);
  const numbered: Footnote[] = [];
  const numbers = new Map<Footnote, number>();
  const number = (list: readonly Token[]): void =>
    void marked.walkTokens([...list], (token) => {
      if (token.type !== "footnoteReference") return;
      const note = definitions.get((token as unknown as FootnoteReference).id);
      if (!note) return;
      const known = numbers.get(note) ?? numbered.push(note);
      numbers.set(note, known);
      (token as unknown as FootnoteReference).number = known;
    });
  number(tokens.filter((token) => !isFootnote(token)));
  // A note may refer to other notes, so the list grows during the loop.
  for (const note of numbered) number(note.tokens);
  return { html: marked.parser(tokens), notes: numbered.map((note) => marked.parser(note.tokens)) };
}

interface Footnote {
  type: "footnote";
  raw: string;
  id: string;
  tokens: Token[];
}

interface FootnoteReference {
  type: "footnoteReference";
  raw: string;
  id: string;
  number?: number;
}

function isFootnote(token: unknown): token is Footnote {
  return (token as Token).type === "footnote";
}

/** The ids that each running lexer has found. Blocks are lexed before inline text, so a definition may be below its use. */
const defined = new WeakMap<Lexer, Set<string>>();

/** A class, because `marked` needs one for a tokenizer whose methods call the original ones. */
class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  /** A deadline may have stopped the last run in the middle, without running `finally`. */
  reset(): void {
    this.#depth = 0;
  }

  /** Inline elements are recursive: 5,000 asterisks overflow the stack. */
  #nested<T>(tokenize: () => T): T | undefined {
    if (this.#depth >= maxInlineDepth) return undefined;
    this.#depth++;
    try {
      return tokenize();
    } finally {
      this.#depth--;
    }
  }

  // Matching delimiters is quadratic in the length of a paragraph.
  override emStrong(src: string, masked: string, previous?: string) {
    return masked.length > maxParagraph ? undefined : this.#nested(() => super.emStrong(src, masked, previous));
  }
  override del(src: string, masked: string, previous?: string) {
    return masked.length > maxParagraph ? undefined : this.#nested(() => super.del(src, masked, previous));
  }
  override link(src: string) {
    return this.#nested(() => super.link(src));
  }
  override reflink(...args: Parameters<Tokenizer["reflink"]>) {
    return this.#nested(() => super.reflink(...args));
  }

  // Every row has as many cells as the header: a header of 4 KB and rows of 2 bytes make millions of cells.
  override table(src: string): Tokens.Table | undefined {
    const [raw, , ruler = "", rows = ""] = this.rules.block.table.exec(src) ?? [];
    const columns = ruler.split("|").filter((part) => part.includes("-")).length;
    if (raw === undefined || columns * occurrences(rows, "\n") <= maxCells) return super.table(src);
    const code: Tokens.Code & { bound: Bound } = { type: "code", raw, text: raw.trimEnd(), bound: "table" };
    return code as unknown as Tokens.Table;
  }

  // Both search for an email address from every character of a word: 100 KB without a space take 17 s.
  override url(src: string) {
    return endlessWord.test(src) ? undefined : super.url(src);
  }
  override inlineText(src: string): Tokens.Text | undefined {
    const plain = endlessWord.test(src) ? /^[^\s\\<![`*~_]+|^./.exec(src)?.[0] : undefined;
    return plain ? { type: "text", raw: plain, text: plain, escaped: false } : super.inlineText(src);
  }
}

const tokenizer = new BoundedTokenizer();
const marked = new Marked().setOptions({ gfm: true, tokenizer }).use({
  extensions: [
    ...maths,
    {
      name: "footnote",
      level: "block",
      start: footnoteInParagraph,
      tokenizer(src) {
        const head = this.lexer.state.top ? footnoteHead.exec(src) : null;
        if (!head?.[1]) return undefined;
        const raw = footnoteLines(src);
        const ids = defined.get(this.lexer) ?? new Set();
        defined.set(this.lexer, ids.add(head[1]));
        const text = raw.slice(head[0].length).replace(/\n[ \t]{1,4}/g, "\n");
        this.lexer.state.top = false;
        const tokens = this.lexer.blockTokens(text, []);
        this.lexer.state.top = true;
        return { type: "footnote", raw, id: head[1], tokens };
      },
      renderer: () => "",
    },
    {
      // A merge tag of an email service, in a post about it. It is text, although CommonMark sees emphasis.
      name: "mergeTag",
      level: "inline",
      tokenizer: (src) => {
        const raw = /^\*\|[\w:.-]{1,80}\|\*/.exec(src)?.[0];
        return raw ? { type: "escape", raw, text: raw } : undefined;
      },
    },
    {
      name: "footnoteReference",
      level: "inline",
      tokenizer(src) {
        const match = /^\[\^([^\]\s]{1,80})\]/.exec(src);
        if (!match?.[1] || !defined.get(this.lexer)?.has(match[1])) return undefined;
        return { type: "footnoteReference", raw: match[0], id: match[1] };
      },
      renderer: ({ number }) => (number ? `<sup data-note="${number}">${number}</sup>` : ""),
    },
  ],
});

const footnoteHead = /^ {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*/;

/** Where a definition interrupts the first paragraph of `src`. Searching after the end of the paragraph would be quadratic. */
function footnoteInParagraph(src: string): number | undefined {
  const end = src.indexOf("\n\n");
  return /\n {0,3}\[\^[^\]\s]{1,80}\]:/.exec(end === -1 ? src : src.slice(0, end))?.index;
}

/** The lines of a definition: up to a blank line without an indented line after it, or the next definition. */
function footnoteLines(src: string): string {
  let end = 0;
  let blank = false;
  while (end < src.length) {
    const newline = src.indexOf("\n", end);
    const next = newline === -1 ? src.length : newline + 1;
    const line = src.slice(end, next);
    if (line.trim() === "") blank = true;
    else {
      const indented = /^(?: {2}|\t)/.test(line);
      if (end > 0 && (footnoteHead.test(line) || (blank && !indented))) break;
      blank = false;
    }
    end = next;
  }
  return src.slice(0, end).trimEnd();
}

function occurrences(text: string, of: string): number {
  let count = 0;
  for (let at = text.indexOf(of); at !== -1; at = text.indexOf(of, at + 1)) count++;
  return count;
}

const maxParagraph = 20_000;
/** In one table. */
export const maxCells = 20_000;
const maxInlineDepth = 60;
const endlessWord = /^\S{2000}/;
export const maxContainers = 40;
const maxListIndent = 120;

const containers = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const indentedItem = /^[ \t]+(?=(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]))/;

/**
 * `marked` recurses for each nested quote or list, and 3,000 levels overflow the stack. Real texts don't reach these
 * limits. `deepLines` count from 1.
 */
export function bounded(markdown: string): { text: string; deepLines: number[] } {
  const deepLines: number[] = [];
  const lines = markdown.replace(/\r\n?/g, "\n").split("\n");
  const text = lines
    .map((line, index) => {
      const markers = containers.exec(line)?.[0] ?? "";
      const indent = indentedItem.exec(line)?.[0] ?? "";
      const isDeep = markers.replace(/\d+|[ \t]/g, "").length > maxContainers;
      if (!isDeep && indent.length <= maxListIndent) return line;
      deepLines.push(index + 1);
      return isDeep ? line.slice(markers.length) : line.slice(indent.length - maxListIndent);
    })
    .join("\n");
  return { text, deepLines };
}
