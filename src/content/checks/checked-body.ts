/** The data that every check of a body reads. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Outline } from "#core/posts/outline.ts";
import type { Site } from "#core/posts/post.ts";
import { type Code, finding } from "../rules.ts";

export interface CheckedBody {
  outline: Outline;
  /** The source, by lines: `lines[0]` is line 1 of the body. */
  lines: readonly string[];
  site: Site;
  /** Line of the heading that is used as the title and was removed from the body. */
  titleLine?: number;
}

/** Finds mistakes of one kind. Lines count from 1 in the body; the caller converts them to lines of the file. */
export type Check = (body: CheckedBody) => Iterable<Diagnostic>;

/** One finding for each line and code of `prose` that `pattern` matches. */
export function* proseFindings(
  body: CheckedBody,
  code: Code,
  pattern: RegExp,
  message: (match: string) => string,
): Generator<Diagnostic> {
  for (const { text, line } of body.outline.prose) {
    const match = pattern.exec(text);
    if (match) yield finding(code, line, message(quoted(match[0])));
  }
}

/** A part of a post, for a message. */
export function quoted(text: string): string {
  return text.length > 60 ? `"${text.slice(0, 60).toWellFormed()}…"` : `"${text}"`;
}
