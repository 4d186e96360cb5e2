/** Finds the title of a post, and the first heading if it repeats the title. */

import type { FrontMatter } from "#content/front-matter/front-matter.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Outline } from "#core/posts/outline.ts";
import { finding } from "../rules.ts";
import { pick, textOf } from "./fields.ts";
import { collapse, plainText } from "./plain-text.ts";

export interface TitleReading {
  title: string;
  /** The line of the heading that is the title or repeats it, in the body. */
  headingLine?: number;
  diagnostics: Diagnostic[];
}

/** The first of `keys`, or else the first heading of level 1. A title from the file name is an error, because it is no good subject for an email. */
export function readTitle(front: FrontMatter, outline: Outline, slug: string, keys: readonly string[]): TitleReading {
  const heading = outline.headings.find(({ depth }) => depth === 1);
  const field = pick(front.data, keys);
  const text = field && textOf(field.value);
  if (!field || text === undefined || plainText(text) === "") {
    if (heading && heading.text !== "")
      return { title: collapse(heading.text), headingLine: heading.line, diagnostics: [] };
    const words = slug.replace(/[-_]+/g, " ").trim() || slug;
    const title = words.charAt(0).toUpperCase() + words.slice(1);
    const message = `The post has no title, only a file name; add "title:" to the front matter`;
    return { title, diagnostics: [finding("no-title", field ? front.lineOf(field.path) : 1, message)] };
  }
  const title = plainText(text);
  const repeated = heading !== undefined && sameWords(heading.text, title) && heading === outline.headings[0];
  const message = "The title begins or ends with spaces; remove them (they are ignored)";
  return {
    title,
    ...(repeated && { headingLine: heading.line }),
    diagnostics: text === text.trim() ? [] : [finding("untrimmed-title", front.lineOf(field.path), message)],
  };
}

/** The body without the heading on `line`. Its lines become blank, so that other lines keep their numbers. */
export function withoutHeading(body: string, line: number): string {
  const lines = body.split("\n");
  const first = line - 1;
  const underline = /^ {0,3}#/.test(lines[first] ?? "")
    ? first
    : lines.findIndex((each, index) => index > first && /^ {0,3}=+[ \t]*$/.test(each));
  // A heading in raw HTML has neither, and stays.
  if (underline === -1 || lines.slice(first, underline).some((each) => each.trim() === "")) return body;
  return lines.fill("", first, underline + 1).join("\n");
}

function sameWords(one: string, other: string): boolean {
  return collapse(one).toLowerCase() === collapse(other).toLowerCase();
}
