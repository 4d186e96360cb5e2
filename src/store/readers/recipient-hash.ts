/** The keyed hash of a person in the ledger and in suppressions. */

import { hash } from "node:crypto";
import { normalizeAddress } from "#core/readers/subscriber.ts";

const blockBytes = 64;

/**
 * HMAC-SHA256 of the normalised address, in hex. Written as two hashes (RFC 2104 §2): for a million rows, creating a
 * `createHmac` object for each costs twice as much as the hashing itself, and garbage collection costs the same
 * again.
 */
export function recipientHasher(key: string): (address: string) => string {
  const block = Buffer.alloc(blockBytes);
  const bytes = Buffer.from(key);
  block.set(bytes.length > blockBytes ? hash("sha256", bytes, "buffer") : bytes);
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36));
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.alloc(32)]);
  return (address) => {
    outer.write(
      hash("sha256", Buffer.concat([inner, Buffer.from(normalizeAddress(address))]), "hex"),
      blockBytes,
      "hex",
    );
    return hash("sha256", outer);
  };
}
