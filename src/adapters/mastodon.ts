/** Posts on any server that has Mastodon's API (https://docs.joinmastodon.org/client/intro). */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import type { Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { brokenThread } from "./http/broken-thread.ts";
import { openApi, receiptOf, type Status, unsure } from "./mastodon/api.ts";
import { attachPicture } from "./mastodon/attach.ts";
import { usualLength } from "./mastodon/limits.ts";
import { statusLength } from "./mastodon/measure.ts";
import { partsAmong } from "./mastodon/recognise.ts";

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
        const media = picture && !parent ? await attachPicture(rendition, focus, api, tools, signal) : [];
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
        const parts = partsAmong(statuses, texts, rendition.url);
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
