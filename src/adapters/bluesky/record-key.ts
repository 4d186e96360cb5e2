/**
 * Computes the record key of a post before posting, so that a second try overwrites the first one instead of posting
 * twice (https://atproto.com/specs/tid).
 */

import type { Envelope } from "#core/adapter.ts";

const alphabet = "234567abcdefghijklmnopqrstuvwxyz";
const length = 13;

/**
 * The same delivery has the same key for ever: the time at which its publication was decided, and in place of the
 * microseconds and the clock's number, which a clock would draw at random, 20 bits of the idempotency key.
 */
export function recordKey({ key, publishedAt }: Pick<Envelope, "key" | "publishedAt">): string {
  const chance = BigInt(`0x${key.slice(0, 12)}`);
  const micros = BigInt(publishedAt.getTime()) * 1000n + ((chance >> 10n) % 1000n);
  return encoded((micros << 10n) | (chance & 1023n));
}

/** The key of a thread's part: a millisecond after the one before it. The first part is 0. */
export function partKey(root: string, part: number): string {
  return encoded(decoded(root) + ((BigInt(part) * 1000n) << 10n));
}

/** The time within a key, to the millisecond: what an edited post keeps. */
export function timeOf(key: string): Date {
  return new Date(Number((decoded(key) >> 10n) / 1000n));
}

function encoded(value: bigint): string {
  let key = "";
  for (let rest = value; key.length < length; rest >>= 5n) key = (alphabet[Number(rest & 31n)] ?? "") + key;
  return key;
}

function decoded(key: string): bigint {
  let value = 0n;
  for (const letter of key) value = (value << 5n) | BigInt(alphabet.indexOf(letter));
  return value;
}
