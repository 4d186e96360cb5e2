/** What waits for the wire goes only if it is still wanted when its turn comes. */

import { expect, it } from "vitest";
import { anEnvelope } from "#contract/samples.ts";
import type { Envelope, Transport } from "#core/adapter.ts";
import { openStream, type Sent } from "#pipeline/sending/stream.ts";

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
