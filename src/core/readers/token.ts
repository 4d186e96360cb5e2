/** Signed links: each names a purpose and a person, and can't be forged. */

import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";

/**
 * Each scope is a key of its own: a link to look at something can't be bent into one that changes something. `preferences`
 * comes with every mail and may be forwarded with it; `data` is mailed on request, and alone shows and erases what is known.
 * `click` proves that an address stood in a mail of ours, and `seen` says in whose; neither gets anybody anywhere else.
 */
export type TokenScope = "unsubscribe" | "preferences" | "data" | "confirm" | "view" | "seen" | "click" | "review";

/**
 * Deterministic: the same recipient gets the same link, so that the same mail has the same bytes.
 * @param until - after this, to the second, it proves nothing. Default: it never expires.
 */
export function signToken(secret: string, scope: TokenScope, parts: readonly string[], until?: Date): string {
  const text = Buffer.from(JSON.stringify(parts)).toString("base64url");
  const payload = until ? `${text}.${Math.floor(until.getTime() / 1000).toString(36)}` : text;
  return `${payload}.${signature(secret, scope, payload).toString("base64url")}`;
}

/** The parts, or `null` for anything that this secret did not sign for this scope, or not for so long. */
export function verifyToken(secret: string, scope: TokenScope, token: string, now = new Date()): string[] | null {
  const [, payload, text, until, mark] = /^(([\w-]+)(?:\.([\da-z]+))?)\.([\w-]+)$/.exec(token) ?? [];
  if (!payload || !text || !mark) return null;
  const given = Buffer.from(mark, "base64url");
  const expected = signature(secret, scope, payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  if (until && Number.parseInt(until, 36) * 1000 <= now.getTime()) return null;
  return JSON.parse(Buffer.from(text, "base64url").toString()) as string[];
}

/** Made once: every mail has several links. */
const keys = new Map<string, KeyObject>();

function keyOf(secret: string): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(secret, "utf8");
  if (keys.size < 10) keys.set(secret, key);
  return key;
}

/** 128 bits are enough against guessing and keep links short. As a string first: a buffer of its own costs a quarter more. */
function signature(secret: string, scope: TokenScope, payload: string): Buffer {
  const digest = createHmac("sha256", keyOf(secret)).update(`${scope}\n${payload}`).digest("binary");
  return Buffer.from(digest.slice(0, 16), "latin1");
}
