/** https://learn.microsoft.com/linkedin: the posts API of an organisation, with a refresh token. */

import { json, type Network } from "./network.ts";

const urn = "urn:li:share:6844785523593134080";
const created = { status: 201, headers: { "x-restli-id": urn } };
const post = `/rest/posts/${encodeURIComponent(urn)}`;
const refused = (status: number, code: string, message: string, more: object = {}) =>
  json(status, { status, code, message, ...more });

export default {
  name: "linkedin",
  docs: "https://learn.microsoft.com/en-us/linkedin/",
  settings: (server) => ({
    ...{ author: "urn:li:organization:5515715", token: "t1", api: server, login: server },
    ...{ refreshToken: "r1", clientId: "id", clientSecret: "s3cret" },
  }),
  publishes: "POST /rest/posts",
  usual: { "POST /rest/posts": created },
  receipt: { remoteId: urn },
  scenarios: {
    "it is created": {
      page: "marketing/community-management/shares/posts-api#create-a-post",
      answers: {},
      outcome: { remoteId: urn, url: `https://www.linkedin.com/feed/update/${urn}` },
      asked: ["POST /rest/posts"],
      body: { lifecycleState: "PUBLISHED", content: { article: { title: "Hello" } } },
    },
    "it is refused as invalid": {
      page: "shared/api-guide/concepts/error-handling",
      answers: { "POST /rest/posts": refused(422, "UNPROCESSABLE_ENTITY", "ERROR :: /commentary :: too long") },
      outcome: { kind: "permanent", scope: "recipient", status: 422 },
    },
    "its token has expired": {
      page: "shared/authentication/programmatic-refresh-tokens",
      answers: {
        "POST /rest/posts": ({ headers }) =>
          headers.authorization === "Bearer t2"
            ? created
            : refused(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", {
                serviceErrorCode: 65_602,
              }),
        "POST /oauth/v2/accessToken": json(200, {
          ...{ access_token: "t2", expires_in: 5_184_000, refresh_token: "r2", refresh_token_expires_in: 439_200 },
        }),
      },
      outcome: { remoteId: urn },
      asked: ["POST /rest/posts", "POST /oauth/v2/accessToken", "POST /rest/posts"],
    },
    "it comes too often": {
      page: "shared/api-guide/concepts/rate-limits",
      answers: { "POST /rest/posts": refused(429, "TOO_MANY_REQUESTS", "Resource level throttle limit reached") },
      outcome: { kind: "throttled", status: 429 },
    },
    "the server is out of order": {
      page: "shared/api-guide/concepts/error-handling",
      answers: { "POST /rest/posts": refused(504, "GATEWAY_TIMEOUT", "The request took too long") },
      outcome: { kind: "temporary", status: 504 },
    },
    "the answer times out after the body went out": {
      page: "marketing/community-management/shares/posts-api#create-a-post",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": {
      page: "marketing/community-management/shares/posts-api#create-a-post",
      answers: {
        "POST /rest/posts": json(422, {
          message: `Content is a duplicate of ${urn}`,
          errorDetails: { code: "DUPLICATE_POST" },
        }),
      },
      outcome: { kind: "permanent", scope: "recipient", code: "duplicate" },
    },
    "it is edited": {
      page: "marketing/community-management/shares/posts-api#update-posts",
      answers: { [`POST ${post}`]: { status: 204 } },
      outcome: { remoteId: urn },
      asked: [`POST ${post}`],
      body: { patch: { $set: { commentary: "Hello https://example.org/blog/hello/" } } },
    },
    "it is deleted": {
      page: "marketing/community-management/shares/posts-api#delete-posts",
      answers: { [`DELETE ${post}`]: { status: 204 } },
      outcome: {},
      asked: [`DELETE ${post}`],
    },
    "its picture is too large": {
      page: "marketing/community-management/shares/images-api#upload-an-image",
      answers: {
        "POST /rest/images": ({ headers }) =>
          json(200, { value: { uploadUrl: `http://${headers.host}/dms-uploads/1`, image: "urn:li:image:C4E10" } }),
        "PUT /dms-uploads/1": { status: 413 },
      },
      outcome: { remoteId: urn },
      asked: ["POST /rest/images", "PUT /dms-uploads/1", "POST /rest/posts"],
    },
  },
} satisfies Network;
