/**
 * Escapes text for LinkedIn
 * (https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format).
 */

/**
 * Marks that would mean something get a backslash: at the first one without, LinkedIn silently ends the text. Addresses and
 * hashtags stay as they are, for they shall mean something.
 */
export function littleText(text: string): string {
  return text
    .split(/(https?:\/\/\S*[^\s)\]}>.,;:!?*_~]|(?<=^|\s)#[\p{L}\p{N}]+)/u)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[\\|{}@[\]()<>#*_~]/g, "\\$&")))
    .join("");
}
