/** What a relay's replies and missing features mean for one email. */

import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { answerOf, type SmtpError } from "./failures.ts";
import type { Reply } from "./replies.ts";

export function receiptOf({ text }: Reply, address: string): Receipt {
  const response = answerOf({ message: text }, address);
  const remoteId = /\bqueued as ([\w.-]+)/i.exec(text)?.[1];
  return { ...(remoteId && { remoteId }), response };
}

/** To the end of the data: the other side has taken responsibility (RFC 5321 §4.2.5). */
export function isTaken({ code }: Reply): boolean {
  return code >= 200 && code < 300;
}

/** It refused, and then took the mail all the same: what will become of it nobody can know. */
export function contradiction(refused: Reply, taken: Reply, name: string): DeliveryError {
  const [no = "", yes = ""] = [refused, taken].map(({ text }) => answerOf({ message: text }));
  const message = `${name} gave contradictory replies: "${no}", and after the message "${yes}". The email may have been accepted.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "EPROTOCOL", message });
}

/** RFC 1870 §6: it would be refused for everybody. */
export function tooLarge(message: string): DeliveryError {
  return new DeliveryError({ kind: "permanent", scope: "channel", code: "too-large", message });
}

export function beyondAscii(name: string): DeliveryError {
  const message = `${name} accepts only ASCII characters before the @ (no SMTPUTF8)`;
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "smtputf8", message });
}

/** RFC 6531 §3.4. */
export function needsUtf8(from: string, to: string): boolean {
  return /[^\x20-\x7e]/.test(from) || /[^\x20-\x7e]/.test(to);
}

export function outOfStep({ text }: Reply): SmtpError {
  return Object.assign(new Error(`its replies are out of order: ${text}`), { code: "EPROTOCOL" });
}

export function gone({ code, text }: Reply): SmtpError {
  return Object.assign(new Error(text), { response: text, responseCode: code });
}
