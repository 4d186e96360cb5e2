/** Posts on X (https://docs.x.com/x-api/posts/create-post). There is no edit: what is wrong is withdrawn and posted anew by the operator. */

import twitterText from "twitter-text";
import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { brokenThread } from "./http/broken-thread.ts";
import { request } from "./http/request.ts";
import { authorization } from "./x/authorization.ts";

const secret = z.string().min(1);
const config = z.strictObject({
  consumerKey: secret,
  consumerSecret: secret,
  accessToken: secret,
  accessSecret: secret,
  api: httpAddress.default("https://api.x.com"),
});

const created = z.object({ data: z.object({ id: z.string().regex(/^\d+$/) }) });

const x: Adapter<"note", z.infer<typeof config>> = {
  name: "x",
  medium: "note",
  config,
  traits: { idempotent: false, maxLength: 280, hashtags: 2, threads: true },
  measure: (text) => twitterText.parseTweet(text).weightedLength,
  async open({ api, ...credentials }, tools): Promise<Transport<"note">> {
    const call = (method: "GET" | "POST" | "DELETE", path: string, body: object | undefined, signal: AbortSignal) => {
      const url = `${api.replace(/\/$/, "")}${path}`;
      return request({
        fetch: tools.fetch,
        url,
        method,
        headers: {
          authorization: authorization(method, url, credentials, { now: tools.clock.now() }),
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
        secrets: Object.values(credentials),
        signal,
      }).catch((error: unknown) => {
        throw sharper(error);
      });
    };

    const post = async (text: string, parent: string | undefined, signal: AbortSignal): Promise<Receipt> => {
      const body = { text, ...(parent && { reply: { in_reply_to_tweet_id: parent } }) };
      const { data } = answered(created, (await call("POST", "/2/tweets", body, signal)).text, "X");
      return { remoteId: data.id, url: `https://x.com/i/web/status/${data.id}` };
    };

    const remove = async ({ remoteId = "" }: Receipt, signal: AbortSignal): Promise<void> => {
      try {
        await call("DELETE", `/2/tweets/${encodeURIComponent(remoteId)}`, undefined, signal);
      } catch (error) {
        if (!(error instanceof DeliveryError) || error.failure.status !== 404) throw error;
      }
    };

    return {
      async send({ rendition }, signal) {
        const first = await post(rendition.text, undefined, signal);
        const parts: Receipt[] = [];
        let parent = first.remoteId;
        for (const text of rendition.thread) {
          const part = await post(text, parent, signal).catch((error: unknown) => {
            throw brokenThread(error, parts.length + 1, rendition.thread.length + 1);
          });
          parts.push(part);
          parent = part.remoteId;
        }
        return parts.length > 0 ? { ...first, parts } : first;
      },

      async retract(receipt, signal) {
        for (const part of [...(receipt.parts ?? []).toReversed(), receipt]) await remove(part, signal);
      },

      async check(signal) {
        await call("GET", "/2/users/me", undefined, signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default x;

/** A 403 mostly concerns the app, but a text that X has seen a while ago is this text's own fault. */
function sharper(error: unknown): unknown {
  if (!(error instanceof DeliveryError) || error.failure.status !== 403) return error;
  if (!/duplicate content/i.test(error.message)) return error;
  const message = "X refused it as a duplicate of a recent post. Look there: it may be this one.";
  return new DeliveryError({ ...error.failure, scope: "recipient", code: "duplicate", message }, { cause: error });
}
