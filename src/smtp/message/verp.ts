/** A signed return path for each delivery: it identifies the delivery even if a bounce contains nothing else. */

import { createHmac, timingSafeEqual } from "node:crypto";

/** `domain`: a domain of its own for bounces. `address`: a mailbox that takes `user+anything@…` (RFC 5233). */
export interface ReturnPaths {
  domain?: string;
  address?: string;
}

const keyDigits = 20;
const signatureDigits = 12;

/**
 * The envelope sender of a delivery, at most 64 characters before the @ for any mailbox of up to 29.
 * Hex digits only: servers on the way may change the case.
 * @param key - the delivery's key, 64 hex digits.
 */
export function verpAddress(key: string, secret: string, { domain, address }: ReturnPaths): string | null {
  const short = key.slice(0, keyDigits);
  const tag = `${short}-${signature(short, secret)}`;
  if (domain) return `b-${tag}@${domain}`;
  const at = address?.lastIndexOf("@") ?? -1;
  return address && at > 0 ? `${address.slice(0, at)}+${tag}${address.slice(at)}` : null;
}

/** The beginning of the delivery's key, or `null` for an address that this secret did not sign. The domain doesn't matter. */
export function readVerp(address: string, secret: string): string | null {
  const match = new RegExp(`(?:^b-|\\+)([0-9a-f]{${keyDigits}})-([0-9a-f]{${signatureDigits}})@[^@]+$`).exec(
    address.trim().toLowerCase(),
  );
  const [, short = "", mark = ""] = match ?? [];
  return short && timingSafeEqual(Buffer.from(mark), Buffer.from(signature(short, secret))) ? short : null;
}

/** 48 bits: each guess costs a mail, and a right one only tells us what we would check anyway. */
function signature(short: string, secret: string): string {
  return createHmac("sha256", secret).update(`return-path\n${short}`).digest("hex").slice(0, signatureDigits);
}
