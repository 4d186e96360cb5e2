/** Nostr as https://github.com/nostr-protocol/nips describes it; the NIP is named with each scenario. */

import { expect, it } from "vitest";
import { isGenuine, publicKey } from "#adapters/nostr/event.ts";
import { noteName, secretKeyOf } from "#adapters/nostr/names.ts";
import nostr from "#adapters/nostr.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import type { Envelope } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { openScriptedRelay } from "../support/servers/nostr.ts";
import { freePort } from "../support/start-servers.ts";

const envelope = anEnvelope("note");
const key = "7f".repeat(32);

async function bench(more: string[] = []) {
  const relay = await openScriptedRelay();
  const transport = await openChannel(nostr, { key, relays: [relay.url, ...more] });
  return { relay, transport, [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose]() };
}

function note(change: Partial<NoteRendition>): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, ...change } };
}

it("signs a text with its link, tags, language and warning (NIP-01, 24, 32, 36)", async () => {
  await using it = await bench();
  const text = "Grüße #Hafen #c #1 a#b #hafen https://example.org/blog/hello/";
  const receipt = await it.transport.send(note({ text, language: "de-CH", contentWarning: "Salt" }), never);
  const [event] = it.relay.events.values();
  expect(event && isGenuine(event)).toBe(true);
  expect(event).toMatchObject({
    kind: 1,
    content: text,
    created_at: Date.parse("2026-01-05T09:00:00Z") / 1000,
    tags: [
      ["r", "https://example.org/blog/hello/"],
      ["t", "hafen"],
      ["t", "c"],
      ["L", "ISO-639-1"],
      ["l", "de", "ISO-639-1"],
      ["content-warning", "Salt"],
    ],
  });
  expect(receipt).toMatchObject({ remoteId: event?.id, response: "1 of 1 relays have the post" });
  expect(receipt.url).toMatch(/^https:\/\/njump\.me\/note1[0-9a-z]+$/);
});

it("is the same event when it is sent again at another time", async () => {
  await using it = await bench();
  const first = await it.transport.send(envelope, never);
  expect(await it.transport.send(envelope, never)).toEqual(first);
  expect(it.relay.events.size).toBe(1);
  expect(it.relay.heard[1]).toEqual(it.relay.heard[0]);
});

it("accepts a key in both forms, and never repeats a wrong one (NIP-19)", async () => {
  await using relay = await openScriptedRelay();
  // The pair that NIP-19 gives as its example.
  const nsec = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
  expect(secretKeyOf(nsec)).toEqual(secretKeyOf("67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa"));
  expect(publicKey(secretKeyOf(nsec) ?? new Uint8Array())).toBe(
    "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e",
  );
  expect(noteName(key)).toMatch(/^note1[0-9a-z]{58}$/);
  const transport = await openChannel(nostr, { key: nsec, relays: [relay.url] });
  await transport.send(envelope, never);
  expect(relay.events.size).toBe(1);
  for (const wrong of ["nsec1wr0ng", `npub1${"q".repeat(58)}`, key.slice(1)]) {
    const result = await nostr.config["~standard"].validate({ key: wrong, relays: [relay.url] });
    expect(result.issues).toHaveLength(1);
    expect(JSON.stringify(result.issues)).not.toContain(wrong);
  }
});

it.each([
  ["invalid: event creation date is too far off", { kind: "permanent", scope: "recipient" }],
  ["blocked: you are banned from posting here", { kind: "permanent", scope: "channel" }],
  ["restricted: not allowed to write", { kind: "permanent", scope: "channel" }],
  ["auth-required: we only accept events from registered users", { kind: "permanent", scope: "channel" }],
  ["pow: 28 bits needed", { kind: "permanent", scope: "channel" }],
  ["rate-limited: slow down there chief", { kind: "throttled" }],
  ["error: could not connect to the database", { kind: "temporary" }],
  ["no", { kind: "permanent", scope: "recipient" }],
])("understands %s (NIP-01, NIP-42)", async (reason, expected) => {
  await using it = await bench();
  it.relay.onEvent = () => [false, reason];
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject(expected);
  expect(failure.message).toContain(reason);
});

it("accepts a duplicate as success", async () => {
  await using it = await bench();
  it.relay.onEvent = () => [false, "duplicate: already have this event"];
  expect(await it.transport.send(envelope, never)).toHaveProperty("remoteId");
});

it("succeeds if one relay accepts it, and reports how many did", async () => {
  await using it = await bench([`ws://127.0.0.1:${await freePort()}`]);
  expect(await it.transport.send(envelope, never)).toMatchObject({ response: "1 of 2 relays have the post" });
  it.relay.onEvent = () => [false, "blocked: no"];
  // The other may be there again in a minute.
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "temporary" });
  it.relay.onEvent = () => "drop";
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "uncertain" });
});

it("finds a post that was sent before the connection was lost, even if the text has changed since", async () => {
  await using it = await bench();
  expect(await it.transport.find?.(envelope, never)).toBeNull();
  const { url, remoteId = "" } = await it.transport.send(envelope, never);
  expect(await it.transport.find?.(note({ text: "Other words" }), never)).toEqual({ url, remoteId });
  const later = { ...envelope, publishedAt: new Date("2026-01-05T09:00:01Z") };
  expect(await it.transport.find?.(later, never)).toBeNull();
});

it("asks for deletion, and a second time without harm (NIP-09)", async () => {
  await using it = await bench();
  const receipt = await it.transport.send(envelope, never);
  await it.transport.retract?.(receipt, never);
  await it.transport.retract?.(receipt, never);
  expect([...it.relay.events.values()]).toMatchObject([
    {
      kind: 5,
      tags: [
        ["e", receipt.remoteId],
        ["k", "1"],
      ],
    },
  ]);
});

it("uses the smallest limit of its relays (NIP-11)", async () => {
  await using other = await openScriptedRelay();
  await using it = await bench([other.url]);
  other.information = { limitation: { max_content_length: 280 } };
  expect(await it.transport.limits?.(never)).toEqual({ maxLength: 280 });
  other.information = { name: "says nothing of it" };
  expect(await it.transport.limits?.(never)).toEqual({ maxLength: 8000 });
});

it("checks every relay without posting", async () => {
  await using it = await bench();
  await it.transport.check?.(never);
  expect(it.relay.events.size).toBe(0);
  await using half = await bench([`ws://127.0.0.1:${await freePort()}`]);
  expect((await failureOf(half.transport.check?.(never) ?? Promise.resolve())).kind).toBe("temporary");
});
