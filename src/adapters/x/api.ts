/** The calls of X's API that posting needs, for one account, signed and with its rate limits. */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import type { Picture } from "../http/picture.ts";
import { pauseWhenUsedUp, untilReset } from "../http/rate-limit.ts";
import { type HttpAnswer, request } from "../http/request.ts";
import { authorization, type Credentials } from "./authorization.ts";

const id = z.string().regex(/^\d+$/);
const created = z.object({ data: z.object({ id }) });
const me = z.object({ data: z.object({ id }) });
const uploaded = z.object({ data: z.object({ id: z.string() }) });
const posts = z.object({
  data: z
    .array(
      z.object({
        id,
        text: z.string(),
        created_at: z.string(),
        entities: z
          .object({ urls: z.array(z.object({ url: z.string(), expanded_url: z.string().optional() })).optional() })
          .optional(),
        referenced_tweets: z.array(z.object({ type: z.string(), id })).optional(),
      }),
    )
    .default([]),
  meta: z.object({ next_token: z.string().optional() }).optional(),
});

/** One of our own, as it was written: with links where X has put its own short ones. */
export interface OwnPost {
  id: string;
  text: string;
  parent: string | null;
}

export interface NewPost {
  text: string;
  parent?: string | undefined;
  /** Of pictures. */
  media?: readonly string[];
  replies?: string | undefined;
}

const pageLength = 100;
const mostPages = 5;

export type Api = ReturnType<typeof openApi>;

/** All methods throw `DeliveryError`. */
export function openApi(api: string, credentials: Credentials, { fetch, clock }: Pick<Tools, "fetch" | "clock">) {
  const call = async (
    method: "GET" | "POST" | "DELETE",
    path: string,
    body: object | FormData | undefined,
    signal: AbortSignal,
    more: { harmless?: boolean; timeoutMs?: number; mostBytes?: number } = {},
  ): Promise<HttpAnswer> => {
    const url = `${api.replace(/\/$/, "")}${path}`;
    const isForm = body instanceof FormData;
    return request({
      fetch,
      url,
      method,
      headers: {
        authorization: authorization(method, url, credentials, { now: clock.now() }),
        ...(body && !isForm && { "content-type": "application/json" }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
      ...more,
      secrets: Object.values(credentials),
      waitSeconds: (_body, headers) => {
        const ms = untilReset(headers, clock.now());
        return ms === null || headers.has("retry-after") ? null : ms / 1000;
      },
      signal,
    }).catch((error: unknown) => {
      throw sharper(error);
    });
  };

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
      const pauseMs = pauseWhenUsedUp(answer.headers, clock.now());
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

    /** Our own posts since a time, oldest first; `null` where there are more than can be looked through. https://docs.x.com/x-api/users/get-posts */
    async since(time: Date, signal: AbortSignal): Promise<OwnPost[] | null> {
      const path = `/2/users/${await account(signal)}/tweets`;
      const found: OwnPost[] = [];
      let next: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const query = new URLSearchParams({
          max_results: String(pageLength),
          start_time: time.toISOString().replace(/\.\d+Z$/, "Z"),
          "tweet.fields": "created_at,entities,referenced_tweets",
          ...(next && { pagination_token: next }),
        });
        const { text } = await call("GET", `${path}?${query}`, undefined, signal, { mostBytes: 2 * 1024 * 1024 });
        const { data, meta } = answered(posts, text, "X");
        found.push(
          ...data.map((post) => ({
            id: post.id,
            text: asWritten(post),
            parent: post.referenced_tweets?.find(({ type }) => type === "replied_to")?.id ?? null,
          })),
        );
        next = meta?.next_token;
        if (!next) return found.reverse();
      }
      return null;
    },
  };
}

type Listed = z.infer<typeof posts>["data"][number];

/** X escapes three signs and puts its own address in the place of ours. */
function asWritten({ text, entities }: Listed): string {
  const whole = (entities?.urls ?? []).reduce(
    (rest, { url, expanded_url }) => (expanded_url ? rest.replaceAll(url, expanded_url) : rest),
    text,
  );
  return whole.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A 403 mostly concerns the app, but a text that X has seen a while ago is this text's own fault. */
function sharper(error: unknown): unknown {
  if (!(error instanceof DeliveryError) || error.failure.status !== 403) return error;
  if (!/duplicate content/i.test(error.message)) return error;
  const message = "X refused the post as a duplicate of a recent one. Check there: the other post may be this one.";
  return new DeliveryError({ ...error.failure, scope: "recipient", code: "duplicate", message }, { cause: error });
}
