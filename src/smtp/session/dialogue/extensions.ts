/** What a server can do by its answer to EHLO, and what that means for a mail: whether it fits, and its envelope. */

import type { DeliveryError } from "#core/sending/delivery.ts";
import { sizeOf } from "#smtp/message/mail.ts";
import type { OutgoingMail } from "../outgoing-mail.ts";
import type { Reply } from "../replies.ts";
import { beyondAscii, needsUtf8, tooLarge } from "../verdicts.ts";

/** Values by keyword, in capitals (RFC 5321 §4.1.1.1). */
export type Extensions = ReadonlyMap<string, string>;

export function extensionsIn({ text }: Reply): Extensions {
  return new Map(
    text.split("\n").map((line) => {
      const [keyword = "", ...values] = line.slice(4).split(" ");
      return [keyword.toUpperCase(), values.join(" ")];
    }),
  );
}

/** Why this server would never take the mail; `null` when it may. @param name - the server's, for the message */
export function unfit(mail: OutgoingMail, extensions: Extensions, name: string): DeliveryError | null {
  const largest = Number(extensions.get("SIZE") ?? 0);
  if (largest > 0 && sizeOf(mail.parts) > largest)
    return tooLarge(`The email has ${sizeOf(mail.parts)} bytes. The limit of ${name} is ${largest}`);
  return needsUtf8(mail.from, mail.to) && !extensions.has("SMTPUTF8") ? beyondAscii(name) : null;
}

/**
 * `MAIL` and `RCPT`, with line ends. RFC 1870: the size lets the server refuse before it has read everything. Its
 * characters are the bytes (latin1).
 */
export function envelopeOf({ from, to, parts }: OutgoingMail, extensions: Extensions): string {
  const size = extensions.has("SIZE") ? ` SIZE=${sizeOf(parts)}` : "";
  const command = `RCPT TO:<${to}>\r\n`;
  if (!needsUtf8(from, to)) return `MAIL FROM:<${from}>${size}\r\n${command}`;
  // The recipient's address stands in a header as it is; everything else is seven bits (RFC 6531 §3.6, RFC 6152).
  const eightBits = extensions.has("8BITMIME") ? " BODY=8BITMIME" : "";
  return Buffer.from(`MAIL FROM:<${from}>${size}${eightBits} SMTPUTF8\r\n${command}`).toString("latin1");
}
