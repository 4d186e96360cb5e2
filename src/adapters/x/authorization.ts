/** Signs requests with OAuth 1.0a (RFC 5849, HMAC-SHA1). JSON bodies are not part of the signature. */

import { createHmac, randomBytes } from "node:crypto";

export interface Credentials {
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessSecret: string;
}

/** The value of an `Authorization` header. `nonce` only for tests. */
export function authorization(
  method: string,
  url: string,
  credentials: Credentials,
  { now, nonce = randomBytes(16).toString("hex") }: { now: Date; nonce?: string },
): string {
  const oauth: [string, string][] = [
    ["oauth_consumer_key", credentials.consumerKey],
    ["oauth_nonce", nonce],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(Math.floor(now.getTime() / 1000))],
    ["oauth_token", credentials.accessToken],
    ["oauth_version", "1.0"],
  ];
  const { origin, pathname, searchParams } = new URL(url);
  // RFC 5849 §3.4.1: sorted by name, then value, after encoding.
  const parameters = [...searchParams, ...oauth]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
  const base = [method, origin + pathname, parameters].map(encoded).join("&");
  const key = `${encoded(credentials.consumerSecret)}&${encoded(credentials.accessSecret)}`;
  const signature = createHmac("sha1", key).update(base).digest("base64");
  const header = [...oauth, ["oauth_signature", signature] as const];
  return `OAuth ${header.map(([name, value]) => `${encoded(name)}="${encoded(value)}"`).join(", ")}`;
}

/** RFC 5849 §3.6. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
