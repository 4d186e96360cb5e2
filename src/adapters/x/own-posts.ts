/** Reads an account's own posts. */

import { z } from "zod";
import { answered } from "../http/answered.ts";
import type { Call } from "./call.ts";

const id = z.string().regex(/^\d+$/);
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
type Listed = z.infer<typeof posts>["data"][number];

/** One of our own, as it was written: with links where X has put its own short ones. */
export interface OwnPost {
  id: string;
  text: string;
  parent: string | null;
}

const pageLength = 100;
const mostPages = 5;

/**
 * Those since a time, oldest first; `null` where there are more than can be looked through.
 * https://docs.x.com/x-api/users/get-posts @throws DeliveryError
 */
export async function ownPosts(
  account: string,
  time: Date,
  call: Call,
  signal: AbortSignal,
): Promise<OwnPost[] | null> {
  const found: OwnPost[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = new URLSearchParams({
      max_results: String(pageLength),
      start_time: time.toISOString().replace(/\.\d+Z$/, "Z"),
      "tweet.fields": "created_at,entities,referenced_tweets",
      ...(next && { pagination_token: next }),
    });
    const path = `/2/users/${account}/tweets?${query}`;
    const { text } = await call("GET", path, undefined, signal, { mostBytes: 2 * 1024 * 1024 });
    const { data, meta } = answered(posts, text, "X");
    found.push(...data.map(ownPost));
    next = meta?.next_token;
    if (!next) return found.reverse();
  }
  return null;
}

function ownPost(post: Listed): OwnPost {
  const parent = post.referenced_tweets?.find(({ type }) => type === "replied_to")?.id ?? null;
  return { id: post.id, text: asWritten(post), parent };
}

/** X escapes three signs and puts its own address in the place of ours. */
function asWritten({ text, entities }: Listed): string {
  const whole = (entities?.urls ?? []).reduce(
    (rest, { url, expanded_url }) => (expanded_url ? rest.replaceAll(url, expanded_url) : rest),
    text,
  );
  return whole.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
