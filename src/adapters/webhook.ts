/** Sends posts to another program, signed as https://www.standardwebhooks.com specifies. */

import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import type { Receipt } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { httpAddress } from "./http/address.ts";
import { request } from "./http/request.ts";

const secret = z.string().superRefine((text, context) => {
  if (keyOf(text).length < 24)
    context.addIssue({
      code: "custom",
      message:
        'expected "whsec_" followed by at least 24 bytes in base64. `openssl rand -base64 32` creates such bytes',
    });
});
const config = z.strictObject({
  url: httpAddress,
  /** `whsec_` and the key in base64, 24 bytes or more; several while one takes the place of another. */
  secret: z.union([secret.transform((text) => [text]), z.array(secret).min(1)]),
  /** Tells of edits and of posts that are taken back, too. A receiver that knows only new posts would take them for such. */
  changes: z.boolean().default(false),
});

type Kind = "post.published" | "post.updated" | "post.withdrawn";

const webhook: Adapter<"note", z.infer<typeof config>> = {
  name: "webhook",
  medium: "note",
  config,
  // The id lets a receiver notice a second copy, but nobody can tell whether this one does.
  traits: { idempotent: false, maxLength: 500, threads: true, warnings: true },
  async open({ url, secret: secrets, changes }, tools): Promise<Transport<"note">> {
    const tell = async (
      kind: Kind,
      id: string,
      event: { at: Date; data: object },
      signal: AbortSignal,
    ): Promise<Receipt> => {
      const body = JSON.stringify({ type: kind, timestamp: event.at.toISOString(), data: event.data });
      const timestamp = String(Math.floor(tools.clock.now().getTime() / 1000));
      const signatures = secrets.map((each) => {
        const hmac = createHmac("sha256", keyOf(each)).update(`${id}.${timestamp}.${body}`);
        return `v1,${hmac.digest("base64")}`;
      });
      const headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signatures.join(" "),
        // The same for those who know only this one (draft-ietf-httpapi-idempotency-key-header).
        "idempotency-key": id,
      };
      const { status } = await request({ fetch: tools.fetch, url, method: "POST", headers, body, secrets, signal });
      return { response: `HTTP ${status}` };
    };

    return {
      async send(envelope, signal) {
        const id = `msg_${envelope.key.slice(0, 32)}`;
        return { remoteId: id, ...(await tell("post.published", id, eventOf(envelope), signal)) };
      },
      ...(changes && {
        async update(receipt: Receipt, envelope: Envelope<"note">, signal: AbortSignal) {
          const id = `msg_${sha256(`${envelope.key}\n${envelope.rendition.revision}`).slice(0, 32)}`;
          await tell("post.updated", id, eventOf(envelope), signal);
          return receipt;
        },
        async retract({ remoteId = "" }: Receipt, signal: AbortSignal) {
          const id = `msg_${sha256(`withdrawn\n${remoteId}`).slice(0, 32)}`;
          // By the id under which it was told.
          await tell("post.withdrawn", id, { at: tools.clock.now(), data: { message: remoteId } }, signal);
        },
      }),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default webhook;

function eventOf({ rendition, publishedAt }: Envelope<"note">): { at: Date; data: object } {
  const { postId, text, thread, title, url, language, summary, tags, image, card, contentWarning } = rendition;
  const always = { id: postId, url, title, summary, text, language, tags, card };
  return {
    at: publishedAt,
    data: {
      ...always,
      ...(thread.length > 0 && { thread }),
      ...(image && { image }),
      ...(contentWarning && { contentWarning }),
    },
  };
}

function keyOf(text: string): Buffer {
  return Buffer.from(text.replace(/^whsec_/, ""), "base64");
}
