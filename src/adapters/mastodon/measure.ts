/** Counts as Mastodon does (https://docs.joinmastodon.org/user/posting/#text): links cost the same, servers of others nothing. */

import twitterText from "twitter-text";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const remoteMention = /(?<![=/\p{L}\p{N}_])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@[\p{L}\p{N}_.-]*[\p{L}\p{N}_]/giu;

/** What any link counts as, unless the server says otherwise. */
export const usualUrlLength = 23;

export function statusLength(text: string, urlLength = usualUrlLength): number {
  const placeholder = "x".repeat(urlLength);
  let counted = "";
  let end = 0;
  for (const { indices } of twitterText.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false })) {
    counted += text.slice(end, indices[0]) + placeholder;
    end = indices[1];
  }
  counted = (counted + text.slice(end)).replace(remoteMention, "@$1");
  return [...segmenter.segment(counted)].length;
}
