/** https://docs.x.com: the keys of OAuth 1.0a have no end; they are revoked. */

import { json, type Network } from "./network.ts";

const created = json(201, { data: { id: "1445880548472328192", text: "Hello" } });
const problem = (status: number, title: string, detail: string, headers: Record<string, string> = {}) =>
  json(status, { title, detail, type: "about:blank", status }, headers);

export default {
  name: "x",
  docs: "https://docs.x.com/",
  settings: (api) => ({
    ...{ api, consumerKey: "key", consumerSecret: "s3cret", accessToken: "token", accessSecret: "s3cret" },
    picture: true,
  }),
  publishes: "POST /2/tweets",
  usual: { "POST /2/tweets": created },
  receipt: { remoteId: "7" },
  scenarios: {
    "it is created": {
      page: "x-api/posts/create-post",
      answers: {},
      outcome: { remoteId: "1445880548472328192", url: "https://x.com/i/web/status/1445880548472328192" },
      asked: ["POST /2/tweets"],
      body: { text: "Hello https://example.org/blog/hello/" },
    },
    "it is refused as invalid": {
      page: "x-api/fundamentals/response-codes-and-errors",
      answers: { "POST /2/tweets": problem(400, "Invalid Request", "Your Tweet text is too long.") },
      outcome: { kind: "permanent", scope: "recipient", status: 400 },
    },
    "its token has expired": {
      page: "x-api/fundamentals/response-codes-and-errors",
      answers: { "POST /2/tweets": problem(401, "Unauthorized", "Unauthorized") },
      outcome: { kind: "permanent", scope: "channel", status: 401 },
    },
    "it comes too often": {
      page: "x-api/fundamentals/rate-limits",
      answers: {
        "POST /2/tweets": problem(429, "Too Many Requests", "Too Many Requests", {
          "x-rate-limit-limit": "100",
          "x-rate-limit-remaining": "0",
          "x-rate-limit-reset": String(Date.parse("2026-01-05T09:15:00Z") / 1000),
        }),
      },
      outcome: { kind: "throttled", retryAfter: 900_000 },
    },
    "the server is out of order": {
      page: "x-api/fundamentals/response-codes-and-errors",
      answers: { "POST /2/tweets": problem(503, "Service Unavailable", "Service Unavailable") },
      outcome: { kind: "temporary", status: 503 },
    },
    "the answer times out after the body went out": {
      page: "x-api/posts/create-post",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": {
      page: "x-api/fundamentals/response-codes-and-errors",
      answers: {
        "POST /2/tweets": problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content."),
      },
      outcome: { kind: "permanent", scope: "recipient", code: "duplicate" },
    },
    "it is edited": {
      // By what `--replace` asks for: the API's own edit is a new post, too, and only for half an hour.
      page: "x-api/posts/delete-post",
      answers: { "DELETE /2/tweets/7": json(200, { data: { deleted: true } }) },
      outcome: { remoteId: "1445880548472328192" },
      asked: ["DELETE /2/tweets/7", "POST /2/tweets"],
    },
    "it is deleted": {
      page: "x-api/posts/delete-post",
      answers: { "DELETE /2/tweets/7": json(200, { data: { deleted: true } }) },
      outcome: {},
      asked: ["DELETE /2/tweets/7"],
    },
    "its picture is too large": {
      page: "x-api/media/upload-media",
      answers: { "POST /2/media/upload": problem(413, "Request Entity Too Large", "Image file size must be <= 5 MB") },
      outcome: { remoteId: "1445880548472328192" },
      asked: ["POST /2/media/upload", "POST /2/tweets"],
    },
  },
} satisfies Network;
