/** Links that prove themselves: what they are for and whom they concern, signed, so that nobody can make one for somebody else. */

import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";

/** Each scope is a key of its own: a link to look at something can't be bent into one that changes something. */
export type TokenScope = "unsubscribe" | "review";

/** Deterministic: the same recipient gets the same link, so that the same mail has the same bytes. */
export function signToken(secret: string, scope: TokenScope, parts: readonly string[]): string {
  const payload = Buffer.from(JSON.stringify(parts)).toString("base64url");
  return `${payload}.${signature(secret, scope, payload).toString("base64url")}`;
}

/** The parts, or `null` for anything that this secret did not sign for this scope. */
export function verifyToken(secret: string, scope: TokenScope, token: string): string[] | null {
  const [payload, mark, ...rest] = token.split(".");
  if (!payload || !mark || rest.length > 0) return null;
  const given = Buffer.from(mark, "base64url");
  const expected = signature(secret, scope, payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as string[];
}

/** Made once: every mail has several links. */
const keys = new Map<string, KeyObject>();

function keyOf(secret: string): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(secret, "utf8");
  if (keys.size < 10) keys.set(secret, key);
  return key;
}

/** 128 bits are enough against guessing and keep links short. */
function signature(secret: string, scope: TokenScope, payload: string): Buffer {
  return createHmac("sha256", keyOf(secret)).update(`${scope}\n${payload}`).digest().subarray(0, 16);
}
