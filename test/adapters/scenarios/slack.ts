/** https://docs.slack.dev: a bot whose token is not rotated has one without end; it is revoked. */

import { json, type Network } from "./network.ts";

const ts = "1503435956.000247";
const permalink = "https://news.slack.com/archives/C1/p1503435956000247";
const no = (error: string) => json(200, { ok: false, error });

export default {
  name: "slack",
  docs: "https://docs.slack.dev/",
  settings: (api) => ({ api, token: "xoxb-s3cret", channel: "C1", picture: true }),
  publishes: "POST /chat.postMessage",
  usual: {
    "POST /chat.postMessage": json(200, { ok: true, channel: "C1", ts, message: { text: "Hello" } }),
    "GET /chat.getPermalink": json(200, { ok: true, channel: "C1", permalink }),
  },
  receipt: { remoteId: ts },
  scenarios: {
    "it is created": {
      page: "reference/methods/chat.postMessage",
      answers: {},
      outcome: { remoteId: ts, url: permalink },
      asked: ["POST /chat.postMessage", "GET /chat.getPermalink"],
    },
    "it is refused as invalid": {
      page: "reference/methods/chat.postMessage#errors",
      answers: { "POST /chat.postMessage": no("msg_too_long") },
      outcome: { kind: "permanent", scope: "recipient", code: "msg_too_long" },
    },
    "its token has expired": {
      page: "reference/methods/chat.postMessage#errors",
      answers: { "POST /chat.postMessage": no("token_expired") },
      outcome: { kind: "permanent", scope: "channel", code: "token_expired" },
    },
    "it comes too often": {
      page: "apis/web-api/rate-limits",
      answers: { "POST /chat.postMessage": json(429, { ok: false, error: "ratelimited" }, { "retry-after": "30" }) },
      outcome: { kind: "throttled", retryAfter: 30_000 },
    },
    "the server is out of order": {
      page: "reference/methods/chat.postMessage#errors",
      answers: { "POST /chat.postMessage": no("service_unavailable") },
      outcome: { kind: "temporary", code: "service_unavailable" },
    },
    "the answer times out after the body went out": {
      page: "reference/methods/chat.postMessage",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate":
      "Slack takes the same text as often as it comes; by our mark in its metadata a message is found.",
    "it is edited": {
      page: "reference/methods/chat.update",
      answers: { "POST /chat.update": json(200, { ok: true, channel: "C1", ts }) },
      outcome: { remoteId: ts },
      asked: ["POST /chat.update"],
      body: { channel: "C1", ts },
    },
    "it is deleted": {
      page: "reference/methods/chat.delete",
      answers: { "POST /chat.delete": json(200, { ok: true, channel: "C1", ts }) },
      outcome: {},
      asked: ["POST /chat.delete"],
      body: { channel: "C1", ts },
    },
    "its picture is too large": {
      // Slack fetches it itself, and calls one that it can't show an invalid block.
      page: "reference/block-kit/blocks/image-block",
      answers: {
        "POST /chat.postMessage": ({ body }) =>
          body.includes("image_url") ? no("invalid_blocks") : json(200, { ok: true, channel: "C1", ts }),
      },
      outcome: { remoteId: ts },
      asked: ["POST /chat.postMessage", "POST /chat.postMessage", "GET /chat.getPermalink"],
    },
  },
} satisfies Network;
