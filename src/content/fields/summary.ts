/** Finds or makes a short summary of a post, for lists, previews and social posts. */

import type { Outline, ReadOutline } from "#core/posts/outline.ts";
import type { Summary } from "#core/posts/post.ts";
import type { Preset } from "#core/posts/preset.ts";
import { type Excerpt, excerptOf } from "./excerpt.ts";
import { pick, textOf } from "./fields.ts";
import { collapse, plainText, shorten } from "./plain-text.ts";

/** In UTF-16 units. About two lines of a preview; networks cut at a similar length. */
export const maxSummary = 300;

/** A shorter paragraph is probably a greeting or a caption. */
const minParagraph = 40;

/** The author's description, or else the text above the excerpt mark, the first long paragraph, or all text from the start. */
export function readSummary(
  post: { data: Readonly<Record<string, unknown>>; body: string; outline: Outline; language: string },
  preset: Preset,
  readOutline: ReadOutline,
): Summary {
  const field = pick(post.data, preset.keys.summary);
  const excerpt = () => excerptOf(post.body, preset.marks);
  const sources: [Summary["source"], () => string][] = [
    ["frontmatter", () => plainText(textOf(field?.value) ?? "")],
    ["marker", () => spokenText(excerpt(), post.outline, readOutline)],
    ["paragraph", () => post.outline.paragraphs.find(({ text }) => text.length >= minParagraph)?.text ?? ""],
    ["flattened", () => post.outline.text.slice(0, 10 * maxSummary)],
  ];
  for (const [source, read] of sources) {
    const text = collapse(read());
    if (text !== "") return { text: shorten(text, maxSummary, post.language), source };
  }
  return { text: "", source: "none" };
}

function spokenText(excerpt: Excerpt | null, outline: Outline, readOutline: ReadOutline): string {
  if (excerpt === null) return "";
  const above = excerpt.isAlone ? outline.paragraphs.filter(({ line }) => line < excerpt.line) : [];
  // The post's paragraphs are used if they are enough, so that nothing is parsed twice.
  if (above.length > 0) return above.map((each) => each.text).join(" ");
  const { paragraphs, text } = readOutline(excerpt.text);
  return paragraphs.length > 0 ? paragraphs.map((each) => each.text).join(" ") : text;
}
