/** https://github.com/nostr-protocol/nips: events over WebSockets, signed with a key that has no end. */

import { expect, vi } from "vitest";
import nostr from "#adapters/nostr.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import type { Transport } from "#core/adapter.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { openScriptedRelay, type ScriptedRelay } from "../../support/servers/nostr.ts";
import type { Situation } from "./network.ts";

type Run = (transport: Transport<"note">, relay: ScriptedRelay) => Promise<void>;

const envelope = anEnvelope("note");

function on(page: string, run: Run): { page: string; run(): Promise<void> } {
  return {
    page,
    async run() {
      await using relay = await openScriptedRelay();
      await run(await openChannel(nostr, { key: "7f".repeat(32), relays: [relay.url] }), relay);
    },
  };
}

/** The relay says no (NIP-01: a machine-readable prefix, and words). */
function refused(page: string, reason: string, failure: Partial<Failure>) {
  return on(page, async (transport, relay) => {
    relay.onEvent = () => [false, reason];
    expect(await failureOf(transport.send(envelope, never))).toMatchObject(failure);
  });
}

const scenarios: Record<Situation, ReturnType<typeof on> | string> = {
  "it is created": on("01.md", async (transport, relay) => {
    const { remoteId = "" } = await transport.send(envelope, never);
    expect(relay.events.get(remoteId)).toMatchObject({ kind: 1, content: "Hello https://example.org/blog/hello/" });
  }),
  "it is refused as invalid": refused("01.md", "invalid: event creation date is too far off", {
    ...{ kind: "permanent", scope: "recipient" },
  }),
  "its token has expired": refused("42.md", "restricted: your subscription has run out", {
    ...{ kind: "permanent", scope: "channel" },
  }),
  "it comes too often": refused("01.md", "rate-limited: slow down there chief", { kind: "throttled" }),
  "the server is out of order": refused("01.md", "error: could not connect to the database", { kind: "temporary" }),
  "the answer times out after the body went out": on("01.md", async (transport, relay) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      relay.onEvent = () => {
        vi.advanceTimersByTime(60_000);
        return "hang";
      };
      expect(await failureOf(transport.send(envelope, never))).toMatchObject({ kind: "uncertain" });
    } finally {
      vi.useRealTimers();
    }
  }),
  "it is a duplicate": on("01.md", async (transport, relay) => {
    relay.onEvent = () => [true, "duplicate: already have this event"];
    const first = await transport.send(envelope, never);
    expect(await transport.send(envelope, never)).toEqual(first);
    expect(relay.events.size).toBe(1);
  }),
  // By what `--replace` asks for: there is no edit.
  "it is edited": on("09.md", async (transport, relay) => {
    await transport.retract?.(await transport.send(envelope, never), never);
    const rendition = { ...envelope.rendition, text: "Mended" };
    const { remoteId } = await transport.send({ ...envelope, key: "b".repeat(64), rendition }, never);
    const notes = [...relay.events.values()].filter(({ kind }) => kind === 1);
    expect(notes).toMatchObject([{ id: remoteId, content: "Mended" }]);
  }),
  "it is deleted": on("09.md", async (transport, relay) => {
    const receipt = await transport.send(envelope, never);
    await transport.retract?.(receipt, never);
    expect([...relay.events.values()].map(({ kind }) => kind)).toEqual([5]);
  }),
  "its picture is too large": "Nothing is uploaded: an event has the picture's address at most.",
};

export default { name: "nostr", docs: "https://github.com/nostr-protocol/nips/blob/master/", scenarios };
