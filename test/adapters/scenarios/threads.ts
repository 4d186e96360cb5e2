/** https://developers.facebook.com/docs/threads: a token of sixty days that is made young again every week. */

import { json, type Network } from "./network.ts";

const create = "POST /v1.0/me/threads";
const publish = "POST /v1.0/me/threads_publish";
const permalink = "https://www.threads.com/@news/post/abc";
const finished = json(200, { status: "FINISHED", id: "1" });
const no = (status: number, code: number, message: string, more: object = {}) =>
  json(status, { error: { message, type: "OAuthException", code, fbtrace_id: "A", ...more } });

export default {
  name: "threads",
  docs: "https://developers.facebook.com/docs/",
  settings: (api) => ({ api, token: "t0", picture: true }),
  publishes: publish,
  usual: {
    "GET /refresh_access_token": no(400, 100, "Invalid parameter"),
    [create]: json(200, { id: "1" }),
    "GET /v1.0/1": finished,
    [publish]: json(200, { id: "101" }),
    "GET /v1.0/101": json(200, { permalink, id: "101" }),
  },
  receipt: { remoteId: "7" },
  scenarios: {
    "it is created": {
      page: "threads/posts#single-thread-posts",
      answers: {},
      outcome: { remoteId: "101", url: permalink },
      asked: ["GET /refresh_access_token", create, "GET /v1.0/1", publish, "GET /v1.0/101"],
    },
    "it is refused as invalid": {
      page: "threads/troubleshooting",
      answers: { [create]: no(400, 100, "Param text must be at most 500 characters long.") },
      outcome: { kind: "permanent", scope: "recipient", status: 400 },
    },
    "its token has expired": {
      page: "threads/get-started/long-lived-tokens",
      answers: {
        "GET /refresh_access_token": json(200, { access_token: "t1", token_type: "bearer", expires_in: 5_183_944 }),
        [create]: ({ body }) =>
          new URLSearchParams(body).get("access_token") === "t1"
            ? json(200, { id: "1" })
            : no(400, 190, "Error validating access token: Session has expired"),
      },
      outcome: { remoteId: "101" },
      asked: ["GET /refresh_access_token", create, "GET /v1.0/1", publish, "GET /v1.0/101"],
    },
    "it comes too often": {
      page: "graph-api/guides/error-handling",
      answers: { [publish]: no(400, 613, "Calls to this api have exceeded the rate limit.") },
      outcome: { kind: "throttled" },
    },
    "the server is out of order": {
      page: "graph-api/guides/error-handling",
      answers: { [publish]: no(500, 2, "An unexpected error has occurred.", { is_transient: true }) },
      outcome: { kind: "temporary" },
    },
    "the answer times out after the body went out": {
      page: "threads/posts#single-thread-posts",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate":
      "Threads takes the same text as often as it comes; a post is found by its words among the latest.",
    "it is edited": {
      // By what `--replace` asks for: there is no edit.
      page: "threads/posts/delete-posts",
      answers: { "DELETE /v1.0/7": json(200, { success: true, deleted_id: "7" }) },
      outcome: { remoteId: "101" },
      asked: ["GET /refresh_access_token", "DELETE /v1.0/7", create, "GET /v1.0/1", publish, "GET /v1.0/101"],
    },
    "it is deleted": {
      page: "threads/posts/delete-posts",
      answers: { "DELETE /v1.0/7": json(200, { success: true, deleted_id: "7" }) },
      outcome: {},
      asked: ["GET /refresh_access_token", "DELETE /v1.0/7"],
    },
    "its picture is too large": {
      page: "threads/troubleshooting#publishing-does-not-return-a-media-id",
      answers: {
        [create]: ({ body }) => json(200, { id: new URLSearchParams(body).get("media_type") === "IMAGE" ? "2" : "1" }),
        "GET /v1.0/2": json(200, { status: "ERROR", id: "2", error_message: "UNKNOWN" }),
      },
      outcome: { remoteId: "101" },
      asked: ["GET /refresh_access_token", ...[create, "GET /v1.0/2", create, "GET /v1.0/1", publish, "GET /v1.0/101"]],
    },
  },
} satisfies Network;
