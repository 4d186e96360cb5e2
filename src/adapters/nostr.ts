/** Posts to Nostr relays (https://github.com/nostr-protocol/nips). Posts can't be edited, only replaced. */

import { z } from "zod";
import type { Adapter, NoteLimits, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { request } from "./http/request.ts";
import { deletionEvent, type NostrEvent, noteEvent, publicKey, seconds, textNote } from "./nostr/event.ts";
import { noteName, secretKeyOf } from "./nostr/names.ts";
import { greet, publish, query } from "./nostr/relay.ts";

const config = z.strictObject({
  /** The account itself: anybody who has this key has the account permanently. */
  key: z.string().transform(secretKey),
  relays: z.array(z.url({ protocol: /^wss?$/, error: "expected a wss address" })).min(1),
});

/** What relays mostly take at least, in characters. */
const usualLength = 8000;
const kindsByWeight = ["uncertain", "throttled", "temporary", "permanent"];
const information = z.object({ limitation: z.object({ max_content_length: z.int().positive() }) });

const nostr: Adapter<"note", z.infer<typeof config>> = {
  name: "nostr",
  medium: "note",
  config,
  // An event's name is the hash of what it says and when: a relay that has it has it once.
  traits: { idempotent: true, maxLength: usualLength, hashtags: 3, warnings: true },
  // NIP-11 counts Unicode characters.
  measure: (text) => [...text].length,
  async open({ key, relays }, tools): Promise<Transport<"note">> {
    const author = publicKey(key);

    /** Asks all relays at once. One success is enough, because readers fetch from any relay. @throws DeliveryError */
    const toAll = async <T>(ask: (relay: string) => Promise<T>): Promise<T[]> => {
      const results = await Promise.allSettled(relays.map(ask));
      const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      if (failures.length === relays.length) throw worst(failures);
      for (const failure of failures) tools.log.warn(`1 of ${relays.length} relays failed: ${messageOf(failure)}`);
      return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    };

    const offer = async (event: NostrEvent, signal: AbortSignal): Promise<Receipt> => {
      const taken = await toAll((relay) => publish(relay, event, signal));
      return { ...receiptOf(event.id), response: `${taken.length} of ${relays.length} relays have the post` };
    };

    const retract = async ({ remoteId = "" }: Receipt, signal: AbortSignal): Promise<void> => {
      const event = deletionEvent(remoteId, tools.clock.now(), key);
      await toAll((relay) => publish(relay, event, signal));
    };

    const limitsOf = async (relay: string, signal: AbortSignal): Promise<number> => {
      const headers = { accept: "application/nostr+json" };
      const url = relay.replace(/^ws/, "http");
      const answer = await request({ fetch: tools.fetch, url, method: "GET", headers, signal }).catch(() => null);
      const { data } = information.safeParse(parsed(answer?.text ?? ""));
      return data?.limitation.max_content_length ?? usualLength;
    };

    return {
      async limits(signal): Promise<NoteLimits> {
        return { maxLength: Math.min(...(await Promise.all(relays.map((relay) => limitsOf(relay, signal))))) };
      },

      send: ({ rendition, publishedAt }, signal) => offer(noteEvent(rendition, publishedAt, key), signal),

      async find({ rendition, publishedAt }, signal) {
        const at = seconds(publishedAt);
        const filter = { authors: [author], kinds: [textNote], "#r": [rendition.url], since: at, until: at };
        const found = (await toAll((relay) => query(relay, filter, signal))).flat();
        const event = found.find(({ pubkey, created_at }) => pubkey === author && created_at === at);
        return event ? receiptOf(event.id) : null;
      },

      retract,

      async check(signal) {
        await Promise.all(relays.map((relay) => greet(relay, signal)));
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default nostr;

function secretKey(text: string, context: z.RefinementCtx): Uint8Array {
  const key = secretKeyOf(text);
  if (key) return key;
  context.addIssue({ code: "custom", message: 'expected a secret key: "nsec1…" or 64 hex digits' });
  return z.NEVER;
}

/** Without a page of its own on the network: this one is a gateway to it. */
function receiptOf(id: string): Receipt {
  return { remoteId: id, url: `https://njump.me/${noteName(id)}` };
}

/** Nobody took it: what may have arrived weighs most, and a no that is final least. */
function worst(failures: readonly unknown[]): unknown {
  const ranked = failures.toSorted((a, b) => weight(a) - weight(b));
  return ranked[0];
}

function weight(error: unknown): number {
  return error instanceof DeliveryError ? kindsByWeight.indexOf(error.failure.kind) : -1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
