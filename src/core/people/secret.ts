/** Secrets of tokens, sign-in links and sessions: random, and stored only as hashes. */

import { createHash, randomBytes } from "node:crypto";

/** Hexadecimal, so that a double click selects all of it. 192 bits: nobody guesses it, so that the hash needs no salt. */
export function newSecret(prefix = ""): string {
  return `${prefix}${randomBytes(24).toString("hex")}`;
}

/** Programs that look for secrets in files recognise a token by this. */
export const tokenPrefix = "postrider_";

const shape = /^(?:postrider_)?[\da-f]{48}$/;

/** Whether it can be one of ours. Anything else needs no look-up. */
export function isSecret(text: string): boolean {
  return shape.test(text);
}

/** A look-up by this hash takes a time that shows nothing about any secret: nobody can choose the hash of a guess. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
