/** The sender address of a channel. */

import { domainToASCII } from "node:url";
import addressparser from "nodemailer/lib/addressparser";
import { addressProblem } from "#core/readers/subscriber.ts";

export interface Sender {
  name: string;
  address: string;
}

/** Cached: a process has few senders, and needs them for every email. */
const known = new Map<string, Sender>();

/** `Example <news@example.org>` or the bare address. @throws TypeError with a readable message for the configuration. */
export function parseSender(text: string): Sender {
  const parsed = known.get(text) ?? parse(text);
  if (known.size < 100) known.set(text, parsed);
  return parsed;
}

function parse(text: string): Sender {
  const parsed = /[\r\n]/.test(text) ? [] : addressparser(text);
  const [only] = parsed;
  if (parsed.length !== 1 || !only || !("address" in only) || !only.address)
    throw new TypeError('expected one address, such as "Example <news@example.org>"');
  const problem = addressProblem(only.address);
  if (problem) throw new TypeError(`expected an address: ${problem}`);
  return { name: only.name, address: only.address };
}

/** The address for SMTP, with its domain in ASCII (RFC 5891 §4). */
export function wireAddress(address: string): string {
  if (/^[\x21-\x7e]+$/.test(address)) return address;
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at + 1)}${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
}
