/** What waits for the wire goes only if it is still wanted when its turn comes. */

import { expect, it } from "vitest";
import { anEnvelope } from "#contract/samples.ts";
import type { Envelope, Transport } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { groupSize, openStream, type Sent, type Stream } from "#pipeline/sending/stream.ts";

const never = new AbortController().signal;

/** Holds every envelope until it is let go. */
function heldTransport() {
  const sent: Envelope[] = [];
  const held = Promise.withResolvers<void>();
  const transport: Transport = {
    async send(envelope) {
      sent.push(envelope);
      await held.promise;
      return { remoteId: String(sent.length) };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { sent, letGo: held.resolve, transport };
}

it("A stream drops deliveries that were paused or cancelled while they waited, and sends the rest", async () => {
  const { sent, letGo, transport } = heldTransport();
  const stream = openStream(transport, never);
  const begun: string[] = [];
  const wanted = { second: true };
  const put = (key: string, isWanted: () => boolean) => {
    const { promise, resolve } = Promise.withResolvers<Sent>();
    const envelope = { ...anEnvelope("note"), key };
    void stream.put(envelope, { wanted: isWanted, begin: () => begun.push(key), settle: resolve });
    return promise;
  };
  const outcomes = [put("first", () => true), put("second", () => wanted.second), put("third", () => true)];
  await expect.poll(() => sent.map(({ key }) => key)).toEqual(["first"]);
  wanted.second = false;
  letGo();
  expect(await Promise.all(outcomes)).toEqual([
    expect.objectContaining({ receipt: { remoteId: "1" } }),
    { withdrawn: true },
    expect.objectContaining({ receipt: { remoteId: "2" } }),
  ]);
  expect([sent.map(({ key }) => key), begun]).toEqual([
    ["first", "third"],
    ["first", "third"],
  ]);
});

function put(stream: Stream, key: string): { room: Promise<void>; outcome: Promise<Sent> } {
  const { promise, resolve } = Promise.withResolvers<Sent>();
  const envelope = { ...anEnvelope("note"), key };
  return { room: stream.put(envelope, { wanted: () => true, begin() {}, settle: resolve }), outcome: promise };
}

const idle: Transport = {
  send: async () => ({}),
  [Symbol.asyncDispose]: async () => undefined,
};

it("A delivery that an adapter forgets, or that is under way when it breaks off, is uncertain; the rest is sent", async () => {
  let calls = 0;
  const stream = openStream(
    {
      ...idle,
      concurrency: 1,
      async sendMany(envelopes, progress) {
        calls++;
        for await (const envelope of envelopes) {
          if (envelope.key === "forgotten") return;
          if (envelope.key === "broken") throw new Error("x".repeat(600));
          if (envelope.key === "refused")
            throw new DeliveryError({ kind: "temporary", scope: "channel", code: "away", message: "away" });
          progress.settle({ envelope, receipt: { remoteId: envelope.key } });
          // An answer that comes twice changes nothing.
          progress.settle({ envelope, failure: { kind: "permanent", scope: "channel", code: "twice", message: "" } });
        }
      },
    },
    never,
  );
  const keys = ["one", "forgotten", "two", "broken", "refused", "three"];
  expect(await Promise.all(keys.map((key) => put(stream, key).outcome))).toMatchObject([
    { receipt: { remoteId: "one" } },
    { failure: { kind: "uncertain", scope: "recipient", message: expect.stringContaining("without a result") } },
    { receipt: { remoteId: "two" } },
    { failure: { kind: "uncertain", scope: "recipient", code: "unforeseen", message: "x".repeat(500) } },
    { failure: { kind: "temporary", scope: "channel", code: "away" } },
    { receipt: { remoteId: "three" } },
  ]);
  // The stream ends when it is idle, and begins again with the next delivery.
  await expect.poll(() => put(stream, "later").outcome).toMatchObject({ receipt: { remoteId: "later" } });
  expect(calls).toBeGreaterThanOrEqual(4);
});

it("A stream has room for twenty deliveries a connection where the adapter sends many, else for one", async () => {
  expect(groupSize({ ...idle, concurrency: 3 })).toBe(3);
  expect(groupSize(idle)).toBe(1);
  expect(groupSize({ ...idle, concurrency: 0 })).toBe(1);
  expect(groupSize({ ...idle, concurrency: 2, sendMany: async () => undefined })).toBe(40);

  const { transport, letGo } = heldTransport();
  const stream = openStream({ ...transport, concurrency: 2 }, never);
  const rooms: number[] = [];
  const all = Array.from({ length: 5 }, (_, index) => {
    const { room, outcome } = put(stream, String(index));
    void room.then(() => rooms.push(index));
    return outcome;
  });
  // Two are sent, one waits, and with the fourth the room is full.
  await expect.poll(() => rooms.length).toBeGreaterThan(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(rooms.length).toBeLessThan(5);
  letGo();
  await Promise.all(all);
  await expect.poll(() => rooms.length).toBe(5);
});

it("An adapter that sends one at a time gets as many at once as it has connections", async () => {
  for (const [concurrency, most] of [
    [3, 3],
    [undefined, 1],
  ] as const) {
    const { sent, transport, letGo } = heldTransport();
    const stream = openStream({ ...transport, ...(concurrency && { concurrency }) }, never);
    const all = Array.from({ length: 5 }, (_, index) => put(stream, String(index)).outcome);
    await expect.poll(() => sent.length).toBe(most);
    letGo();
    expect(await Promise.all(all)).toHaveLength(5);
  }
});
