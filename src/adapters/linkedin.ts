/**
 * Posts on LinkedIn as a person or an organisation
 * (https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api).
 */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { fetchPicture, isPictureRefused } from "./http/picture.ts";
import { littleText } from "./linkedin/little-text.ts";
import { isStatus, openSession } from "./linkedin/session.ts";

const config = z
  .strictObject({
    /** `urn:li:person:…` or `urn:li:organization:…`. */
    author: z
      .string()
      .regex(/^urn:li:(person|organization):[\w-]+$/, 'expected "urn:li:person:…" or "urn:li:organization:…"'),
    token: z.string().min(1),
    /** With these three the token is renewed by itself, where LinkedIn lets the application do so. */
    refreshToken: z.string().min(1).optional(),
    clientId: z.string().min(1).optional(),
    clientSecret: z.string().min(1).optional(),
    visibility: z.enum(["PUBLIC", "CONNECTIONS", "LOGGED_IN"]).default("PUBLIC"),
    /** Of the API, `YYYYMM`: each lives for about a year. */
    version: z
      .string()
      .regex(/^20\d\d(0[1-9]|1[0-2])$/, 'expected a month such as "202609"')
      .default("202609"),
    api: httpAddress.default("https://api.linkedin.com"),
    login: httpAddress.default("https://www.linkedin.com"),
  })
  .refine(({ refreshToken, clientId, clientSecret }) => !refreshToken || (clientId && clientSecret), {
    path: ["refreshToken"],
    message: "refreshToken also needs clientId and clientSecret",
  });

const mostPictureBytes = 8 * 1024 * 1024;
const clockSkewMs = 60_000;
const pageLength = 50;

const prepared = z.object({ value: z.object({ uploadUrl: z.url(), image: z.string() }) });
const found = z.object({
  elements: z.array(
    z.object({
      id: z.string(),
      createdAt: z.number().optional(),
      publishedAt: z.number().optional(),
      content: z.object({ article: z.object({ source: z.string() }).optional() }).optional(),
    }),
  ),
});

const linkedin: Adapter<"note", z.infer<typeof config>> = {
  name: "linkedin",
  medium: "note",
  config,
  traits: { idempotent: false, maxLength: 3000, hashtags: 3, card: "client" },
  measure: (text) => text.length,
  async open(settings, tools): Promise<Transport<"note">> {
    const { author, visibility } = settings;
    const { call, upload } = openSession(settings, tools);

    /** The picture's name; without one the card has none. */
    const thumbnail = async ({ card }: NoteRendition, signal: AbortSignal): Promise<string | null> => {
      if (!card.image) return null;
      const without = (error: unknown): null => {
        tools.log.warn(`The link card is posted without its picture: ${messageOf(error)}`, {
          picture: card.image?.url ?? "",
        });
        return null;
      };
      const picture = await fetchPicture(tools.fetch, card.image.url, mostPictureBytes, signal).catch(without);
      if (!picture) return null;
      const body = { initializeUploadRequest: { owner: author } };
      const answer = await call("POST", "/images?action=initializeUpload", signal, { body, harmless: true });
      const { value } = answered(prepared, answer.text, "LinkedIn");
      return upload(value.uploadUrl, picture, signal).then(
        () => value.image,
        (error: unknown) => {
          if (isPictureRefused(error)) return without(error);
          throw error;
        },
      );
    };

    const remove = async ({ remoteId = "" }: Receipt, signal: AbortSignal): Promise<void> => {
      try {
        const headers = { "x-restli-method": "DELETE" };
        await call("DELETE", `/posts/${encodeURIComponent(remoteId)}`, signal, { headers, harmless: true });
      } catch (error) {
        if (!isStatus(error, 404)) throw error;
      }
    };

    return {
      async send({ rendition }, signal) {
        const image = await thumbnail(rendition, signal);
        const body = {
          author,
          commentary: littleText(rendition.text),
          visibility,
          distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
          content: { article: article(rendition, image) },
          lifecycleState: "PUBLISHED",
          isReshareDisabledByAuthor: false,
        };
        const answer = await call("POST", "/posts", signal, { body });
        const id = answer.headers.get("x-restli-id") ?? answer.headers.get("x-linkedin-id");
        return receiptOf(answered(z.string().startsWith("urn:li:"), JSON.stringify(id), "LinkedIn"));
      },

      // A person's own posts are shown only to applications that LinkedIn has chosen.
      ...(author.startsWith("urn:li:organization:") && {
        async find({ rendition, publishedAt }, signal) {
          const query = new URLSearchParams({ author, q: "author", count: String(pageLength), sortBy: "CREATED" });
          const more = { headers: { "x-restli-method": "FINDER" }, mostBytes: 1024 * 1024 };
          const { text } = await call("GET", `/posts?${query}`, signal, more);
          const since = publishedAt.getTime() - clockSkewMs;
          const { elements } = answered(found, text, "LinkedIn");
          const times = elements.map((post) => post.publishedAt ?? post.createdAt ?? 0);
          const index = elements.findIndex(
            ({ content }, at) => content?.article?.source === rendition.url && (times[at] ?? 0) >= since,
          );
          const post = elements[index];
          if (post) return receiptOf(post.id);
          if (elements.length < pageLength || times.some((time) => time < since)) return null;
          throw unsure();
        },
      }),

      async update(receipt, { rendition }, signal) {
        const body = { patch: { $set: { commentary: littleText(rendition.text) } } };
        const headers = { "x-restli-method": "PARTIAL_UPDATE" };
        const path = `/posts/${encodeURIComponent(receipt.remoteId ?? "")}`;
        await call("POST", path, signal, { body, headers, harmless: true }).catch((error: unknown) => {
          throw isStatus(error, 404) ? gone(error) : error;
        });
        return receipt;
      },

      retract: remove,

      async check(signal) {
        // Asks for an upload that never comes: the one thing that every application with leave to post may do.
        const body = { initializeUploadRequest: { owner: author } };
        await call("POST", "/images?action=initializeUpload", signal, { body, harmless: true });
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default linkedin;

/** LinkedIn doesn't look at the page: what is not said here is not shown. */
function article({ url, card }: NoteRendition, image: string | null): object {
  return {
    source: url,
    title: card.title.slice(0, 400),
    description: card.description.slice(0, 4000),
    ...(image && { thumbnail: image }),
  };
}

function receiptOf(urn: string): Receipt {
  return { remoteId: urn, url: `https://www.linkedin.com/feed/update/${urn}` };
}

function gone(cause: unknown): DeliveryError {
  const message =
    "The post was deleted on LinkedIn and can't be edited. Use `republish --mode repost` to post it again.";
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "gone", message }, { cause });
}

function unsure(): DeliveryError {
  const message = `It is not known whether this was posted: there are more than ${pageLength} newer posts. Check there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}
