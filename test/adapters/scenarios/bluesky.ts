/** https://docs.bsky.app and https://atproto.com: a session of two hours, from an app password. A real server is in `test/peers`. */

import { recordKey } from "#adapters/bluesky/record-key.ts";
import { anEnvelope } from "#contract/samples.ts";
import { json, type Network } from "./network.ts";

const call = (method: string, verb = "POST") => `${verb} /xrpc/com.atproto.${method}`;
const put = call("repo.putRecord");
const login = call("server.createSession");
const did = "did:plc:abc";
const rkey = recordKey(anEnvelope("note"));
const uri = `at://${did}/app.bsky.feed.post/${rkey}`;
const written = json(200, { uri, cid: "bafyreibjifzpqj6o6wcq3hejh7y4z4z2vmiklkvykc57tw3pcbx3kxifpm" });
const session = (access: string) =>
  json(200, { did, handle: "news.example.org", accessJwt: access, refreshJwt: "refresh" });
const no = (status: number, error: string, message: string, headers: Record<string, string> = {}) =>
  json(status, { error, message }, headers);

export default {
  name: "bluesky",
  docs: "https://",
  settings: (service) => ({ service, identifier: "news.example.org", password: "s3cret" }),
  publishes: put,
  usual: { [login]: session("access-1"), [put]: written },
  receipt: { remoteId: uri },
  scenarios: {
    "it is created": {
      page: "docs.bsky.app/docs/api/com-atproto-repo-put-record",
      answers: {},
      outcome: { remoteId: uri, url: `https://bsky.app/profile/${did}/post/${rkey}` },
      asked: [login, put],
      body: { repo: did, collection: "app.bsky.feed.post", rkey },
    },
    "it is refused as invalid": {
      page: "docs.bsky.app/docs/api/com-atproto-repo-put-record#responses",
      answers: { [put]: no(400, "InvalidRequest", "Record/text must not be longer than 300 graphemes") },
      outcome: { kind: "permanent", scope: "recipient", status: 400 },
    },
    "its token has expired": {
      page: "docs.bsky.app/docs/api/com-atproto-server-refresh-session",
      answers: {
        [put]: ({ headers }) =>
          headers.authorization === "Bearer access-2" ? written : no(400, "ExpiredToken", "Token has expired"),
        [call("server.refreshSession")]: ({ headers }) =>
          headers.authorization === "Bearer refresh" ? session("access-2") : no(400, "InvalidToken", "No"),
      },
      outcome: { remoteId: uri },
      asked: [login, put, call("server.refreshSession"), put],
    },
    "it comes too often": {
      page: "docs.bsky.app/docs/advanced-guides/rate-limits",
      answers: {
        [put]: no(429, "RateLimitExceeded", "Rate Limit Exceeded", {
          "ratelimit-limit": "5000",
          "ratelimit-remaining": "0",
          "ratelimit-reset": String(Date.parse("2026-01-05T09:10:00Z") / 1000),
        }),
      },
      outcome: { kind: "throttled", retryAfter: 600_000 },
    },
    "the server is out of order": {
      page: "atproto.com/specs/xrpc#summary-http-status-codes",
      answers: { [put]: no(502, "UpstreamFailure", "Upstream Failure") },
      outcome: { kind: "temporary", status: 502 },
    },
    "the answer times out after the body went out": {
      page: "docs.bsky.app/docs/api/com-atproto-repo-put-record",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": {
      // The key is the delivery's own: the same record again changes nothing, and the answer is the one that is there.
      page: "atproto.com/specs/record-key",
      answers: {},
      outcome: { remoteId: uri },
      asked: [login, put],
    },
    "it is edited": {
      page: "docs.bsky.app/docs/api/com-atproto-repo-put-record",
      answers: { [call("repo.getRecord", "GET")]: written },
      outcome: { remoteId: uri },
      asked: [login, call("repo.getRecord", "GET"), put],
      body: { rkey },
    },
    "it is deleted": {
      page: "docs.bsky.app/docs/api/com-atproto-repo-delete-record",
      answers: { [call("repo.deleteRecord")]: json(200, {}) },
      outcome: {},
      asked: [login, call("repo.deleteRecord")],
      body: { rkey },
    },
    "its picture is too large": {
      page: "docs.bsky.app/docs/api/com-atproto-repo-upload-blob",
      answers: { [call("repo.uploadBlob")]: no(413, "PayloadTooLarge", "request entity too large") },
      outcome: { remoteId: uri },
      asked: [login, call("repo.uploadBlob"), put],
    },
  },
} satisfies Network;
