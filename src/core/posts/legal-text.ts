/** Removes characters that XML 1.0 §2.2 forbids: one of them in one post makes a whole feed unreadable. */

/** Control characters but tab and line feed, and the two code points that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const illegal = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/;

/** Control characters and halves of characters go, line ends become `\n`. */
export function legalText(text: string): string {
  // Nearly every text is legal as it is, and looking is much cheaper than rewriting.
  const formed = text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, "");
  if (!illegal.test(formed)) return formed;
  return formed.replace(/\r\n?/g, "\n").replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, "");
}

/** Legal text on one line. */
export function legalLine(text: string): string {
  return legalText(text).replace(/\s+/g, " ").trim();
}
