/** Signs a message to a webhook as Standard Webhooks 1.0 says. */

import { createHmac } from "node:crypto";

const prefix = "whsec_";
/** 24 to 64 bytes in base64. */
const shape = /^whsec_(?=.{32,88}$)[A-Za-z0-9+/]+={0,2}$/;

export function isHookSecret(text: string): boolean {
  return shape.test(text);
}

/** @param secrets - while a secret is replaced, the message is signed with both. */
export function hookHeaders(
  secrets: readonly string[],
  { id, body, now }: { id: string; body: string; now: Date },
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
