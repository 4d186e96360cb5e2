/** Characters that XML 1.0 §2.2 forbids: one of them in one post makes a whole feed unreadable for everybody. */

/** Lone surrogates become U+FFFD, control characters go, line ends become `\n`. */
export function legalText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, "");
}

/** Legal text on one line. */
export function legalLine(text: string): string {
  return legalText(text).replace(/\s+/g, " ").trim();
}
