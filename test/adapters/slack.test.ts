/** Slack's incoming webhooks and Web API as https://docs.slack.dev describes them. */

import { expect, it } from "vitest";
import slack from "#adapters/slack.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { type Answer, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope } from "#core/adapter.ts";

const envelope = anEnvelope("note");
const marked: Envelope<"note"> = { ...envelope, rendition: { ...envelope.rendition, text: "<!channel> & *bold*" } };
const json = (body: unknown): Answer => ({ status: 200, body: JSON.stringify(body) });

async function bench(answer: Answer) {
  const server = await openScriptedServer(() => answer);
  const bot = await openChannel(slack, { api: server.url, token: "xoxb-s3cret", channel: "C1" });
  const webhook = await openChannel(slack, { url: `${server.url}/services/T1/B1/s3cret` });
  return { server, bot, webhook, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

it("mentions nobody and has no markup (messaging/formatting-message-text)", async () => {
  await using it = await bench({ status: 200, body: "ok" });
  await it.webhook.send(marked, never);
  expect(JSON.parse(it.server.asked[0]?.body ?? "")).toMatchObject({
    text: "&lt;!channel&gt; &amp; *bold*",
    mrkdwn: false,
  });
  expect(slack.measure?.("<&")).toBe(9);
});

it("shows the picture with its description, and posts without a picture that Slack can't show (block-kit/blocks/image-block)", async () => {
  await using server = await openScriptedServer(() => ({ status: 200, body: "ok" }));
  const url = `${server.url}/services/T1/B1/s3cret`;
  const transport = await openChannel(slack, { url, picture: true });
  const image = { url: "https://example.org/cover.png", alt: "A harbour at dusk" };
  const illustrated = { ...envelope, rendition: { ...envelope.rendition, image } };
  await transport.send(illustrated, never);
  expect(JSON.parse(server.asked[0]?.body ?? "")).toMatchObject({
    attachments: [{ blocks: [{ type: "image", image_url: image.url, alt_text: image.alt }] }],
  });
  server.answer = ({ body }) =>
    body.includes("image_url") ? { status: 400, body: "invalid_attachments" } : { status: 200, body: "ok" };
  await transport.send(illustrated, never);
  expect(server.asked).toHaveLength(3);
  expect(JSON.parse(server.asked[2]?.body ?? "")).not.toHaveProperty("attachments");
});

it("offers no edit and no delete through a webhook, which gives no id", async () => {
  await using it = await bench({ status: 200, body: "ok" });
  expect(it.webhook.update).toBeUndefined();
  expect(it.webhook.retract).toBeUndefined();
});

it("stops the channel when the webhook is gone", async () => {
  await using it = await bench({ status: 404, body: "no_service" });
  const failure = await failureOf(it.webhook.send(envelope, never));
  expect(failure).toMatchObject({ kind: "permanent", scope: "channel" });
});

it("posts, edits and deletes as a bot (methods/chat.postMessage, chat.update, chat.delete)", async () => {
  await using it = await bench(json({ ok: true, channel: "C1", ts: "1503435956.000247" }));
  const receipt = await it.bot.send(envelope, never);
  expect(receipt.remoteId).toBe("1503435956.000247");
  await it.bot.update?.(receipt, envelope, never);
  await it.bot.retract?.(receipt, never);
  expect(it.server.asked.map(({ path }) => path.split("?")[0])).toEqual([
    "/chat.postMessage",
    "/chat.getPermalink",
    "/chat.update",
    "/chat.delete",
  ]);
  expect(JSON.parse(it.server.asked[3]?.body ?? "")).toEqual({ channel: "C1", ts: "1503435956.000247" });
});

it("accepts that a message is already deleted", async () => {
  await using it = await bench(json({ ok: false, error: "message_not_found" }));
  await it.bot.retract?.({ remoteId: "1.2" }, never);
  expect(it.server.asked).toHaveLength(1);
});

it.each([
  ["token_revoked", "permanent", "channel"],
  ["not_in_channel", "permanent", "channel"],
  ["msg_too_long", "permanent", "recipient"],
  ["fatal_error", "uncertain", "recipient"],
  ["service_unavailable", "temporary", "channel"],
  ["ratelimited", "throttled", "channel"],
])("reads the word %s in an HTTP 200 as %s for the %s", async (error, kind, scope) => {
  await using it = await bench(json({ ok: false, error }));
  expect(await failureOf(it.bot.send(envelope, never))).toMatchObject({ code: error, kind, scope });
});

it("returns the address of its message, and finds it again by its mark (methods/chat.getPermalink, conversations.history)", async () => {
  const permalink = "https://news.slack.com/archives/C1/p1503435956000247";
  const mine = { ts: "1503435956.000247", metadata: { event_payload: { key: envelope.key } } };
  await using it = await bench(json({ ok: true, ts: mine.ts, permalink, messages: [{ ts: "1.0" }, mine] }));
  expect(await it.bot.send(envelope, never)).toEqual({ remoteId: mine.ts, url: permalink });
  expect(await it.bot.find?.(envelope, never)).toEqual({ remoteId: mine.ts, url: permalink });
  expect(await it.bot.find?.({ ...envelope, key: "other" }, never)).toBeNull();
  it.server.answer = () => json({ ok: false, error: "missing_scope" });
  expect(await failureOf(it.bot.find?.(envelope, never) ?? Promise.resolve())).toMatchObject({ code: "unsure" });
});

it("checks a webhook without posting", async () => {
  await using it = await bench({ status: 400, body: "no_text" });
  await it.webhook.check?.(never);
  expect(JSON.parse(it.server.asked[0]?.body ?? "")).toEqual({ text: "" });
  it.server.answer = () => ({ status: 404, body: "no_service" });
  expect(await failureOf(it.webhook.check?.(never) ?? Promise.resolve())).toMatchObject({
    kind: "permanent",
    scope: "channel",
  });
});
