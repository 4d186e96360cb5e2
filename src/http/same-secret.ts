/** Compares a secret that somebody sent with the right one. */

import { createHash, timingSafeEqual } from "node:crypto";

/** Compares hashes, so that the time does not show how much of the secret was right, nor how long it is. */
export function isSameSecret(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash("sha256").update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(one, other);
}
