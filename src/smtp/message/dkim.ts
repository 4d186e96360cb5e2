/**
 * Signs emails (RFC 6376, RFC 8463): relaxed headers, simple body, with shared parts prepared once. An email with a
 * broken signature is worse than one without, so the first one of a campaign is verified before it is sent.
 */

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { promisify } from "node:util";
import { DeliveryError } from "#core/sending/delivery.ts";
import type { Field, Head, Mail, Part } from "./mail.ts";

export interface DkimKey {
  /** `example.org`: the record is at `<selector>._domainkey.<domain>`. */
  domain: string;
  selector: string;
  privateKey: KeyObject;
}

/** Returns the header fields that come before all others, one for each key. */
export type Signer = (mail: Mail) => Promise<string[]>;

/** In this order in `h=`. RFC 8058 §4 requires both unsubscribe headers among them. */
const signed = [
  ...["from", "reply-to", "subject", "date", "to", "message-id", "mime-version", "content-type"],
  ...["list-id", "list-unsubscribe", "list-unsubscribe-post", "list-archive", "feedback-id", "auto-submitted"],
];
/** Named once more than it exists, so that nobody can add one (RFC 6376 §8.15). */
const sealed = "from";
const lineLength = 72;
const signAsync = promisify(sign);

/** @throws TypeError with a readable message if it is not a private key, or of a kind that DKIM doesn't support */
export function parseDkimKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new TypeError("expected a private key in PEM: -----BEGIN PRIVATE KEY-----");
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "ed25519") return key;
  if (type !== "rsa") throw new TypeError(`expected an RSA or Ed25519 key, found ${type}`);
  // RFC 8301 §3.2.
  if ((details?.modulusLength ?? 0) < 1024)
    throw new TypeError("expected an RSA key of 1024 bits or more, better 2048");
  return key;
}

/** The TXT record that the key needs, for `doctor`. */
export function dkimRecord({ privateKey }: DkimKey): string {
  const isRsa = privateKey.asymmetricKeyType === "rsa";
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  // RFC 8463 §4: only the 32 bytes of the key, which are at the end.
  return `v=DKIM1; k=${isRsa ? "rsa" : "ed25519"}; p=${(isRsa ? spki : spki.subarray(-32)).toString("base64")}`;
}

export function openSigner(keys: readonly DkimKey[]): Signer {
  const prepared = new WeakMap<Head, Map<string, string>>();
  const sharedFields = (head: Head): Map<string, string> => {
    const known = prepared.get(head) ?? canonicalFields(head.fields);
    prepared.set(head, known);
    return known;
  };
  return (mail) => {
    const shared = sharedFields(mail.shared);
    const own = canonicalFields(mail.own);
    const names = signed.filter((name) => own.has(name) || shared.has(name));
    const headers = names.map((name) => `${own.get(name) ?? shared.get(name)}\r\n`).join("");
    const bodyHash = hashOf(mail.body);
    return Promise.all(keys.map((key) => signature(key, [...names, sealed], headers, bodyHash)));
  };
}

async function signature(
  { domain, selector, privateKey }: DkimKey,
  names: readonly string[],
  headers: string,
  bodyHash: string,
): Promise<string> {
  const isRsa = privateKey.asymmetricKeyType === "rsa";
  const tags = [
    ...["v=1", `a=${isRsa ? "rsa" : "ed25519"}-sha256`, "c=relaxed/simple", `d=${domain}`, `s=${selector}`],
    ...[`h=${names.join(":")}`, `bh=${bodyHash}`, "b="],
  ];
  const unsigned = folded(`DKIM-Signature: ${tags.join("; ")}`);
  const input = Buffer.from(headers + canonical({ name: "DKIM-Signature", line: unsigned }), "latin1");
  const bytes = isRsa
    ? await signAsync("sha256", input, privateKey)
    : sign(null, createHash("sha256").update(input).digest(), privateKey);
  const value = bytes.toString("base64").replace(new RegExp(`.{${lineLength}}(?=.)`, "g"), "$&\r\n ");
  return `${unsigned}\r\n ${value}`;
}

/** The body's hash. Empty lines at the end count as one line end (RFC 6376 §3.4.3). */
function hashOf(body: readonly Part[]): string {
  const digest = createHash("sha256");
  let last = body.length - 1;
  while (last > 0 && /^(\r\n)*$/.test(textOf(body[last]))) last--;
  for (const part of body.slice(0, last)) digest.update(part as string, "latin1");
  return digest.update(`${textOf(body[last]).replace(/(\r\n)+$/, "")}\r\n`, "latin1").digest("base64");
}

function textOf(part: Part | undefined): string {
  return typeof part === "string" ? part : (part?.toString("latin1") ?? "");
}

function canonicalFields(fields: readonly Field[]): Map<string, string> {
  return new Map(fields.map((field) => [field.name.toLowerCase(), canonical(field)]));
}

/** RFC 6376 §3.4.2, without the line end. */
function canonical({ name, line }: Field): string {
  const value = line
    .slice(name.length + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ");
  return `${name.toLowerCase()}:${value.trim()}`;
}

/** Folded into lines so short that no relay folds them again, at places where a space changes nothing: between tags, and in `h=` after a colon. */
function folded(header: string): string {
  const lines: string[] = [];
  let line = "";
  for (const piece of header.match(/[^;:]+(?:[;:] ?|$)/g) ?? []) {
    if (line !== "" && line.trimEnd().length + piece.trimEnd().length > lineLength) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...lines, line].join("\r\n ");
}

/**
 * Verifies like a receiver, only from the bytes of the email.
 * @param publicKeys - by selector.
 * @throws DeliveryError if a signature is invalid.
 */
export function verifyOwn(message: Buffer, keys: readonly DkimKey[]): void {
  const text = message.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  const body = `${text.slice(end + 4).replace(/(\r\n)+$/, "")}\r\n`;
  const bodyHash = createHash("sha256").update(body, "latin1").digest("base64");
  for (const key of keys) if (!fields.some((line) => isGood(line, key, fields, bodyHash))) throw unverified(key);
}

function isGood(line: string, { selector, privateKey }: DkimKey, fields: readonly string[], bodyHash: string): boolean {
  if (!/^dkim-signature:/i.test(line)) return false;
  const tag = (name: string): string =>
    (new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(line)?.[1] ?? "").replace(/\s+/g, "");
  if (tag("s") !== selector || tag("bh") !== bodyHash) return false;
  const left = [...fields];
  const headers = tag("h")
    .split(":")
    .flatMap((name) => {
      const at = left.findLastIndex((field) => field.toLowerCase().startsWith(`${name}:`));
      const [field] = at < 0 ? [] : left.splice(at, 1);
      return field === undefined ? [] : [`${canonical({ name, line: field })}\r\n`];
    });
  const bare = canonical({ name: "DKIM-Signature", line: line.replace(/(;\s*b=)[^;]*$/, "$1") });
  const input = Buffer.from(headers.join("") + bare, "latin1");
  const bytes = Buffer.from(tag("b"), "base64");
  const publicKey = createPublicKey(privateKey);
  return privateKey.asymmetricKeyType === "rsa"
    ? verify("sha256", input, publicKey, bytes)
    : verify(null, createHash("sha256").update(input).digest(), publicKey, bytes);
}

function unverified({ selector, domain }: DkimKey): DeliveryError {
  return new DeliveryError({
    kind: "permanent",
    scope: "channel",
    code: "dkim",
    message: `The signature of ${selector}._domainkey.${domain} failed verification. Nothing was sent. Remove "dkim" from the channel and let the relay sign.`,
  });
}
