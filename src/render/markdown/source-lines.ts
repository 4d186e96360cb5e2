/** Finds the source lines of elements, for the fidelity report. */

import type { Token } from "marked";
import { tokenize } from "./markdown.ts";

export type ElementKind =
  | "heading"
  | "list"
  | "quote"
  | "code"
  | "inline code"
  | "table"
  | "picture"
  | "link"
  | "line"
  | "player"
  | "footnote";

const kinds: Record<string, ElementKind> = {
  ...{ h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading" },
  ...{ ul: "list", ol: "list", blockquote: "quote", callout: "quote", pre: "code", code: "inline code" },
  ...{ table: "table", img: "picture", a: "link", hr: "line", embed: "player", sup: "footnote" },
};

/** The kind of an element in an article; nothing for elements that every text has. */
export function kindOf(tag: string): ElementKind | undefined {
  return Object.hasOwn(kinds, tag) ? kinds[tag] : undefined;
}

const kindsByToken: Record<string, ElementKind> = {
  ...{ heading: "heading", list: "list", blockquote: "quote", code: "code", codespan: "inline code", table: "table" },
  ...{ maths: "picture", displayMaths: "picture" },
  ...{ image: "picture", link: "link", hr: "line", footnoteReference: "footnote" },
};

/** Kinds in raw HTML, by tag name. */
const kindsByTag: Record<string, ElementKind> = {
  ...kinds,
  h1: "heading",
  iframe: "player",
  video: "player",
  audio: "player",
};

/** The lines of each kind, in order, each once. @param firstLine - the first line of the body in its file */
export function linesByKind(body: string, firstLine: number): Map<ElementKind, number[]> {
  const found = new Map<ElementKind, Set<number>>();
  const note = (kind: ElementKind | undefined, line: number): void => {
    if (kind) found.set(kind, (found.get(kind) ?? new Set()).add(line));
  };
  const walk = (tokens: readonly Token[], text: string, first: number): void => {
    let from = 0;
    let line = first;
    for (const token of tokens) {
      // Text inside a quote or a list has lost its marks and indentation, and may not be found. Then the previous position is used.
      const at = text.indexOf(token.raw, from);
      const start = at === -1 ? from : at;
      line += lineEnds(text, from, start);
      // A block's source may begin with the line ends before it.
      const own = line + (/^\n*/.exec(token.raw)?.[0].length ?? 0);
      note(kindsByToken[token.type], own);
      if (token.type === "html")
        for (const tag of token.raw.matchAll(/<([a-z][a-z\d]*)/gi))
          note(kindsByTag[(tag[1] ?? "").toLowerCase()], line + lineEnds(token.raw, 0, tag.index));
      walk(innerOf(token), token.raw, line);
      if (at === -1) continue;
      line += lineEnds(text, start, start + token.raw.length);
      from = start + token.raw.length;
    }
  };
  walk(tokenize(body), body.replace(/\r\n?/g, "\n"), firstLine);
  return new Map([...found].map(([kind, lines]) => [kind, [...lines].sort((a, b) => a - b)]));
}

function innerOf(token: Token): Token[] {
  if (token.type === "list") return token["items"] as Token[];
  if (token.type !== "table") return (token as { tokens?: Token[] }).tokens ?? [];
  const { header, rows } = token as unknown as { header: { tokens: Token[] }[]; rows: { tokens: Token[] }[][] };
  return [...header, ...rows.flat()].flatMap((cell) => cell.tokens);
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
