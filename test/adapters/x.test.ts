/** X as https://docs.x.com/x-api describes it. */

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

async function bench(answer: (asked: Asked, count: number) => Answer) {
  const server = await openScriptedServer((asked) => answer(asked, server.asked.length));
  const transport = await openChannel(x, { ...credentials, api: server.url });
  return { server, transport, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
const created = (_: Asked, count: number) => json(201, { data: { id: String(count), text: "…" } });

it("posts with a signature and knows the address (posts/create-post)", async () => {
  await using it = await bench(created);
  expect(await it.transport.send(envelope, never)).toEqual({ remoteId: "1", url: "https://x.com/i/web/status/1" });
  expect(it.server.asked[0]).toMatchObject({ method: "POST", path: "/2/tweets" });
  expect(it.server.asked[0]?.headers.authorization).toMatch(/^OAuth oauth_consumer_key="consumer-key"/);
  expect(it.server.asked[0]?.headers.authorization).not.toContain("s3cret");
});

it("answers itself in a thread, and deletes it from the end (posts/delete-post)", async () => {
  await using it = await bench(created);
  const receipt = await it.transport.send(thread, never);
  expect(receipt.parts?.map(({ remoteId }) => remoteId)).toEqual(["2", "3"]);
  expect(JSON.parse(it.server.asked[2]?.body ?? "")).toEqual({ text: "three", reply: { in_reply_to_tweet_id: "2" } });
  await it.transport.retract?.(receipt, never);
  expect(it.server.asked.slice(3).map(({ path }) => path)).toEqual(["/2/tweets/3", "/2/tweets/2", "/2/tweets/1"]);
});

it("never tries a thread again of which a part is out", async () => {
  await using it = await bench((asked, count) => (count === 2 ? { status: 503 } : created(asked, count)));
  const failure = await failureOf(it.transport.send(thread, never));
  expect(failure).toMatchObject({ kind: "uncertain", scope: "recipient" });
  expect(failure.message).toContain("1 of 3 parts are posted");
});

it("tells a duplicate from an app that may not post (fundamentals/response-codes-and-errors)", async () => {
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

it("stops the channel when its token is no longer good", async () => {
  await using it = await bench(() => json(401, { title: "Unauthorized", status: 401 }));
  expect(await failureOf(it.transport.check?.(never) ?? Promise.resolve())).toMatchObject({
    kind: "permanent",
    scope: "channel",
  });
});

it("offers no edit", async () => {
  await using it = await bench(created);
  expect(it.transport.update).toBeUndefined();
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

it("weighs every case of the network's own conformance data as it says, where the configuration is today's", () => {
  expect(conformance.cases.length).toBe(24);
  for (const { text, weight } of conformance.cases) {
    expect(x.measure?.(text), text).toBe(weight);
  }
});

it("signs as the network's own worked example (authentication/oauth-1-0a/creating-a-signature)", () => {
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
