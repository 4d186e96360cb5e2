/** The part of a summary that works alone in a social post: whole sentences that make sense without the article. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { Post } from "#core/posts/post.ts";
import { sentencesOf } from "./sentences.ts";

/** A variable, tag or mark that the site's generator would replace. */
const residue = /\{\{|\{%|\[!\p{L}+\]|<\/?[a-z]|:::/iu;
/** Introduces later text of the post, which the note does not have. */
const introduces = /[:：]["'”’)\]]*$/u;
const ends = /[.!?。！？…؟।۔]["'”’»」』)\]]*$/u;

/**
 * On one line; empty if nothing is left. A description that the author wrote is kept, except placeholders of the
 * generator. From a summary that was taken from the text, labels and sentences that introduce a list are also
 * removed.
 */
export function summaryOf({ summary: { text, source } }: Pick<Post, "summary">): string {
  // A sequence of list items is not a normal text.
  if (source === "flattened") return "";
  const kept = sentencesOf(legalLine(text))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "" && !residue.test(sentence));
  if (source !== "frontmatter") {
    while (introduces.test(kept.at(-1) ?? "")) kept.pop();
    if (kept.length > 1 && !ends.test(kept.at(-1) ?? "")) kept.pop();
  }
  const whole = joined(kept.slice(0, -1));
  // Summaries are cut for lists of posts. A note has enough space for whole sentences.
  return wasCut(text) && whole.length >= enoughWhole ? whole : joined(kept);
}

/** In characters. If complete sentences have at least this length, an incomplete sentence is left out. */
const enoughWhole = 80;

function wasCut(text: string): boolean {
  return text.endsWith("…") && text.length > 240;
}

/** Joined with a space, but not in scripts without spaces. */
function joined(sentences: readonly string[]): string {
  return sentences.reduce(
    (text, next) => (text === "" ? next : /[。！？」』]$/u.test(text) ? text + next : `${text} ${next}`),
    "",
  );
}
