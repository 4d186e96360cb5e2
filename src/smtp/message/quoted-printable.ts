/** Quoted-printable encoding (RFC 2045 §6.7) in pieces: constant text with values between, each on its own lines. */

import { encode, wrap } from "nodemailer/lib/qp";

const longestLine = 76;
/**
 * A dot that begins a line is written `=2E`, two characters longer, so that no transport has to stuff it (RFC 5321
 * §4.5.2). The last line of a piece or value may get a soft break, one character more.
 */
const lineLength = longestLine - 3;
const softBreak = "=\r\n";

/**
 * @param pieces - constant texts; a value goes between each two.
 * @returns the encoded texts. With values from `encodeValue` between them, they are one encoded text.
 */
export function encodePieces(pieces: readonly string[]): string[] {
  return pieces.map((piece, index) => {
    const encoded = encodeLines(piece);
    const before = index > 0 && (piece !== "" || index < pieces.length - 1) ? softBreak : "";
    const ends = index === pieces.length - 1 || encoded === "" || encoded.endsWith("\r\n");
    return `${before}${encoded}${ends ? "" : softBreak}`;
  });
}

/** A value, encoded for the beginning of a line. */
export function encodeValue(value: string): string {
  if (value.length <= lineLength && asItIs.test(value)) return value;
  if (/[\r\n]/.test(value)) return encodeLines(value);
  const encoded = asItIs.test(value) ? value : encode(value);
  let lines = "";
  let at = 0;
  while (encoded.length - at > lineLength) {
    let end = at + lineLength - 1;
    // An `=XX` must not be split.
    const sign = encoded.lastIndexOf("=", end - 1);
    if (sign > end - 3 && sign > at) end = sign;
    lines += encoded.slice(at, end) + softBreak;
    at = end;
  }
  return guarded(lines + encoded.slice(at));
}

/** Printable ASCII except `=`, without a dot at the beginning or a space at the end. */
const asItIs = /^(?![.])[\x20-\x3c\x3e-\x7e]*(?<! )$/;

function encodeLines(text: string): string {
  return guarded(wrap(encode(text.replace(/\r\n|\r|\n/g, "\r\n")), lineLength));
}

function guarded(encoded: string): string {
  return encoded.replace(/^\./gm, "=2E");
}
