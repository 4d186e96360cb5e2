/** Discord's webhooks as https://docs.discord.com/developers/resources/webhook describes them. */

import { expect, it } from "vitest";
import discord from "#adapters/discord.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope } from "#core/adapter.ts";

const envelope = anEnvelope("note");
const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });
const created = json(200, { id: "77", channel_id: "8" });

async function bench(answer: (asked: Asked) => Answer) {
  const server = await openScriptedServer(answer);
  const transport = await openChannel(discord, { url: `${server.url}/api/webhooks/1/s3cret` });
  return { server, transport, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function saying(text: string): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, text } };
}

it("asks for the message's id, shows a card and pings nobody (#execute-webhook)", async () => {
  await using it = await bench(() => created);
  expect(await it.transport.send(saying("Hi @everyone https://example.org/a_b_c/"), never)).toEqual({ remoteId: "77" });
  expect(it.server.asked[0]?.path).toBe("/api/webhooks/1/s3cret?wait=true");
  expect(JSON.parse(it.server.asked[0]?.body ?? "")).toMatchObject({
    content: "Hi @everyone <https://example.org/a_b_c/>",
    allowed_mentions: { parse: [] },
    embeds: [{ title: "Hello", url: envelope.rendition.url }],
  });
});

it("escapes Markdown, and counts the added characters", async () => {
  await using it = await bench(() => created);
  await it.transport.send(saying("2*3*4 and snake_case"), never);
  expect(JSON.parse(it.server.asked[0]?.body ?? "").content).toBe("2\\*3\\*4 and snake\\_case");
  expect(discord.measure?.("2*3*4")).toBe(7);
  expect(discord.measure?.("https://e.org")).toBe(15);
});

it("waits for the fraction of a second that the body names (topics/rate-limits)", async () => {
  await using it = await bench(() => json(429, { message: "You are being rate limited.", retry_after: 0.65 }));
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "throttled", retryAfter: 1000 });
});

it("stops the channel when the webhook was deleted, without naming its token", async () => {
  await using it = await bench(() => json(404, { message: "Unknown Webhook", code: 10015 }));
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject({ kind: "permanent", scope: "channel" });
  expect(JSON.stringify(failure)).not.toContain("s3cret");
});

it("edits the message in place (#edit-webhook-message)", async () => {
  await using it = await bench(() => created);
  await it.transport.update?.({ remoteId: "77" }, envelope, never);
  expect(it.server.asked[0]).toMatchObject({ method: "PATCH", path: "/api/webhooks/1/s3cret/messages/77" });
});

it("deletes, and accepts a message that is already gone (#delete-webhook-message)", async () => {
  await using it = await bench(() => ({ status: 204 }));
  await it.transport.retract?.({ remoteId: "77" }, never);
  expect(it.server.asked[0]?.method).toBe("DELETE");
  it.server.answer = () => json(404, { message: "Unknown Message", code: 10008 });
  await it.transport.retract?.({ remoteId: "77" }, never);
  it.server.answer = () => json(404, { message: "Unknown Webhook", code: 10015 });
  const failure = await failureOf(it.transport.retract?.({ remoteId: "77" }, never) ?? Promise.resolve());
  expect(failure.kind).toBe("permanent");
});

it("reports uncertain when the answer does not come from Discord", async () => {
  await using it = await bench(() => ({ status: 200, body: "<html>" }));
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "uncertain" });
});

it("returns the address of its message, and pauses when the rate limit is used up (topics/rate-limits)", async () => {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.5" };
  await using it = await bench(({ method }) =>
    method === "GET"
      ? json(200, { guild_id: "5" })
      : { status: 200, headers, body: JSON.stringify({ id: "77", channel_id: "8" }) },
  );
  expect(await it.transport.send(envelope, never)).toEqual({
    remoteId: "77",
    url: "https://discord.com/channels/5/8/77",
    pauseMs: 1500,
  });
});

it("uploads the picture with its description, if so configured (reference#uploading-files)", async () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
  await using server = await openScriptedServer(({ path }) =>
    path === "/a.png" ? { status: 200, body: png } : created,
  );
  const transport = await openChannel(discord, { url: `${server.url}/api/webhooks/1/s3cret`, picture: true });
  const card = { ...envelope.rendition.card, image: { url: `${server.url}/a.png`, alt: "The room at noon" } };
  await transport.send({ ...envelope, rendition: { ...envelope.rendition, card } }, never);
  const posted = server.asked.find(({ method }) => method === "POST");
  expect(posted?.headers["content-type"]).toContain("multipart/form-data");
  expect(posted?.body).toContain('"attachments":[{"id":0,"filename":"picture.png","description":"The room at noon"}]');
  expect(posted?.body).toContain("attachment://picture.png");
});

it("reports that a deleted message can't be edited", async () => {
  await using it = await bench(() => json(404, { message: "Unknown Message", code: 10008 }));
  const failure = await failureOf(it.transport.update?.({ remoteId: "77" }, envelope, never) ?? Promise.resolve());
  expect(failure).toMatchObject({ code: "gone", scope: "recipient" });
});
