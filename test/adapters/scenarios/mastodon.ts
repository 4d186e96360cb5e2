/** https://docs.joinmastodon.org: an access token has no end; it is revoked. */

import { json, type Network } from "./network.ts";

const status = { id: "103254962155278888", url: "https://m.example/@news/103254962155278888", media_attachments: [] };

export default {
  name: "mastodon",
  docs: "https://docs.joinmastodon.org/",
  settings: (server) => ({ server, token: "s3cret-token", picture: true }),
  publishes: "POST /api/v1/statuses",
  usual: {
    "POST /api/v1/statuses": json(200, status),
    "GET /api/v2/instance": json(200, { configuration: { statuses: { max_characters: 500 } } }),
    "GET /api/v1/statuses/7": json(200, { id: "7", media_attachments: [] }),
  },
  receipt: { remoteId: "7" },
  scenarios: {
    "it is created": {
      page: "methods/statuses/#200-ok",
      answers: {},
      outcome: { remoteId: status.id, url: status.url },
      asked: ["POST /api/v1/statuses"],
      body: { language: "en" },
    },
    "it is refused as invalid": {
      page: "methods/statuses/#422-unprocessable-entity",
      answers: { "POST /api/v1/statuses": json(422, { error: "Validation failed: Text can't be blank" }) },
      outcome: { kind: "permanent", scope: "recipient", status: 422 },
    },
    "its token has expired": {
      page: "methods/statuses/#401-unauthorized",
      answers: { "POST /api/v1/statuses": json(401, { error: "The access token is invalid" }) },
      outcome: { kind: "permanent", scope: "channel", status: 401 },
    },
    "it comes too often": {
      page: "api/rate-limits/",
      answers: {
        "POST /api/v1/statuses": json(
          429,
          { error: "Too many requests" },
          { "x-ratelimit-limit": "300", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-01-05T09:04:00.000Z" },
        ),
      },
      outcome: { kind: "throttled", retryAfter: 240_000 },
    },
    "the server is out of order": {
      page: "entities/Error/",
      answers: { "POST /api/v1/statuses": json(503, { error: "Remote data could not be fetched" }) },
      outcome: { kind: "temporary", status: 503 },
    },
    "the answer times out after the body went out": {
      page: "methods/statuses/#create",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": {
      // The same key within the hour: the answer is the status that is there.
      page: "methods/statuses/#headers",
      answers: {
        "POST /api/v1/statuses": ({ headers }) =>
          headers["idempotency-key"]?.length === 64 ? json(200, status) : json(422, { error: "no key" }),
      },
      outcome: { remoteId: status.id },
    },
    "it is edited": {
      page: "methods/statuses/#edit",
      answers: { "PUT /api/v1/statuses/7": json(200, { ...status, id: "7", edited_at: "2026-01-05T09:00:00.000Z" }) },
      outcome: { remoteId: "7" },
      asked: ["GET /api/v1/statuses/7", "PUT /api/v1/statuses/7"],
      body: { status: "Hello https://example.org/blog/hello/" },
    },
    "it is deleted": {
      page: "methods/statuses/#delete",
      answers: { "DELETE /api/v1/statuses/7": json(200, { ...status, id: "7", text: "Hello" }) },
      outcome: {},
      asked: ["DELETE /api/v1/statuses/7"],
    },
    "its picture is too large": {
      page: "methods/media/#422-unprocessable-entity",
      answers: {
        "POST /api/v2/media": json(422, { error: "Validation failed: File file size must be less than 16 MB" }),
      },
      outcome: { remoteId: status.id },
      asked: ["GET /api/v2/instance", "POST /api/v2/media", "POST /api/v1/statuses"],
    },
  },
} satisfies Network;
