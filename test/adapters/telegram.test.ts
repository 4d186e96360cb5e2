/** Telegram's Bot API as https://core.telegram.org/bots/api describes it. */

import { expect, it } from "vitest";
import telegram from "#adapters/telegram.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope } from "#core/adapter.ts";

const token = "12345:s3cret";
const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });
const refused = (status: number, description: string) => json(status, { ok: false, error_code: status, description });
const sent = json(200, { ok: true, result: { message_id: 7, chat: { id: -100, username: "news" } } });
const envelope = anEnvelope("note");
const bodyOf = (asked: Asked | undefined) => JSON.parse(asked?.body ?? "null");

async function bench(answer: (asked: Asked) => Answer, settings: object = {}) {
  const server = await openScriptedServer(answer);
  const transport = await openChannel(telegram, { api: server.url, token, chat: "@news", ...settings });
  return { server, transport, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function withPicture(): Envelope<"note"> {
  const { card } = envelope.rendition;
  const image = { url: "https://example.org/a.png", alt: "A rider" };
  return { ...envelope, rendition: { ...envelope.rendition, card: { ...card, image } } };
}

it("sends plain text with a link preview, and returns the message's address (#sendmessage)", async () => {
  await using it = await bench(() => sent);
  expect(await it.transport.send(envelope, never)).toEqual({ remoteId: "7", url: "https://t.me/news/7" });
  expect(it.server.asked[0]?.path).toBe(`/bot${token}/sendMessage`);
  const body = bodyOf(it.server.asked[0]);
  expect(body).toMatchObject({ chat_id: "@news", link_preview_options: { url: envelope.rendition.url } });
  expect(body).not.toHaveProperty("parse_mode");
});

it("waits as long as the body says (#responseparameters)", async () => {
  await using it = await bench(() => json(429, { ok: false, error_code: 429, parameters: { retry_after: 35 } }));
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "throttled", retryAfter: 35_000 });
});

it("stops the channel if the bot was removed from the chat or its token is invalid", async () => {
  for (const status of [401, 403]) {
    await using it = await bench(() => refused(status, "Forbidden: bot was kicked from the channel chat"));
    const failure = await failureOf(it.transport.send(envelope, never));
    expect(failure).toMatchObject({ kind: "permanent", scope: "channel" });
    expect(JSON.stringify(failure)).not.toContain(token);
  }
});

it("shows the picture above a caption of at most 1024, and edits that caption (#sendphoto, #editmessagecaption)", async () => {
  await using it = await bench(() => sent, { photo: true });
  expect(await it.transport.limits?.(never)).toEqual({ maxLength: 1024 });
  const receipt = await it.transport.send(withPicture(), never);
  await it.transport.update?.(receipt, withPicture(), never);
  expect(it.server.asked.map(({ path }) => path.split("/").at(-1))).toEqual(["sendPhoto", "editMessageCaption"]);
  expect(bodyOf(it.server.asked[1])).toMatchObject({ message_id: 7, caption: envelope.rendition.text });
});

it("sends the text alone when the picture is too large (#sending-files)", async () => {
  const tooLarge = refused(400, "Bad Request: file is too big");
  await using it = await bench(({ path }) => (path.endsWith("sendPhoto") ? tooLarge : sent), { photo: true });
  expect(await it.transport.send(withPicture(), never)).toMatchObject({ remoteId: "7" });
});

it("does not send the text when the picture is uncertain", async () => {
  await using it = await bench(() => "drop", { photo: true });
  expect(await failureOf(it.transport.send(withPicture(), never))).toMatchObject({ kind: "uncertain" });
  expect(it.server.asked).toHaveLength(1);
});

it("edits in place, and accepts an edit that changes nothing (#editmessagetext)", async () => {
  await using it = await bench(() => sent);
  const receipt = await it.transport.send(envelope, never);
  expect(await it.transport.update?.(receipt, envelope, never)).toEqual(receipt);
  it.server.answer = () => refused(400, "Bad Request: message is not modified: specified new message content");
  expect(await it.transport.update?.(receipt, envelope, never)).toEqual(receipt);
});

it("deletes, also twice, and reports if it is not allowed (#deletemessage)", async () => {
  await using it = await bench(() => json(200, { ok: true, result: true }));
  await it.transport.retract?.({ remoteId: "7" }, never);
  expect(bodyOf(it.server.asked[0])).toEqual({ chat_id: "@news", message_id: 7 });
  it.server.answer = () => refused(400, "Bad Request: message to delete not found");
  await it.transport.retract?.({ remoteId: "7" }, never);
  it.server.answer = () => refused(400, "Bad Request: message can't be deleted");
  const failure = await failureOf(it.transport.retract?.({ remoteId: "7" }, never) ?? Promise.resolve());
  expect(failure.kind).toBe("permanent");
});

it("counts UTF-16 units (#messageentity)", () => {
  expect(telegram.measure?.("a👩‍👩‍👧")).toBe(9);
});
