/** https://www.standardwebhooks.com: what a receiver may answer. Its secret has no end. */

import { json, type Network } from "./network.ts";

const page = "blob/main/spec/standard-webhooks.md";

export default {
  name: "webhook",
  docs: "https://github.com/standard-webhooks/standard-webhooks/",
  settings: (url) => ({
    url: `${url}/hook`,
    secret: `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`,
    changes: true,
  }),
  publishes: "POST /hook",
  usual: { "POST /hook": { status: 204 } },
  receipt: { remoteId: "msg_1" },
  scenarios: {
    "it is created": {
      page: `${page}#payload-structure`,
      answers: {},
      outcome: { response: "HTTP 204" },
      asked: ["POST /hook"],
      body: { type: "post.published", data: { url: "https://example.org/blog/hello/" } },
    },
    "it is refused as invalid": {
      page: `${page}#webhook-headers-sent-to-consumers`,
      answers: { "POST /hook": json(422, { error: "no such field" }) },
      outcome: { kind: "permanent", scope: "recipient", status: 422 },
    },
    "its token has expired": {
      page: `${page}#verifying-webhook-authenticity`,
      answers: { "POST /hook": { status: 401 } },
      outcome: { kind: "permanent", scope: "channel", status: 401 },
    },
    "it comes too often": {
      page: `${page}#deliverability-and-reliability`,
      answers: { "POST /hook": { status: 429, headers: { "retry-after": "90" } } },
      outcome: { kind: "throttled", retryAfter: 90_000 },
    },
    "the server is out of order": {
      page: `${page}#deliverability-and-reliability`,
      answers: { "POST /hook": { status: 502 } },
      outcome: { kind: "temporary", status: 502 },
    },
    "the answer times out after the body went out": {
      page: `${page}#deliverability-and-reliability`,
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": "The message has the same id as before: a receiver that keeps them says yes and does nothing.",
    "it is edited": {
      page: `${page}#event-types`,
      answers: {},
      outcome: { remoteId: "msg_1" },
      body: { type: "post.updated" },
    },
    "it is deleted": {
      page: `${page}#event-types`,
      answers: {},
      outcome: {},
      body: { type: "post.withdrawn", data: { message: "msg_1" } },
    },
    "its picture is too large": "Nothing is uploaded: the receiver gets the picture's address and description.",
  },
} satisfies Network;
