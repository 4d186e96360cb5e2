/** Bluesky as https://docs.bsky.app describes it; a real server is asked in `test/peers`. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { partKey, recordKey, timeOf } from "#adapters/bluesky/record-key.ts";
import bluesky from "#adapters/bluesky.ts";
import { anEnvelope, failureOf, keepInMemory, never, openChannel } from "#contract/samples.ts";
import { openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Tools } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { openScriptedPds } from "../support/servers/atproto.ts";

const envelope = anEnvelope("note");
const png = Buffer.from("\x89PNG\r\n\x1a\n....", "latin1");

async function bench(more: Partial<Tools> = {}, password = "s3cret-pass") {
  const pds = await openScriptedPds();
  const transport = await openChannel(bluesky, { service: pds.url, identifier: "@news.example.org", password }, more);
  const posts = () => [...pds.records.values()] as Record<string, unknown>[];
  const asked = (method: string) => pds.asked.filter(({ path }) => path.includes(method));
  return { pds, transport, posts, asked, [Symbol.asyncDispose]: () => pds[Symbol.asyncDispose]() };
}

function note(change: Partial<NoteRendition>): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, ...change } };
}

it("writes text, link, language and card, and names the page (docs/advanced-guides/posts)", async () => {
  await using it = await bench();
  const receipt = await it.transport.send(envelope, never);
  expect(receipt.remoteId).toMatch(/^at:\/\/did:plc:abc\/app\.bsky\.feed\.post\/[2-7a-z]{13}$/);
  expect(receipt.url).toBe(`https://bsky.app/profile/did:plc:abc/post/${recordKey(envelope)}`);
  expect(it.posts()).toEqual([
    {
      $type: "app.bsky.feed.post",
      text: "Hello https://example.org/blog/hello/",
      facets: [
        {
          index: { byteStart: 6, byteEnd: 37 },
          features: [{ $type: "app.bsky.richtext.facet#link", uri: "https://example.org/blog/hello/" }],
        },
      ],
      langs: ["en"],
      createdAt: "2026-01-05T09:00:00.000Z",
      embed: {
        $type: "app.bsky.embed.external",
        external: { uri: "https://example.org/blog/hello/", title: "Hello", description: "A greeting" },
      },
    },
  ]);
});

it("counts facets in bytes, finds tags, and mentions only existing users (docs/advanced-guides/post-richtext)", async () => {
  await using it = await bench();
  it.pds.handles.set("ada.example.org", "did:plc:ada");
  const text = "👨‍👩‍👧 @ada.example.org, @nobody.example.org #CafÉ https://example.org/blog/hello/";
  await it.transport.send(note({ text }), never);
  const { facets } = it.posts()[0] as {
    facets: { index: { byteStart: number; byteEnd: number }; features: object[] }[];
  };
  const bytes = Buffer.from(text);
  const shown = facets.map(({ index, features }) => [
    bytes.subarray(index.byteStart, index.byteEnd).toString(),
    features[0],
  ]);
  expect(shown).toEqual([
    ["@ada.example.org", { $type: "app.bsky.richtext.facet#mention", did: "did:plc:ada" }],
    ["#CafÉ", { $type: "app.bsky.richtext.facet#tag", tag: "CafÉ" }],
    [
      "https://example.org/blog/hello/",
      { $type: "app.bsky.richtext.facet#link", uri: "https://example.org/blog/hello/" },
    ],
  ]);
});

it("uploads the card's picture (docs/advanced-guides/posts#website-card-embeds)", async () => {
  await using site = await openScriptedServer(() => ({ status: 200, body: png }));
  await using it = await bench();
  const image = { url: `${site.url}/cover.png`, alt: "A harbour" };
  await it.transport.send(note({ card: { ...envelope.rendition.card, image } }), never);
  expect(it.posts()[0]).toMatchObject({
    embed: { external: { thumb: { $type: "blob", ref: { $link: "bafkreithumb" } } } },
  });
});

it.each([
  ["too large", { status: 200, body: Buffer.concat([png, Buffer.alloc(1_000_001)]) }],
  ["not there", { status: 404 }],
  ["no picture", { status: 200, body: "<html>" }],
])("posts without a picture that is %s (lexicon app.bsky.embed.external: 1000000 bytes)", async (_what, answer) => {
  await using site = await openScriptedServer(() => answer);
  await using it = await bench();
  const image = { url: `${site.url}/cover.png`, alt: "" };
  await it.transport.send(note({ card: { ...envelope.rendition.card, image } }), never);
  expect(it.posts()).toHaveLength(1);
  expect(JSON.stringify(it.posts())).not.toContain("thumb");
});

it("posts a thread as replies, and a second try posts only the missing parts", async () => {
  await using it = await bench();
  const thread = note({ thread: ["Two", "Three https://example.org/blog/hello/"] });
  let writes = 0;
  it.pds.onWrite = (asked) => {
    writes += 1;
    if (writes === 2) return "drop";
    const { rkey, record } = JSON.parse(asked.body);
    it.pds.records.set(rkey, record);
    return { status: 200, body: JSON.stringify({ uri: `at://did:plc:abc/app.bsky.feed.post/${rkey}`, cid: "bafy" }) };
  };
  expect(await failureOf(it.transport.send(thread, never))).toMatchObject({ kind: "uncertain" });
  expect(await it.transport.find?.(thread, never)).toBeNull();
  it.pds.onWrite = null;
  const receipt = await it.transport.send(thread, never);
  expect(receipt.parts).toHaveLength(2);
  expect(it.posts().map(({ text }) => text)).toEqual([envelope.rendition.text, ...thread.rendition.thread]);
  const uris = [receipt, ...(receipt.parts ?? [])].map(({ remoteId }) => remoteId);
  expect(it.posts()[2]).toMatchObject({ reply: { root: { uri: uris[0] }, parent: { uri: uris[1] } } });
  expect(it.posts()[2]?.["embed"]).toBeUndefined();
  expect(await it.transport.find?.(thread, never)).toEqual(receipt);
});

it("finds a post whose answer was lost, and reports if it was never posted", async () => {
  await using it = await bench();
  expect(await it.transport.find?.(envelope, never)).toBeNull();
  const receipt = await it.transport.send(envelope, never);
  expect(await it.transport.find?.(envelope, never)).toEqual(receipt);
});

it("edits in place and keeps the time, shortens a thread, and does not restore deleted parts", async () => {
  await using it = await bench();
  const receipt = await it.transport.send(note({ thread: ["Two", "Three"] }), never);
  const later = { ...note({ text: "Mended", thread: ["Two"] }), publishedAt: new Date("2026-02-01T00:00:00Z") };
  const edited = await it.transport.update?.(receipt, later, never);
  expect(edited).toEqual({ ...receipt, parts: receipt.parts?.slice(0, 1) });
  expect(it.posts().map(({ text }) => text)).toEqual(["Mended", "Two"]);
  expect(it.posts()[0]).toMatchObject({ createdAt: "2026-01-05T09:00:00.000Z" });
  it.pds.records.clear();
  const failure = await failureOf(it.transport.update?.(receipt, later, never) ?? Promise.resolve());
  expect(failure).toMatchObject({ kind: "permanent", scope: "recipient", code: "gone" });
  expect(it.posts()).toEqual([]);
});

it("deletes a thread from its end, and a second time without harm", async () => {
  await using it = await bench();
  const receipt = await it.transport.send(note({ thread: ["Two"] }), never);
  await it.transport.retract?.(receipt, never);
  await it.transport.retract?.(receipt, never);
  expect(it.posts()).toEqual([]);
  expect(it.asked("deleteRecord").map(({ body }) => JSON.parse(body).rkey)).toEqual(
    [1, 0, 1, 0].map((part) => partKey(recordKey(envelope), part)),
  );
});

it("logs in once, keeps the session and refreshes it when it has expired (com.atproto.server.refreshSession)", async () => {
  const keep = keepInMemory();
  await using it = await bench({ keep });
  await Promise.all([it.transport.send(envelope, never), it.transport.send(anEnvelope("note", "two"), never)]);
  expect(it.asked("createSession")).toHaveLength(1);
  it.pds.expired.add("access-1");
  await Promise.all([
    it.transport.send(anEnvelope("note", "three"), never),
    it.transport.send(anEnvelope("note", "four"), never),
  ]);
  expect(it.asked("refreshSession").map(({ headers }) => headers.authorization)).toEqual(["Bearer refresh-1"]);
  expect(it.posts()).toHaveLength(4);
  expect(await keep.read()).toMatchObject({ accessJwt: "access-2" });
});

it("logs in again when the refresh token is invalid, or the account has changed", async () => {
  await using it = await bench({ keep: keepInMemory({ service: "https://old.example", accessJwt: "x" }) });
  await it.transport.send(envelope, never);
  it.pds.expired.add("access-1");
  it.pds.revoked = true;
  await it.transport.send(anEnvelope("note", "two"), never);
  expect(it.asked("createSession")).toHaveLength(2);
});

it("stops the channel for a wrong password, without repeating it", async () => {
  await using it = await bench({}, "wr0ng-pass");
  const failure = await failureOf(it.transport.check?.(never) ?? Promise.resolve());
  expect(failure).toMatchObject({ kind: "permanent", scope: "channel", status: 401 });
  expect(JSON.stringify(failure)).not.toContain("wr0ng-pass");
});

it("has posted nothing when the answer to the login was lost", async () => {
  await using it = await bench();
  it.pds.answer = () => "drop";
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "temporary", scope: "channel" });
});

it("waits for the end of the window that the headers name (docs/advanced-guides/rate-limits)", async () => {
  await using it = await bench();
  const reset = String(Date.parse("2026-01-05T09:01:00Z") / 1000);
  it.pds.onWrite = () => ({ status: 429, headers: { "ratelimit-reset": reset, "ratelimit-remaining": "0" } });
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "throttled", retryAfter: 60_000 });
  it.pds.onWrite = null;
  it.pds.headers = { "ratelimit-reset": reset, "ratelimit-remaining": "2" };
  expect(await it.transport.send(envelope, never)).toMatchObject({ pauseMs: 60_000 });
  it.pds.headers = { "ratelimit-reset": reset, "ratelimit-remaining": "3" };
  expect(await it.transport.send(envelope, never)).not.toHaveProperty("pauseMs");
});

it("refuses only this post if the server finds its text too long", async () => {
  await using it = await bench();
  const body = JSON.stringify({ error: "InvalidRequest", message: "grapheme too big (maximum 300, got 301)" });
  it.pds.onWrite = () => ({ status: 400, body });
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "permanent", scope: "recipient" });
});

it("counts graphemes, or bytes if 3000 bytes are reached first", () => {
  const measure = (text: string) => bluesky.measure?.(text);
  expect(measure("👨‍👩‍👧‍👦")).toBe(1);
  expect(measure("日本語")).toBe(3);
  expect(measure("e\u0301")).toBe(1);
  expect(measure("👨‍👩‍👧‍👦".repeat(120))).toBe(120);
  expect(measure("👨‍👩‍👧‍👦".repeat(121))).toBe(303);
});

it("names records by time and key alone, in the spelling of a TID (atproto.com/specs/tid)", () => {
  const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
  const time = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(hex, time, fc.nat(50), (key, publishedAt, part) => {
      const root = recordKey({ key, publishedAt });
      expect(root).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
      expect(timeOf(root)).toEqual(publishedAt);
      expect(timeOf(partKey(root, part)).getTime()).toBe(publishedAt.getTime() + part);
      expect(partKey(root, part + 1) > partKey(root, part)).toBe(true);
    }),
  );
});
