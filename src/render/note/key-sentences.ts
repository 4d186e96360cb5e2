/**
 * Chooses the key sentences of a text for a post without a summary: those whose words occur most often, earlier ones
 * first. They keep their order, so that they read naturally.
 */

import { graphemesOf, sentencesOf } from "./sentences.ts";

/** In characters. Later text is details, and a whole book would take too long. */
const looksAt = 12_000;
/** A sentence is chosen among the first ones, because they say what a post is about. All sentences are used to find frequent words. */
const choosesFrom = 12;
/** In characters. Shorter sentences are labels, longer ones are lists. */
const shortest = 25;
const longestSentence = 320;

/**
 * @param paragraphs - plain text.
 * @param fits - called with the sentences chosen so far, joined by spaces.
 */
export function keySentences(paragraphs: readonly string[], fits: (text: string) => boolean): string {
  const sentences = candidates(paragraphs);
  const weights = weightsOf(sentences);
  const ranked = sentences
    .slice(0, choosesFrom)
    .map((text, index) => ({ text, index, score: scoreOf(text, weights) * (1 + 2 / (1 + index)) }))
    .sort((one, other) => other.score - one.score || one.index - other.index);
  let chosen: typeof ranked = [];
  for (const sentence of ranked) {
    const next = [...chosen, sentence].sort((one, other) => one.index - other.index);
    if (next.length <= 3 && fits(joined(next))) chosen = next;
  }
  return joined(chosen);
}

function joined(sentences: readonly { text: string }[]): string {
  return sentences.map(({ text }) => text).join(" ");
}

/** Complete sentences that make sense alone: no headings, introductions of lists, or questions. */
function candidates(paragraphs: readonly string[]): string[] {
  let read = 0;
  const found: string[] = [];
  for (const paragraph of paragraphs) {
    read += paragraph.length;
    if (read > looksAt) break;
    for (const sentence of sentencesOf(paragraph.replace(/\s+/g, " "))) {
      const text = sentence.trim();
      const length = graphemesOf(text).length;
      if (
        length >= shortest &&
        length <= longestSentence &&
        /[.!?。！？…]["'”’)]?$/.test(text) &&
        !needsContext.test(text)
      )
        found.push(text);
    }
  }
  return found;
}

/**
 * Sentences that refer to the text before, send the reader elsewhere, introduce a list, or contain an address or a
 * placeholder. The languages are those of our samples. In other languages, the beginning of the text counts more.
 */
const needsContext = new RegExp(
  [
    "^(?:this|that|these|those|it|they|he|she|however|but|and|so|then|also|for example|such|there|here)(?!\\p{L})",
    "^(?:for (?:more|further|details)|more (?:details|information)|see|read|check out|visit|click|download|learn more|find out|join|follow|subscribe|stay tuned|thanks|thank you|please|let me know|if you|you can|we hope|note|update)(?!\\p{L})",
    "^(?:dies\\p{L}*|aber|und|also|er|sie|es|siehe|mehr)(?!\\p{L})",
    "^(?:ce|cette|ces|cela|il|elle|ils|elles|mais|et|donc|voir)(?!\\p{L})",
    "^(?:este|esta|esto|estos|estas|pero|y|así|ver)(?!\\p{L})",
    "^(?:это|этот|эта|эти|но|и|он|она|они|цей|ця|це)(?!\\p{L})",
    "^(?:این|آن|ولی|اما|و|در نتیجه|یعنی|هذا|هذه|لكن)(?!\\p{L})",
    "^(?:この|その|あの|これ|それ|しかし|また|ただし|这|该|此|但|因此|而|這|該)",
    "^(?:이|그|저|하지만|그리고|그러나)(?:\\s|는|은|것)",
    "^\\P{L}*:|https?:|www\\.|\\{\\{|\\{%|\\[!|[:：]$|:::",
  ].join("|"),
  "iu",
);

/** The frequency of each longer word. Words that appear once are ignored. */
function weightsOf(sentences: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences)
    for (const word of new Set(termsOf(sentence))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function scoreOf(sentence: string, weights: ReadonlyMap<string, number>): number {
  const terms = termsOf(sentence);
  const sum = [...new Set(terms)].reduce((total, term) => total + Math.log(weights.get(term) ?? 1), 0);
  return (0.1 + sum) / Math.sqrt(Math.max(terms.length, 6));
}

function termsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]{3,}|\p{sc=Han}{2}/gu) ?? [];
}
