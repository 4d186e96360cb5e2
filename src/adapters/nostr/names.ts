/** Encodes keys and events as people see them: bech32 with a prefix (NIP-19). */

import { bech32 } from "@scure/base";

/** Of `nsec1…` or 64 hex digits; `null` for anything else. */
export function secretKeyOf(text: string): Uint8Array | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Uint8Array.from(Buffer.from(text, "hex"));
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text);
    return prefix === "nsec" && bytes.length === 32 ? bytes : null;
  } catch {
    return null;
  }
}

/** `note1…` for an event's id. */
export function noteName(id: string): string {
  return bech32.encodeFromBytes("note", Buffer.from(id, "hex"));
}
