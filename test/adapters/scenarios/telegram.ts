/** https://core.telegram.org/bots/api: a bot's token has no end; it is revoked. Nothing tells one message from the same again. */

import { json, type Network } from "./network.ts";

const path = (method: string) => `POST /bot12345:s3cret/${method}`;
const message = json(200, { ok: true, result: { message_id: 7, chat: { id: -100, username: "news" } } });
const no = (status: number, description: string, more: object = {}) =>
  json(status, { ok: false, error_code: status, description, ...more });

export default {
  name: "telegram",
  docs: "https://core.telegram.org/bots/",
  settings: (api) => ({ api, token: "12345:s3cret", chat: "@news", photo: true }),
  publishes: path("sendMessage"),
  usual: { [path("sendMessage")]: message },
  receipt: { remoteId: "7", url: "https://t.me/news/7" },
  scenarios: {
    "it is created": {
      page: "api#sendmessage",
      answers: {},
      outcome: { remoteId: "7", url: "https://t.me/news/7" },
      asked: [path("sendMessage")],
      body: { chat_id: "@news", text: "Hello https://example.org/blog/hello/" },
    },
    "it is refused as invalid": {
      page: "api#making-requests",
      answers: { [path("sendMessage")]: no(400, "Bad Request: message is too long") },
      outcome: { kind: "permanent", scope: "recipient", status: 400 },
    },
    "its token has expired": {
      page: "api#authorizing-your-bot",
      answers: { [path("sendMessage")]: no(401, "Unauthorized") },
      outcome: { kind: "permanent", scope: "channel", status: 401 },
    },
    "it comes too often": {
      page: "api#responseparameters",
      answers: {
        [path("sendMessage")]: no(429, "Too Many Requests: retry after 35", { parameters: { retry_after: 35 } }),
      },
      outcome: { kind: "throttled", retryAfter: 35_000 },
    },
    "the server is out of order": {
      page: "api#making-requests",
      answers: { [path("sendMessage")]: no(502, "Bad Gateway") },
      outcome: { kind: "temporary", status: 502 },
    },
    "the answer times out after the body went out": {
      page: "api#sendmessage",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate":
      "The Bot API takes the same text as often as it comes, and lets no bot look for its own messages.",
    "it is edited": {
      page: "api#editmessagetext",
      answers: { [path("editMessageText")]: message },
      outcome: { remoteId: "7" },
      asked: [path("editMessageText")],
      body: { chat_id: "@news", message_id: 7 },
    },
    "it is deleted": {
      page: "api#deletemessage",
      answers: { [path("deleteMessage")]: json(200, { ok: true, result: true }) },
      outcome: {},
      asked: [path("deleteMessage")],
    },
    "its picture is too large": {
      page: "api#sending-files",
      answers: { [path("sendPhoto")]: no(400, "Bad Request: file is too big") },
      outcome: { remoteId: "7" },
      asked: [path("sendPhoto"), path("sendMessage")],
    },
  },
} satisfies Network;
