/** The part of a summary that works alone in a social post: whole sentences that make sense without the article. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { Post } from "#core/posts/post.ts";
import { sentencesOf } from "./sentences.ts";

/** A variable, a tag or a mark that the site's generator would have filled in. */
const residue = /\{\{|\{%|\[!\p{L}+\]|<\/?[a-z]|:::/iu;
/** Introduces what follows in the post, and nothing follows here. */
const introduces = /[:：]["'”’)\]]*$/u;
const ends = /[.!?。！？…؟।۔]["'”’»」』)\]]*$/u;

/**
 * On one line; empty if nothing is left. A description that the author wrote is kept, except placeholders of the
 * generator. From a summary that was taken from the text, labels and sentences that introduce a list are also
 * removed.
 */
export function summaryOf({ summary: { text, source } }: Pick<Post, "summary">): string {
  // Items of a list in a row are no text that anybody would say.
  if (source === "flattened") return "";
  const kept = sentencesOf(legalLine(text))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "" && !residue.test(sentence));
  if (source !== "frontmatter") {
    while (introduces.test(kept.at(-1) ?? "")) kept.pop();
    if (kept.length > 1 && !ends.test(kept.at(-1) ?? "")) kept.pop();
  }
  const whole = joined(kept.slice(0, -1));
  // Summaries are cut where lists of posts want them; a note has room to end well.
  return wasCut(text) && whole.length >= enoughWhole ? whole : joined(kept);
}

/** Characters that are worth more than a further sentence without its end. */
const enoughWhole = 80;

function wasCut(text: string): boolean {
  return text.endsWith("…") && text.length > 240;
}

/** As they were: with a space, but not in scripts that have none. */
function joined(sentences: readonly string[]): string {
  return sentences.reduce(
    (text, next) => (text === "" ? next : /[。！？」』]$/u.test(text) ? text + next : `${text} ${next}`),
    "",
  );
}
