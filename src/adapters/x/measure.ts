/** Measures a text as X does (https://docs.x.com/fundamentals/counting-characters), with X's own package. */

import twitterText from "twitter-text";

/** UTF-16 units. No link that X takes for one is longer; in more, the package would look for links for minutes. */
const longestPiece = 4096;

/** What is longer than that, and so never fits, is weighed word by word. */
export function weight(text: string): number {
  if (text.length <= longestPiece) return twitterText.parseTweet(text).weightedLength;
  const words = text.split(/(\s+)/).filter((word) => word !== "");
  return words.reduce((sum, word) => sum + (word.length > longestPiece ? [...word].length : weight(word)), 0);
}
