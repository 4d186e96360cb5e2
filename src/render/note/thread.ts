/** Splits a text into a thread: cut at sentences, numbered, the permalink at the end of the last part. */

import { clipped, graphemesOf, longest, sentencesOf, wordsOf } from "./sentences.ts";

/** A longer thread would be the whole article. */
const mostParts = 10;

/**
 * @param paragraphs - the text. What doesn't fit into ten parts is left out.
 * @param fits - measures by the network's own rule.
 * @returns one part if everything fits into it.
 */
export function threadOf(paragraphs: readonly string[], url: string, fits: (text: string) => boolean): string[] {
  // Space for the number is reserved in every part, because the number of parts is only known at the end.
  const room = (text: string): boolean => fits(`${text} ${mostParts}/${mostParts}`);
  const parts = partsOf(paragraphs, room);
  const last = parts.at(-1) ?? "";
  if (fits(numbered(`${last}`, parts.length, parts.length, url))) parts[parts.length - 1] = last;
  else parts.push("");
  const kept = parts.length > mostParts ? [...parts.slice(0, mostParts - 1), ""] : parts;
  return kept.map((part, index) => numbered(part, index + 1, kept.length, index + 1 === kept.length ? url : ""));
}

function numbered(text: string, number: number, of: number, url: string): string {
  const counted = of > 1 ? `${text} ${number}/${of}`.trim() : text;
  return url === "" ? counted : `${counted}\n\n${url}`.trim();
}

function partsOf(paragraphs: readonly string[], fits: (text: string) => boolean): string[] {
  const parts: string[] = [];
  let open = "";
  const close = (): void => {
    if (open !== "") parts.push(open);
    open = "";
  };
  for (const paragraph of paragraphs) {
    let between = open === "" ? "" : "\n\n";
    for (const sentence of sentencesOf(paragraph).map((each) => each.trim())) {
      if (sentence === "") continue;
      if (!fits(open + between + sentence)) {
        close();
        between = "";
      }
      for (const piece of open === "" ? piecesOf(sentence, fits) : [sentence]) {
        if (open !== "" && between === "") close();
        open += between + piece;
        between = "";
      }
      between = " ";
    }
  }
  close();
  return parts.length > 0 ? parts : [""];
}

/** Splits a sentence that is longer than a part at its words, and a word that is too long at its characters. */
function piecesOf(sentence: string, fits: (text: string) => boolean): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest !== "" && pieces.length <= mostParts) {
    if (fits(rest)) return [...pieces, rest];
    const piece = longest(wordsOf(rest), fits) || longest(graphemesOf(rest), fits) || clipped(rest, fits);
    if (piece === "") return pieces;
    pieces.push(piece);
    rest = rest.slice(rest.indexOf(piece) + piece.length).trim();
  }
  return pieces;
}
