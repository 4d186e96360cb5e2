/**
 * Posts on Threads (https://developers.facebook.com/docs/threads/posts). Posts can't be edited: a correction deletes
 * the post and posts it again.
 */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { brokenThread } from "./http/broken-thread.ts";
import { openApi } from "./threads/api.ts";
import { containerMaker } from "./threads/container.ts";

const config = z.strictObject({
  /** Long-lived, with `threads_basic threads_content_publish`, and `threads_delete` to take posts back. */
  token: z.string().min(1),
  /** Shows the post's picture instead of a preview of the link. */
  picture: z.boolean().default(false),
  api: httpAddress.default("https://graph.threads.net"),
});

const clockSkewMs = 60_000;
const pageLength = 100;

const identified = z.object({ id: z.string().min(1) });
const page = z.object({ permalink: z.string().optional() });
const posts = z.object({
  data: z.array(
    z.object({ id: z.string(), permalink: z.string().optional(), text: z.string().optional(), timestamp: z.string() }),
  ),
});
const anything = z.unknown();

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

const threads: Adapter<"note", z.infer<typeof config>> = {
  name: "threads",
  medium: "note",
  config,
  traits: { idempotent: false, maxLength: 500, hashtags: 1, threads: true },
  measure: (text) => [...segmenter.segment(text)].reduce((sum, { segment }) => sum + lengthOf(segment), 0),
  async open({ token, picture, api }, tools): Promise<Transport<"note">> {
    const call = openApi(api, token, tools);
    const makeContainer = containerMaker(call, picture, tools);

    const post = async (text: string, rendition: NoteRendition, parent: string | undefined, signal: AbortSignal) => {
      const creation_id = await makeContainer(text, rendition, parent, signal);
      const { id } = await call("POST", "/me/threads_publish", identified, { creation_id }, signal);
      // It is out: without its address it is out all the same.
      const { permalink } = await call("GET", `/${id}`, page, { fields: "permalink" }, signal).catch(() => ({
        permalink: undefined,
      }));
      return { remoteId: id, ...(permalink && { url: permalink }) };
    };

    const send = async (rendition: NoteRendition, signal: AbortSignal): Promise<Receipt> => {
      const first = await post(rendition.text, rendition, undefined, signal);
      const parts: Receipt[] = [];
      for (const text of rendition.thread) {
        const parent = parts.at(-1)?.remoteId ?? first.remoteId;
        const part = await post(text, rendition, parent, signal).catch((error: unknown) => {
          throw brokenThread(error, parts.length + 1, rendition.thread.length + 1);
        });
        parts.push(part);
      }
      return { ...first, ...(parts.length > 0 && { parts }) };
    };

    const retract = async (receipt: Receipt, signal: AbortSignal): Promise<void> => {
      for (const { remoteId = "" } of [...(receipt.parts ?? []).toReversed(), receipt]) {
        await call("DELETE", `/${encodeURIComponent(remoteId)}`, anything, {}, signal, true).catch((error: unknown) => {
          if (!isGone(error)) throw error;
        });
      }
    };

    return {
      send: ({ rendition }, signal) => send(rendition, signal),

      async find({ rendition, publishedAt }, signal) {
        const since = Math.floor((publishedAt.getTime() - clockSkewMs) / 1000);
        const query = { fields: "id,permalink,text,timestamp", since: String(since), limit: String(pageLength) };
        const { data } = await call("GET", "/me/threads", posts, query, signal);
        const found = data.findLast(({ text = "", timestamp }) => {
          return Date.parse(timestamp) / 1000 >= since && sameText(text, rendition.text);
        });
        if (!found) {
          if (data.length < pageLength) return null;
          throw unsure(`there are more than ${pageLength} newer posts`);
        }
        // Answers to it are listed elsewhere, to other applications than ours.
        if (rendition.thread.length > 0) throw unsure("the first part was found, the others can't be read");
        return { remoteId: found.id, ...(found.permalink && { url: found.permalink }) };
      },

      retract,

      async check(signal) {
        await call("GET", "/me", identified, { fields: "id" }, signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default threads;

/** "Emojis are counted as the number of UTF-8 bytes." */
function lengthOf(grapheme: string): number {
  const isEmoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{RI}/u.test(grapheme);
  return isEmoji ? Buffer.byteLength(grapheme) : grapheme.length;
}

function sameText(theirs: string, ours: string): boolean {
  const words = (text: string): string => text.replace(/\s+/g, " ").trim();
  return words(theirs) === words(ours);
}

/** 100 with subcode 33: no such object, or not ours. */
function isGone(error: unknown): boolean {
  if (!(error instanceof DeliveryError)) return false;
  return error.failure.status === 404 || /"error_subcode":\s*33\b/.test(error.message);
}

function unsure(why: string): DeliveryError {
  const message = `It is not known whether this was posted: ${why}. Check there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}
