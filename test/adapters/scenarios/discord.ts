/** https://docs.discord.com: a webhook has no end; it is deleted. Its messages carry nothing that could be told apart. */

import { json, type Network } from "./network.ts";

const webhook = "/api/webhooks/1/s3cret";
const created = json(200, { id: "77", channel_id: "8" });

export default {
  name: "discord",
  docs: "https://docs.discord.com/developers/",
  settings: (server) => ({ url: `${server}${webhook}`, picture: true }),
  publishes: `POST ${webhook}`,
  usual: { [`POST ${webhook}`]: created, [`GET ${webhook}`]: json(200, { guild_id: "5" }) },
  receipt: { remoteId: "77" },
  scenarios: {
    "it is created": {
      page: "resources/webhook#execute-webhook",
      answers: {},
      outcome: { remoteId: "77", url: "https://discord.com/channels/5/8/77" },
      asked: [`POST ${webhook}`, `GET ${webhook}`],
    },
    "it is refused as invalid": {
      page: "reference#error-messages",
      answers: {
        [`POST ${webhook}`]: json(400, {
          code: 50_035,
          message: "Invalid Form Body",
          errors: { content: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH" }] } },
        }),
      },
      outcome: { kind: "permanent", scope: "recipient", status: 400 },
    },
    "its token has expired": {
      page: "topics/opcodes-and-status-codes#json-json-error-codes",
      answers: { [`POST ${webhook}`]: json(401, { message: "Invalid Webhook Token", code: 50_027 }) },
      outcome: { kind: "permanent", scope: "channel", status: 401 },
    },
    "it comes too often": {
      page: "topics/rate-limits#exceeding-a-rate-limit",
      answers: {
        [`POST ${webhook}`]: json(429, {
          message: "You are being rate limited.",
          retry_after: 64.57,
          global: false,
        }),
      },
      outcome: { kind: "throttled", retryAfter: 65_000 },
    },
    "the server is out of order": {
      page: "topics/opcodes-and-status-codes#http",
      answers: { [`POST ${webhook}`]: { status: 502 } },
      outcome: { kind: "temporary", status: 502 },
    },
    "the answer times out after the body went out": {
      page: "resources/webhook#execute-webhook",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": "A webhook takes the same text as often as it comes; `enforce_nonce` is for bots alone.",
    "it is edited": {
      page: "resources/webhook#edit-webhook-message",
      answers: { [`PATCH ${webhook}/messages/77`]: created },
      outcome: { remoteId: "77" },
      asked: [`PATCH ${webhook}/messages/77`],
      body: { allowed_mentions: { parse: [] } },
    },
    "it is deleted": {
      page: "resources/webhook#delete-webhook-message",
      answers: { [`DELETE ${webhook}/messages/77`]: { status: 204 } },
      outcome: {},
      asked: [`DELETE ${webhook}/messages/77`],
    },
    "its picture is too large": {
      page: "reference#uploading-files",
      answers: {
        [`POST ${webhook}`]: ({ headers }) =>
          headers["content-type"]?.startsWith("multipart")
            ? json(413, { message: "Request entity too large", code: 40_005 })
            : created,
      },
      outcome: { remoteId: "77" },
      asked: [`POST ${webhook}`, `POST ${webhook}`, `GET ${webhook}`],
    },
  },
} satisfies Network;
