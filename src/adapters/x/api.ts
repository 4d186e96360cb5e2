/** The calls of X's API that posting needs, for one account. */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import type { Picture } from "../http/picture.ts";
import { pauseWhenUsedUp } from "../http/rate-limit.ts";
import type { Credentials } from "./authorization.ts";
import { openCall } from "./call.ts";
import { ownPosts } from "./own-posts.ts";

const id = z.string().regex(/^\d+$/);
const created = z.object({ data: z.object({ id }) });
const me = z.object({ data: z.object({ id }) });
const uploaded = z.object({ data: z.object({ id: z.string() }) });

export interface NewPost {
  text: string;
  parent?: string | undefined;
  /** Of pictures. */
  media?: readonly string[];
  replies?: string | undefined;
}

export type Api = ReturnType<typeof openApi>;

/** All methods throw `DeliveryError`. */
export function openApi(api: string, credentials: Credentials, tools: Pick<Tools, "fetch" | "clock">) {
  const call = openCall(api, credentials, tools);

  const account = async (signal: AbortSignal): Promise<string> =>
    answered(me, (await call("GET", "/2/users/me", undefined, signal)).text, "X").data.id;

  return {
    account,

    /** https://docs.x.com/x-api/posts/create-post */
    async post({ text, parent, media = [], replies }: NewPost, signal: AbortSignal): Promise<Receipt> {
      const body = {
        text,
        ...(parent && { reply: { in_reply_to_tweet_id: parent } }),
        ...(media.length > 0 && { media: { media_ids: media } }),
        ...(replies && !parent && { reply_settings: replies }),
      };
      const answer = await call("POST", "/2/tweets", body, signal);
      const { data } = answered(created, answer.text, "X");
      const pauseMs = pauseWhenUsedUp(answer.headers, tools.clock.now());
      return {
        remoteId: data.id,
        url: `https://x.com/i/web/status/${data.id}`,
        ...(pauseMs !== null && { pauseMs }),
      };
    },

    /** Also when it is gone already. */
    async remove({ remoteId = "" }: Receipt, signal: AbortSignal): Promise<void> {
      try {
        await call("DELETE", `/2/tweets/${encodeURIComponent(remoteId)}`, undefined, signal, { harmless: true });
      } catch (error) {
        if (!(error instanceof DeliveryError) || error.failure.status !== 404) throw error;
      }
    },

    /** https://docs.x.com/x-api/media/upload-media; the description comes after it (…/media/create-metadata). */
    async upload({ bytes, type }: Picture, description: string, signal: AbortSignal): Promise<string> {
      const form = new FormData();
      form.set("media", new Blob([bytes], { type }), `picture.${type.split("/")[1]}`);
      form.set("media_category", "tweet_image");
      const more = { harmless: true, timeoutMs: 120_000 };
      const { data } = answered(uploaded, (await call("POST", "/2/media/upload", form, signal, more)).text, "X");
      const metadata = { id: data.id, metadata: { alt_text: { text: description } } };
      if (description) await call("POST", "/2/media/metadata", metadata, signal, { harmless: true });
      return data.id;
    },

    /** Our own posts since a time, oldest first; `null` where there are more than can be looked through. */
    since: async (time: Date, signal: AbortSignal) => ownPosts(await account(signal), time, call, signal),
  };
}
