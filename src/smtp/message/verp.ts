/** A signed return path for each delivery: it identifies the delivery even if a bounce contains nothing else. */

import { createHmac, timingSafeEqual } from "node:crypto";

/** `domain`: a separate domain for bounces. `address`: a mailbox that accepts `user+anything@…` (RFC 5233). */
export interface ReturnPaths {
  domain?: string;
  address?: string;
}

const keyDigits = 20;
const signatureDigits = 12;

/**
 * The envelope sender of a delivery, with at most 64 characters before the @ for any mailbox of up to 29 characters.
 * Only hex digits, because servers may change upper and lower case.
 * @param key - the delivery's key, 64 hex digits.
 */
export function verpAddress(key: string, secret: string, { domain, address }: ReturnPaths): string | null {
  const short = key.slice(0, keyDigits);
  const tag = `${short}-${signature(short, secret)}`;
  if (domain) return `b-${tag}@${domain}`;
  const at = address?.lastIndexOf("@") ?? -1;
  return address && at > 0 ? `${address.slice(0, at)}+${tag}${address.slice(at)}` : null;
}

/** The first digits of the delivery's key; `null` if this secret did not sign the address. The domain is ignored. */
export function readVerp(address: string, secret: string): string | null {
  const match = new RegExp(`(?:^b-|\\+)([0-9a-f]{${keyDigits}})-([0-9a-f]{${signatureDigits}})@[^@]+$`).exec(
    address.trim().toLowerCase(),
  );
  const [, short = "", mark = ""] = match ?? [];
  return short && timingSafeEqual(Buffer.from(mark), Buffer.from(signature(short, secret))) ? short : null;
}

/** 48 bits are enough: each guess needs an email, and a correct guess has little effect. */
function signature(short: string, secret: string): string {
  return createHmac("sha256", secret).update(`return-path\n${short}`).digest("hex").slice(0, signatureDigits);
}
