/** Finds where to cut a text: after a sentence, else after a word, and never inside a visible character. */

const bySentence = new Intl.Segmenter("en", { granularity: "sentence" });
const byWord = new Intl.Segmenter("en", { granularity: "word" });
const byGrapheme = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Sentences with the space after them. A sentence that ends with an abbreviation is joined to the next. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of bySentence.segment(text)) {
    const last = sentences.at(-1);
    if (last !== undefined && unfinished.test(last)) sentences[sentences.length - 1] = last + segment;
    else sentences.push(segment);
  }
  return sentences;
}

/** `e.g. `, `Dr. `, `J. ` and a mark without a space after it (except in Chinese and Japanese) do not end a sentence. */
const unfinished = /[^\s。！？…」』”]$|(?:\b(?:e\.g|i\.e|cf|vs|etc|no|Dr|Mr|Mrs|Ms|Prof|St)|\b\p{Lu})\.\s*$/u;

/** Positions for a cut: between words, and at the end of a word in a script without spaces. */
export function wordsOf(text: string): string[] {
  return text
    .split(/(?<=\s)/)
    .flatMap((word) => (unspaced.test(word) ? [...byWord.segment(word)].map(({ segment }) => segment) : [word]));
}

/** A word in one of these scripts, or of emoji, without an address. */
const unspaced =
  /^(?!.*[@/])(?=.*[\p{Extended_Pictographic}\p{Regional_Indicator}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])/u;

/** The visible characters. */
export function graphemesOf(text: string): string[] {
  return [...byGrapheme.segment(text)].map(({ segment }) => segment);
}

/** The longest beginning of whole pieces that `fits` accepts. `fits` is called rarely, because it is slow for long texts. */
export function longest(pieces: readonly string[], fits: (text: string) => boolean): string {
  const text = pieces.join("");
  let length = 0;
  const ends = pieces.map((piece) => (length += piece.length));
  const beginning = (number: number): string => text.slice(0, ends[number - 1] ?? 0).trim();
  // Doubles the number until it is too large, then uses a binary search.
  let fit = 0;
  let over = 1;
  while (over <= pieces.length && fits(beginning(over))) [fit, over] = [over, over * 2];
  over = Math.min(over, pieces.length + 1);
  while (over - fit > 1) {
    const middle = (fit + over) >> 1;
    if (fits(beginning(middle))) fit = middle;
    else over = middle;
  }
  return beginning(fit);
}

/** As many whole words as fit, with an ellipsis; empty if not even one fits. */
export function clipped(text: string, fits: (words: string) => boolean): string {
  const cut = longest(wordsOf(text), (part) => fits(`${withoutTail(part)}…`));
  const strong = withoutTail(cut.replace(leadingOn, ""));
  return cut === "" ? "" : `${strong || withoutTail(cut)}…`;
}

/** Words after which a text must not be cut, such as "and the", in the most common languages. */
const leadingOn =
  /(?<!\s)(?:\s+(?:an?|the|and|or|of|to|in|on|at|by|for|from|with|as|is|are|was|were|that|which|our|your|their|its|than|el|los|las|y|de|que|le|la|les|des|du|et|der|die|das|ein|eine|und|oder|mit|von|zu))+$/iu;

/** The same, but cut after a clause, or before an open bracket, if this loses less than a third. */
export function clippedAtClause(text: string, fits: (words: string) => boolean): string {
  const cut = clipped(text, fits);
  const open = cut.lastIndexOf("(") > cut.lastIndexOf(")") ? cut.slice(0, cut.lastIndexOf("(")).trimEnd() : cut;
  const clause = /^.*[\p{L}\p{N})”"'](?=[,;–—،、，；] ?)/su.exec(open)?.[0] ?? "";
  const best = [clause, open].find((part) => part !== cut && part.length * 3 >= cut.length * 2);
  return best ? `${withoutTail(best)}…` : cut;
}

/** A sequence of such characters is only checked from its beginning. Otherwise a text of only these characters would take minutes. */
function withoutTail(text: string): string {
  return text.replace(/(?<![\s,;:.–—-])[\s,;:.–—-]+$/u, "");
}
