/** Posts on any server that has Mastodon's API (https://docs.joinmastodon.org/client/intro). */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import type { Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { brokenThread } from "./http/broken-thread.ts";
import { fetchPicture, isPictureRefused } from "./http/picture.ts";
import { type Listed, openApi, receiptOf, type Status, unsure, usualAltLength, usualLength } from "./mastodon/api.ts";
import { statusLength } from "./mastodon/measure.ts";
import { isSameStatus } from "./mastodon/recognise.ts";
import { upload } from "./mastodon/upload.ts";

const fromMiddle = z.number().min(-1).max(1);
const config = z.strictObject({
  server: httpAddress,
  /** Of an application with `write:statuses write:media read:accounts read:statuses`. */
  token: z.string().min(1),
  /** Default: as the account is set. */
  visibility: z.enum(["public", "unlisted", "private", "direct"]).optional(),
  /** Attaches the post's picture. The server then shows no preview of the link. */
  picture: z.boolean().default(false),
  /** What of the picture stays visible where it is cropped: right and up from the middle. */
  focus: z.tuple([fromMiddle, fromMiddle]).optional(),
});

const mostPictureBytes = 16 * 1024 * 1024;
/** The server's clock and ours. */
const clockSkewMs = 60_000;

const mastodon: Adapter<"note", z.infer<typeof config>> = {
  name: "mastodon",
  medium: "note",
  config,
  // The key of idempotency holds for an hour, and not on every server: after that, `find` has to look.
  // https://docs.joinmastodon.org/api/rate-limits/: 300 requests in 5 minutes.
  traits: { idempotent: false, maxLength: usualLength, perMinute: 60, hashtags: 4, threads: true, warnings: true },
  measure: (text, limits) => statusLength(text, limits?.urlLength),
  async open({ server, token, visibility, picture, focus }, tools): Promise<Transport<"note">> {
    const api = openApi(server, token, tools);

    const statusOf = (text: string, { language, contentWarning }: NoteRendition): Status => ({
      status: text,
      // The documents want ISO 639-1: a language without its region.
      language: language.split("-")[0] ?? language,
      ...(visibility && { visibility }),
      ...(contentWarning && { spoiler_text: contentWarning, sensitive: true }),
    });

    /** The attachment's id. A picture that can't be had or that the server doesn't want is missing from the post. */
    const attach = async ({ image }: NoteRendition, signal: AbortSignal): Promise<string[]> => {
      if (!picture || !image) return [];
      const without = (error: unknown): null => {
        tools.log.warn(`The post is sent without its picture: ${messageOf(error)}`, { picture: image.url });
        return null;
      };
      const fetched = await fetchPicture(tools.fetch, image.url, mostPictureBytes, signal).catch(without);
      if (!fetched) return [];
      const { altLength = usualAltLength } = await api.limits(signal);
      const description = [...image.alt].slice(0, altLength).join("");
      const id = await upload({ picture: fetched, description, focus }, api.call, tools.clock, signal).catch(
        (error: unknown) => {
          if (isPictureRefused(error)) return without(error);
          throw error;
        },
      );
      return id === null ? [] : [id];
    };

    /** Posts what of a thread is not there yet; `key` names the whole. */
    const goOn = async (
      rendition: NoteRendition,
      key: string,
      there: readonly Receipt[],
      signal: AbortSignal,
    ): Promise<Receipt> => {
      const texts = [rendition.text, ...rendition.thread];
      const all = [...there];
      for (const text of texts.slice(there.length)) {
        const parent = all.at(-1)?.remoteId;
        const media = parent ? [] : await attach(rendition, signal);
        const status = {
          ...statusOf(text, rendition),
          ...(media.length > 0 && { media_ids: media }),
          ...(parent && { in_reply_to_id: parent }),
        };
        const partKey = parent ? `${key}-${all.length + 1}` : key;
        const receipt = await api.create(status, partKey, signal).catch((error: unknown) => {
          throw parent ? brokenThread(error, all.length, texts.length) : error;
        });
        all.push(receipt);
      }
      return threadReceipt(all);
    };

    return {
      limits: api.limits,

      send: ({ rendition, key }, signal) => goOn(rendition, key, [], signal),

      async find({ rendition, publishedAt }, signal) {
        const statuses = await api.since(new Date(publishedAt.getTime() - clockSkewMs), signal);
        const texts = [rendition.text, ...rendition.thread];
        const parts: Listed[] = [];
        for (const text of texts) {
          const parent = parts.at(-1)?.id;
          const match = statuses.find(
            ({ content, in_reply_to_id }) =>
              isSameStatus(content, text, rendition.url) && (!parent || in_reply_to_id === parent),
          );
          if (!match) break;
          parts.push(match);
        }
        if (parts.length === 0) return null;
        if (parts.length < texts.length) throw unsure(`${parts.length} of ${texts.length} parts were found`);
        return threadReceipt(parts.map(receiptOf));
      },

      async update(receipt, { rendition, key }, signal) {
        const old = partsOf(receipt);
        const texts = [rendition.text, ...rendition.thread];
        const edited: Receipt[] = [];
        for (const [index, text] of texts.slice(0, old.length).entries()) {
          // Without a warning, the one that it may have had has to go.
          const status = { spoiler_text: "", sensitive: false, ...statusOf(text, rendition) };
          const shown = await api.edit(old[index] ?? {}, status, signal);
          edited.push(shown);
        }
        for (const part of old.slice(texts.length).toReversed()) await api.remove(part, signal);
        // A key of its own: the server may remember the one of a part that was deleted since.
        return goOn(rendition, `${key}-${rendition.revision.slice(0, 16)}`, edited, signal);
      },

      async retract(receipt, signal) {
        for (const part of partsOf(receipt).toReversed()) await api.remove(part, signal);
      },

      async check(signal) {
        await api.me(signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default mastodon;

function threadReceipt([first = {}, ...parts]: readonly Receipt[]): Receipt {
  return { ...first, ...(parts.length > 0 && { parts }) };
}

function partsOf(receipt: Receipt): Receipt[] {
  return [receipt, ...(receipt.parts ?? [])];
}
