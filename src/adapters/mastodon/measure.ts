/**
 * Measures a text as Mastodon does (https://docs.joinmastodon.org/user/posting/#text): every link has the same length,
 * and the server part of a mention counts nothing.
 */

import twitterText from "twitter-text";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const remoteMention = /(?<![=/\p{L}\p{N}_])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@[\p{L}\p{N}_.-]*[\p{L}\p{N}_]/giu;

/** What any link counts as, unless the server says otherwise. */
export const usualUrlLength = 23;

/** UTF-16 units. No link that counts as one is longer; in more, the package would look for links for minutes. */
const longestPiece = 4096;

export function statusLength(text: string, urlLength = usualUrlLength): number {
  const counted = withoutLinks(text, "x".repeat(urlLength)).replace(remoteMention, "@$1");
  return [...segmenter.segment(counted)].length;
}

/** No link reaches over white space: in a long text each word is looked at alone. */
function withoutLinks(text: string, placeholder: string): string {
  if (!text.includes("://")) return text;
  if (text.length > longestPiece) {
    const words = text.split(/(\s+)/);
    if (words.length === 1) return text;
    return words.map((word) => withoutLinks(word, placeholder)).join("");
  }
  let rest = "";
  let end = 0;
  for (const { indices } of twitterText.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false })) {
    rest += text.slice(end, indices[0]) + placeholder;
    end = indices[1];
  }
  return rest + text.slice(end);
}
