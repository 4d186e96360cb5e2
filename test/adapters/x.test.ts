/** X as https://docs.x.com/x-api describes it. */

import twitterText from "twitter-text";
import { expect, it } from "vitest";
import { authorization } from "#adapters/x/authorization.ts";
import x from "#adapters/x.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope } from "#core/adapter.ts";
import conformance from "./x-weights.json" with { type: "json" };

const envelope = anEnvelope("note");
const thread: Envelope<"note"> = { ...envelope, rendition: { ...envelope.rendition, thread: ["two", "three"] } };
const credentials = {
  consumerKey: "consumer-key",
  consumerSecret: "consumer-s3cret",
  accessToken: "access-token",
  accessSecret: "access-s3cret",
};
const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });

async function bench(answer: (asked: Asked, count: number) => Answer, settings: object = {}) {
  const server = await openScriptedServer((asked) => answer(asked, server.asked.length));
  const transport = await openChannel(x, { ...credentials, ...settings, api: server.url });
  return { server, transport, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
const created = (_: Asked, count: number) => json(201, { data: { id: String(count), text: "…" } });

it("posts with a signature and returns the address (posts/create-post)", async () => {
  await using it = await bench(created);
  expect(await it.transport.send(envelope, never)).toEqual({ remoteId: "1", url: "https://x.com/i/web/status/1" });
  expect(it.server.asked[0]).toMatchObject({ method: "POST", path: "/2/tweets" });
  expect(it.server.asked[0]?.headers.authorization).toMatch(/^OAuth oauth_consumer_key="consumer-key"/);
  expect(it.server.asked[0]?.headers.authorization).not.toContain("s3cret");
});

it("posts a thread as replies, and deletes it from its end (posts/delete-post)", async () => {
  await using it = await bench(created);
  const receipt = await it.transport.send(thread, never);
  expect(receipt.parts?.map(({ remoteId }) => remoteId)).toEqual(["2", "3"]);
  expect(JSON.parse(it.server.asked[2]?.body ?? "")).toEqual({ text: "three", reply: { in_reply_to_tweet_id: "2" } });
  await it.transport.retract?.(receipt, never);
  expect(it.server.asked.slice(3).map(({ path }) => path)).toEqual(["/2/tweets/3", "/2/tweets/2", "/2/tweets/1"]);
});

it("never retries a thread that is partly posted", async () => {
  await using it = await bench((asked, count) => (count === 2 ? { status: 503 } : created(asked, count)));
  const failure = await failureOf(it.transport.send(thread, never));
  expect(failure).toMatchObject({ kind: "uncertain", scope: "recipient" });
  expect(failure.message).toContain("1 of 3 parts were posted");
});

it("distinguishes a duplicate from a missing permission (fundamentals/response-codes-and-errors)", async () => {
  const detail = "You are not allowed to create a Tweet with duplicate content.";
  await using it = await bench(() => json(403, { detail, status: 403 }));
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({
    kind: "permanent",
    scope: "recipient",
    code: "duplicate",
  });
  it.server.answer = () => json(403, { title: "Forbidden", status: 403 });
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "permanent", scope: "channel" });
});

it("stops the channel if its token is invalid", async () => {
  await using it = await bench(() => json(401, { title: "Unauthorized", status: 401 }));
  expect(await failureOf(it.transport.check?.(never) ?? Promise.resolve())).toMatchObject({
    kind: "permanent",
    scope: "channel",
  });
});

it("deletes a thread from its end, and can't edit (posts/delete-post)", async () => {
  await using it = await bench(created);
  expect(it.transport.update).toBeUndefined();
  await it.transport.retract?.({ remoteId: "70", parts: [{ remoteId: "71" }] }, never);
  expect(it.server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "DELETE /2/tweets/71",
    "DELETE /2/tweets/70",
  ]);
});

it("finds its post among the account's posts, although X changes links (users/get-posts)", async () => {
  const { text, url } = envelope.rendition;
  const shown = {
    id: "9",
    text: `${text.replace(url, "https://t.co/abc").replace("Hello", "Hello &amp; welcome")}`,
    created_at: "2026-01-05T09:00:01.000Z",
    entities: { urls: [{ url: "https://t.co/abc", expanded_url: url }] },
  };
  const ours: Envelope<"note"> = {
    ...envelope,
    rendition: { ...envelope.rendition, text: text.replace("Hello", "Hello & welcome") },
  };
  await using it = await bench(({ path }) =>
    path === "/2/users/me" ? json(200, { data: { id: "42" } }) : json(200, { data: [shown], meta: {} }),
  );
  expect(await it.transport.find?.(ours, never)).toEqual({ remoteId: "9", url: "https://x.com/i/web/status/9" });
  expect(await it.transport.find?.(envelope, never)).toBeNull();
  const asked = new URL(it.server.asked[1]?.path ?? "", "https://api.x.com");
  expect(asked.pathname).toBe("/2/users/42/tweets");
  expect(asked.searchParams.get("start_time")).toBe("2026-01-05T08:59:00Z");
  const whole = { ...ours, rendition: { ...ours.rendition, thread: ["two"] } };
  expect(await failureOf(it.transport.find?.(whole, never) ?? Promise.resolve())).toMatchObject({ code: "unsure" });
});

it("uploads the picture with its description, and posts without a picture that X refuses (media/upload-media)", async () => {
  const image = { url: "", alt: "The room at noon" };
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
  const answers = (status: number) => (asked: Asked, count: number) => {
    if (asked.path === "/picture.png") return { status: 200, body: png };
    if (asked.path === "/2/media/upload") return json(status, { data: { id: "m1" } });
    return created(asked, count);
  };
  await using it = await bench(answers(200), { picture: true });
  image.url = `${it.server.url}/picture.png`;
  const illustrated = { ...envelope, rendition: { ...envelope.rendition, image } };
  await it.transport.send(illustrated, never);
  const [, upload, metadata, post] = it.server.asked;
  expect(upload?.body).toContain("tweet_image");
  expect(JSON.parse(metadata?.body ?? "")).toEqual({ id: "m1", metadata: { alt_text: { text: "The room at noon" } } });
  expect(JSON.parse(post?.body ?? "")).toMatchObject({ media: { media_ids: ["m1"] } });
  it.server.answer = (asked) => answers(413)(asked, it.server.asked.length);
  await it.transport.send(illustrated, never);
  expect(JSON.parse(it.server.asked.at(-1)?.body ?? "")).toEqual({ text: envelope.rendition.text });
});

it("waits for the end of the rate limit window, and pauses before the limit is reached (fundamentals/rate-limits)", async () => {
  // The test's clock says 2026-01-05T09:00:00Z.
  const end = String(Date.parse("2026-01-05T09:05:00Z") / 1000);
  await using it = await bench(() => ({ status: 429, headers: { "x-rate-limit-reset": end } }));
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "throttled", retryAfter: 300_000 });
  const day = { "x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": end, "x-rate-limit-remaining": "5" };
  it.server.answer = () => ({ status: 201, headers: day, body: '{"data":{"id":"5"}}' });
  expect(await it.transport.send(envelope, never)).toMatchObject({ pauseMs: 300_000 });
});

/** Expected by the published configuration (config/v3.json of twitter-text): Latin 1, others 2, a link 23, any emoji 2. */
it.each([
  ["plain Latin", 11],
  ["日本語", 6],
  ["👩‍👩‍👧‍👦", 2],
  ["🇩🇪 a", 4],
  ["see https://example.org/a/very/long/address/that/goes/on/and/on/and/on", 27],
])("weighs %s as %i", (text, weight) => {
  expect(x.measure?.(text)).toBe(weight);
});

it("measures every case of the network's conformance data correctly", () => {
  expect(conformance.cases.length).toBe(24);
  for (const { text, weight } of conformance.cases) {
    expect(x.measure?.(text), text).toBe(weight);
  }
});

it("measures a text of any length quickly", () => {
  const words = "日本 https://example.org/a_(b) ".repeat(500);
  expect(x.measure?.(words)).toBe(twitterText.parseTweet(words).weightedLength);
  expect(x.measure?.("a.".repeat(50_000))).toBe(100_000);
});

it("signs like the network's documented example (authentication/oauth-1-0a/creating-a-signature)", () => {
  const status = encodeURIComponent("Hello Ladies + Gentlemen, a signed OAuth request!");
  const header = authorization(
    "POST",
    `https://api.twitter.com/1/statuses/update.json?include_entities=true&status=${status}`,
    {
      consumerKey: "xvz1evFS4wEEPTGEFPHBog",
      consumerSecret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
      accessToken: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
      accessSecret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    },
    { now: new Date(1_318_622_958_000), nonce: "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg" },
  );
  expect(header).toContain(`oauth_signature="${encodeURIComponent("tnnArxj06cWHq44gCs1OSKk/jLY=")}"`);
});
