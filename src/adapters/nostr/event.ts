/** Creates signed events (NIP-01). The same note with the same time gives the same event, byte for byte. */

import { schnorr } from "@noble/curves/secp256k1.js";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";

export interface NostrEvent {
  /** 64 hex digits: the hash of all else but the signature. */
  id: string;
  pubkey: string;
  /** Seconds since 1970. */
  created_at: number;
  kind: number;
  tags: string[][];
  content: string;
  sig: string;
}

/** A text for everybody (NIP-10). */
export const textNote = 1;
/** A wish that relays forget something (NIP-09). */
const deletion = 5;

export function noteEvent(note: NoteRendition, publishedAt: Date, secretKey: Uint8Array): NostrEvent {
  const { text, url, language, contentWarning } = note;
  const tags = [
    ["r", url],
    ...hashtagsOf(text).map((tag) => ["t", tag]),
    // NIP-32: a label says the language.
    ["L", "ISO-639-1"],
    ["l", language.split("-")[0] ?? language, "ISO-639-1"],
    // NIP-36.
    ...(contentWarning ? [["content-warning", contentWarning]] : []),
  ];
  return signed({ kind: textNote, created_at: seconds(publishedAt), tags, content: text }, secretKey);
}

export function deletionEvent(id: string, now: Date, secretKey: Uint8Array): NostrEvent {
  const tags = [
    ["e", id],
    ["k", String(textNote)],
  ];
  return signed({ kind: deletion, created_at: seconds(now), tags, content: "" }, secretKey);
}

/** The account's name: 64 hex digits. */
export function publicKey(secretKey: Uint8Array): string {
  return Buffer.from(schnorr.getPublicKey(secretKey)).toString("hex");
}

/** Nostr counts in seconds. */
export function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

/** Hash and signature are as they should be. */
export function isGenuine({ id, sig, pubkey, created_at, kind, tags, content }: NostrEvent): boolean {
  if (id !== idOf(pubkey, { created_at, kind, tags, content })) return false;
  return schnorr.verify(Buffer.from(sig, "hex"), Buffer.from(id, "hex"), Buffer.from(pubkey, "hex"));
}

type Unsigned = Pick<NostrEvent, "created_at" | "kind" | "tags" | "content">;

function signed(event: Unsigned, secretKey: Uint8Array): NostrEvent {
  const pubkey = publicKey(secretKey);
  const id = idOf(pubkey, event);
  // BIP-340 allows zeros in place of fresh randomness, which would make a second try look like another event.
  const sig = schnorr.sign(Buffer.from(id, "hex"), secretKey, new Uint8Array(32));
  return { id, pubkey, ...event, sig: Buffer.from(sig).toString("hex") };
}

function idOf(pubkey: string, { created_at, kind, tags, content }: Unsigned): string {
  return sha256(JSON.stringify([0, pubkey, created_at, kind, tags, content]));
}

/** In lower case (NIP-24), each once. */
function hashtagsOf(text: string): string[] {
  const tags = [...text.matchAll(/(?<=^|\s)#([\p{L}\p{M}\p{N}_]*[\p{L}_][\p{L}\p{M}\p{N}_]*)/gu)];
  return [...new Set(tags.map((match) => (match[1] ?? "").toLowerCase()))];
}
