/** Tells another program, signed as https://www.standardwebhooks.com specifies, so that it can know who speaks. */

import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import { httpAddress } from "./http/address.ts";
import { request } from "./http/request.ts";

const config = z.strictObject({
  url: httpAddress,
  /** `whsec_` and the key in base64, 24 bytes or more. */
  secret: z.string().superRefine((secret, context) => {
    if (keyOf(secret).length < 24)
      context.addIssue({
        code: "custom",
        message: 'expected "whsec_" and at least 24 bytes in base64; `openssl rand -base64 32` makes them',
      });
  }),
});

const webhook: Adapter<"note", z.infer<typeof config>> = {
  name: "webhook",
  medium: "note",
  config,
  // The id lets a receiver notice a second copy, but nobody can tell whether this one does.
  traits: { idempotent: false, maxLength: 500 },
  async open({ url, secret }, tools): Promise<Transport<"note">> {
    return {
      async send(envelope, signal) {
        const body = JSON.stringify(payload(envelope));
        const id = `msg_${envelope.key.slice(0, 32)}`;
        const timestamp = String(Math.floor(tools.clock.now().getTime() / 1000));
        const headers = {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1,${createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
        };
        const answer = await request({
          fetch: tools.fetch,
          url,
          method: "POST",
          headers,
          body,
          secrets: [secret],
          signal,
        });
        return { remoteId: id, response: `HTTP ${answer.status}` };
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default webhook;

function payload({ rendition, publishedAt }: Envelope<"note">): unknown {
  const { postId, text, title, url, language, summary, tags, image } = rendition;
  return {
    type: "post.published",
    timestamp: publishedAt.toISOString(),
    data: { id: postId, url, title, summary, text, language, tags, ...(image && { image }) },
  };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ""), "base64");
}
