/** https://www.reddit.com/dev/api and its wiki: tokens of an hour, from one that stays. */

import { json, type Network } from "./network.ts";

const token = "POST /api/v1/access_token";
const submit = "POST /api/submit";
const url = "https://www.reddit.com/r/news/comments/abc/hello/";
const submitted = json(200, { json: { errors: [], data: { url, id: "abc", name: "t3_abc" } } });
const no = (code: string, said: string, more: object = {}) =>
  json(200, { json: { errors: [[code, said, "url"]], ...more } });

export default {
  name: "reddit",
  docs: "https://",
  settings: (server) => ({
    ...{ subreddit: "news", username: "news_bot", clientId: "id", clientSecret: "s3cret" },
    ...{ refreshToken: "r1", api: server, login: server },
  }),
  publishes: submit,
  usual: { [token]: json(200, { access_token: "t1", token_type: "bearer", expires_in: 3600 }), [submit]: submitted },
  receipt: { remoteId: "t3_7" },
  scenarios: {
    "it is created": {
      page: "www.reddit.com/dev/api#POST_api_submit",
      answers: {},
      outcome: { remoteId: "t3_abc", url },
      asked: [token, submit],
      body: { kind: "link", sr: "news", title: "Hello", url: "https://example.org/blog/hello/" },
    },
    "it is refused as invalid": {
      page: "github.com/reddit-archive/reddit/blob/master/r2/r2/lib/errors.py",
      answers: { [submit]: no("TOO_LONG", "this is too long (max: 300)") },
      outcome: { kind: "permanent", scope: "recipient", code: "TOO_LONG" },
    },
    "its token has expired": {
      page: "github.com/reddit-archive/reddit/wiki/OAuth2#refreshing-the-token",
      answers: {
        [token]: ({ body }) =>
          new URLSearchParams(body).get("grant_type") === "refresh_token"
            ? json(200, { access_token: "t2", token_type: "bearer", expires_in: 3600 })
            : json(400, { error: "invalid_grant" }),
        [submit]: ({ headers }) =>
          headers.authorization === "Bearer t2" ? submitted : json(401, { message: "Unauthorized", error: 401 }),
      },
      outcome: { remoteId: "t3_abc" },
      asked: [token, submit],
    },
    "it comes too often": {
      page: "support.reddithelp.com/hc/en-us/articles/16160319875092-Reddit-Data-API-Wiki",
      answers: {
        [submit]: json(
          429,
          { message: "Too Many Requests", error: 429 },
          { "x-ratelimit-used": "100", "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "120" },
        ),
      },
      outcome: { kind: "throttled", retryAfter: 120_000 },
    },
    "the server is out of order": {
      page: "github.com/reddit-archive/reddit/wiki/API",
      answers: { [submit]: json(503, { message: "Service Unavailable", error: 503 }) },
      outcome: { kind: "temporary", status: 503 },
    },
    "the answer times out after the body went out": {
      page: "www.reddit.com/dev/api#POST_api_submit",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": {
      page: "github.com/reddit-archive/reddit/blob/master/r2/r2/lib/errors.py",
      answers: { [submit]: no("ALREADY_SUB", "that link has already been submitted") },
      outcome: { kind: "permanent", scope: "recipient", code: "duplicate" },
    },
    "it is edited": {
      // By what `--replace` asks for: of a link's title there is no edit.
      page: "www.reddit.com/dev/api#POST_api_del",
      answers: { "POST /api/del": json(200, {}) },
      outcome: { remoteId: "t3_abc" },
      asked: [token, "POST /api/del", submit],
      body: { resubmit: "true" },
    },
    "it is deleted": {
      page: "www.reddit.com/dev/api#POST_api_del",
      answers: { "POST /api/del": json(200, {}) },
      outcome: {},
      asked: [token, "POST /api/del"],
      body: { id: "t3_7" },
    },
    "its picture is too large": "Nothing is uploaded: Reddit makes its card from the page.",
  },
} satisfies Network;
