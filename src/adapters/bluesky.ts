/** Posts on Bluesky and other servers of the AT Protocol (https://docs.bsky.app/docs/advanced-guides/posts). */

import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { facetsOf, postRecord, type StrongRef } from "./bluesky/post.ts";
import { partKey, recordKey, timeOf } from "./bluesky/record-key.ts";
import { openRepository } from "./bluesky/repository.ts";
import { openSession } from "./bluesky/session.ts";
import { uploadThumb } from "./bluesky/thumb.ts";
import { httpAddress } from "./http/address.ts";
import { pauseWhenUsedUp } from "./http/rate-limit.ts";

const config = z.strictObject({
  /** The personal data server, or an entry to it. */
  service: httpAddress.default("https://bsky.social"),
  /** Handle, DID or address of the account. */
  identifier: z.string().regex(/^@?[^\s@]+(@[^\s@]+)?$/, 'expected a handle such as "example.org"'),
  /** An app password: it can be withdrawn without changing the account's own. */
  password: z.string().min(1),
});

/** The lexicon allows 300 graphemes and 3000 bytes: whichever is reached first. */
const mostGraphemes = 300;
const mostBytes = 3000;
/** A record costs three points of an hour's 5000 (https://docs.bsky.app/docs/advanced-guides/rate-limits). */
const pointsPerPost = 3;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

const bluesky: Adapter<"note", z.infer<typeof config>> = {
  name: "bluesky",
  medium: "note",
  config,
  traits: { idempotent: true, maxLength: mostGraphemes, hashtags: 3, threads: true, card: "client" },
  measure(text) {
    const graphemes = [...segmenter.segment(text)].length;
    const bytes = Buffer.byteLength(text);
    return bytes > mostBytes ? Math.max(graphemes, Math.ceil((bytes / mostBytes) * mostGraphemes)) : graphemes;
  },
  async open({ service, identifier, password }, tools): Promise<Transport<"note">> {
    // The package takes a third of a second to load, so it is loaded only if there is such a channel.
    const { RichText } = await import("@atproto/api");
    const session = openSession({ service, identifier: identifier.replace(/^@/, ""), password }, tools);
    const repository = openRepository(session);

    /** Creates what isn't there, edits what differs, and does nothing where all is as it should be. */
    const write = async (root: string, rendition: NoteRendition, signal: AbortSignal): Promise<Receipt> => {
      const texts = [rendition.text, ...rendition.thread];
      const thumb = await uploadThumb(rendition, repository, tools, signal);
      const facets = await Promise.all(
        texts.map((text) => facetsOf(RichText, text, rendition.url, (handle) => repository.resolve(handle, signal))),
      );
      const refs: StrongRef[] = [];
      let pauseMs: number | null = null;
      for (const [part, text] of texts.entries()) {
        const rkey = partKey(root, part);
        const [first, parent] = [refs[0], refs.at(-1)];
        const record = postRecord({
          text,
          facets: facets[part] ?? [],
          language: rendition.language,
          createdAt: timeOf(rkey),
          // The first part of a thread is what people share.
          ...(part === 0 && { card: { rendition, thumb } }),
          ...(first && parent && { reply: { root: first, parent } }),
        });
        const { ref, headers } = await repository.put(rkey, record, signal);
        refs.push(ref);
        pauseMs = pauseWhenUsedUp(headers, tools.clock.now(), pointsPerPost);
      }
      return { ...receiptOf(refs), ...(pauseMs !== null && { pauseMs }) };
    };

    return {
      send: (envelope, signal) => write(recordKey(envelope), envelope.rendition, signal),

      async find(envelope, signal) {
        const keys = keysOf(envelope);
        const refs = await Promise.all(keys.map((rkey) => repository.get(rkey, signal)));
        const there = refs.filter((ref) => ref !== null);
        // Half a thread is none: sent again, it writes what is missing.
        return there.length === keys.length ? receiptOf(there) : null;
      },

      async update(receipt, { rendition }, signal) {
        const root = rkeyOf(receipt);
        // Writing would bring back what somebody has deleted over there.
        if ((await repository.get(root, signal)) === null) throw gone();
        const edited = await write(root, rendition, signal);
        for (const part of (receipt.parts ?? []).slice(rendition.thread.length)) {
          await repository.delete(rkeyOf(part), signal);
        }
        return edited;
      },

      async retract(receipt, signal) {
        for (const part of [...(receipt.parts ?? []).toReversed(), receipt])
          await repository.delete(rkeyOf(part), signal);
      },

      async check(signal) {
        await session.call({ nsid: "com.atproto.server.getSession" }, signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default bluesky;

function keysOf(envelope: Envelope<"note">): string[] {
  const root = recordKey(envelope);
  return [0, ...envelope.rendition.thread.map((_text, index) => index + 1)].map((part) => partKey(root, part));
}

function receiptOf(refs: readonly StrongRef[]): Receipt {
  const [first, ...parts] = refs.map(({ uri }): Receipt => ({ remoteId: uri, url: pageOf(uri) }));
  return { ...first, ...(parts.length > 0 && { parts }) };
}

/** `at://did:plc:abc/app.bsky.feed.post/3k…` as people see it. */
function pageOf(uri: string): string {
  const [did, , rkey] = uri.slice("at://".length).split("/");
  return `https://bsky.app/profile/${did}/post/${rkey}`;
}

function rkeyOf({ remoteId = "" }: Receipt): string {
  return remoteId.slice(remoteId.lastIndexOf("/") + 1);
}

function gone(): DeliveryError {
  const message =
    "The post was deleted on Bluesky and can't be edited. Use `republish --mode repost` to post it again.";
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "gone", message });
}
