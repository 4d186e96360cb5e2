/** The rendition of a post for a social network: what its author would say about it, with the link, as long as fits. */

import type { Post } from "#core/post.ts";
import type { NoteFit, NoteRendition } from "#core/rendition.ts";
import { legalLine, legalText } from "./legal-text.ts";
import { absoluteSource } from "./links.ts";
import { validLanguage } from "./words.ts";

type Fit = Pick<NoteFit, "maxLength" | "measure">;

/**
 * The author's `shareText`, else the title and as many whole sentences of the summary as fit, then the permalink on a
 * line of its own. What doesn't fit is cut after a sentence, else after a word with an ellipsis; the permalink never.
 */
export function noteRendition(post: Post, fit: Fit): NoteRendition {
  const image = post.image && absoluteSource(post.image.url, post.url);
  const picture = image ? { image: { url: image, alt: legalLine(post.image?.alt ?? "") } } : {};
  const summary = legalLine(post.summary.text);
  return {
    medium: "note",
    postId: post.id,
    revision: post.revision,
    url: post.url,
    title: legalLine(post.title),
    language: validLanguage(post.language),
    text: noteText(post, summary, fit),
    thread: [],
    summary,
    tags: post.tags,
    card: { title: legalLine(post.title), description: summary, ...picture },
    ...picture,
  };
}

function noteText(post: Post, summary: string, { maxLength, measure }: Fit): string {
  const withLink = (words: string): string => (words === "" ? post.url : `${words}\n\n${post.url}`);
  const fits = (words: string): boolean => measure(withLink(words)) <= maxLength;
  const title = legalLine(post.title);
  const shared = shareText(post);
  const paragraphs = shared ? [shared] : summary.startsWith(title) ? [summary] : [title, summary];

  let words = "";
  for (const [index, paragraph] of paragraphs.entries()) {
    const before = index === 0 ? "" : `${words}\n\n`;
    const sentences = longest(sentencesOf(paragraph), (part) => fits(before + part));
    // A title alone says enough; half a sentence after it does not.
    const part = sentences || (index === 0 ? clipped(paragraph, fits) : "");
    if (part !== "") words = before + part;
    if (part !== paragraph) break;
  }
  return withLink(words);
}

/** The author's words without the permalink at their end, which comes by itself. */
function shareText(post: Post): string {
  const text = legalText(post.shareText ?? "").trim();
  return text.endsWith(post.url) ? text.slice(0, -post.url.length).trimEnd() : text;
}

function clipped(text: string, fits: (words: string) => boolean): string {
  const cut = longest(wordsOf(text), (part) => fits(`${withoutTail(part)}…`));
  return cut === "" ? "" : `${withoutTail(cut)}…`;
}

function withoutTail(text: string): string {
  return text.replace(/[\s,;:.–—-]+$/u, "");
}

/** The longest beginning, made of whole pieces, that `fits` accepts. */
function longest(pieces: readonly string[], fits: (text: string) => boolean): string {
  let text = "";
  let best = "";
  for (const piece of pieces) {
    text += piece;
    const candidate = text.trim();
    if (!fits(candidate)) break;
    best = candidate;
  }
  return best;
}

const bySentence = new Intl.Segmenter("en", { granularity: "sentence" });
const byWord = new Intl.Segmenter("en", { granularity: "word" });

/** Sentences with the space after them. One that ends in an abbreviation is joined to the next. */
function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of bySentence.segment(text)) {
    const last = sentences.at(-1);
    if (last !== undefined && unfinished.test(last)) sentences[sentences.length - 1] = last + segment;
    else sentences.push(segment);
  }
  return sentences;
}

/** `e.g. `, `Dr. `, `J. ` and what has no space after it (but in Chinese and Japanese): no end of a sentence. */
const unfinished = /[^\s。！？…」』”]$|(?:\b(?:e\.g|i\.e|cf|vs|etc|no|Dr|Mr|Mrs|Ms|Prof|St)|\b\p{Lu})\.\s*$/u;

/** Where a cut does no harm: between words, and in a script without spaces where its words end. */
function wordsOf(text: string): string[] {
  return text
    .split(/(?<=\s)/)
    .flatMap((word) => (unspaced.test(word) ? [...byWord.segment(word)].map(({ segment }) => segment) : [word]));
}

/** A word of these scripts without an address in it. */
const unspaced = /^(?!.*[@/])(?=.*[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])/u;
