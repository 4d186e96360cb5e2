/**
 * Posts on X (https://docs.x.com/x-api/posts/create-post). Posts can't be edited: a correction deletes the post and
 * posts it again.
 */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { brokenThread } from "./http/broken-thread.ts";
import { fetchPicture, isPictureRefused } from "./http/picture.ts";
import { openApi } from "./x/api.ts";
import { weight } from "./x/measure.ts";
import type { OwnPost } from "./x/own-posts.ts";

const secret = z.string().min(1);
const config = z.strictObject({
  consumerKey: secret,
  consumerSecret: secret,
  accessToken: secret,
  accessSecret: secret,
  /** Attaches the post's picture. X then shows no preview of the link. */
  picture: z.boolean().default(false),
  /** Who may answer. Default: everybody. */
  replies: z.enum(["following", "mentionedUsers", "subscribers"]).optional(),
  api: httpAddress.default("https://api.x.com"),
});

/** https://docs.x.com/x-api/media: of an image, and of its description. */
const mostPictureBytes = 5 * 1024 * 1024;
const mostAltText = 1000;
const clockSkewMs = 60_000;

const x: Adapter<"note", z.infer<typeof config>> = {
  name: "x",
  medium: "note",
  config,
  traits: { idempotent: false, maxLength: 280, hashtags: 2, threads: true },
  measure: weight,
  async open({ api: address, picture, replies, ...credentials }, tools): Promise<Transport<"note">> {
    const api = openApi(address, credentials, tools);

    /** A picture that can't be had or that X doesn't want is missing from the post. */
    const attach = async ({ image }: NoteRendition, signal: AbortSignal): Promise<string[]> => {
      if (!picture || !image) return [];
      const without = (error: unknown): string[] => {
        tools.log.warn(`The post is sent without its picture: ${messageOf(error)}`, { picture: image.url });
        return [];
      };
      const fetched = await fetchPicture(tools.fetch, image.url, mostPictureBytes, signal).catch(without);
      if (!("bytes" in fetched)) return [];
      const alt = [...image.alt].slice(0, mostAltText).join("");
      return api.upload(fetched, alt, signal).then(
        (id) => [id],
        (error: unknown) => {
          if (isPictureRefused(error)) return without(error);
          throw error;
        },
      );
    };

    const send = async (rendition: NoteRendition, signal: AbortSignal): Promise<Receipt> => {
      const media = await attach(rendition, signal);
      const first = await api.post({ text: rendition.text, media, replies }, signal);
      const parts: Receipt[] = [];
      for (const text of rendition.thread) {
        const parent = parts.at(-1)?.remoteId ?? first.remoteId;
        const part = await api.post({ text, parent }, signal).catch((error: unknown) => {
          throw brokenThread(error, parts.length + 1, rendition.thread.length + 1);
        });
        parts.push(part);
      }
      const pauseMs = parts.at(-1)?.pauseMs ?? first.pauseMs;
      return { ...first, ...(parts.length > 0 && { parts }), ...(pauseMs !== undefined && { pauseMs }) };
    };

    const retract = async (receipt: Receipt, signal: AbortSignal): Promise<void> => {
      for (const part of [...(receipt.parts ?? []).toReversed(), receipt]) await api.remove(part, signal);
    };

    return {
      send: ({ rendition }, signal) => send(rendition, signal),

      async find({ rendition, publishedAt }, signal) {
        const own = await api.since(new Date(publishedAt.getTime() - clockSkewMs), signal);
        if (!own) throw unsure("the account has too many newer posts");
        const texts = [rendition.text, ...rendition.thread];
        const parts: OwnPost[] = [];
        for (const text of texts) {
          const before = parts.at(-1);
          const match = own.find((post) => isSame(post.text, text) && (!before || post.parent === before.id));
          if (!match) break;
          parts.push(match);
        }
        const [first, ...others] = parts.map(({ id }) => ({ remoteId: id, url: `https://x.com/i/web/status/${id}` }));
        if (!first) return null;
        if (parts.length < texts.length) throw unsure(`${parts.length} of ${texts.length} parts were found`);
        return { ...first, ...(others.length > 0 && { parts: others }) };
      },

      retract,

      async check(signal) {
        await api.account(signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default x;

/** X adds the address of a picture at the end, and takes white space as it likes. */
function isSame(theirs: string, ours: string): boolean {
  const words = (text: string): string => text.replace(/\s+/g, " ").trim();
  return words(theirs).replace(/ https:\/\/(?:t\.co|x\.com|twitter\.com)\/\S+$/, "") === words(ours);
}

function unsure(why: string): DeliveryError {
  const message = `It is not known whether this was posted: ${why}. Check there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}
