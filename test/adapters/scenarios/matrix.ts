/** https://spec.matrix.org: the client-server API, with a refresh token. */

import { anEnvelope } from "#contract/samples.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { json, type Network } from "./network.ts";

const { key, rendition } = anEnvelope("note");
const room = `/_matrix/client/v3/rooms/${encodeURIComponent("!r:example.org")}`;
const send = `PUT ${room}/send/m.room.message/${key}`;
const edit = `${send}-${rendition.revision}`;
const redact = `PUT ${room}/redact/%241/${sha256("redact\n$1")}`;
const event = json(200, { event_id: "$YUwRidLecu:example.org" });
const no = (status: number, errcode: string, error: string, more: object = {}) =>
  json(status, { errcode, error, ...more });

export default {
  name: "matrix",
  docs: "https://spec.matrix.org/latest/client-server-api/",
  settings: (server) => ({ server, token: "t1", refreshToken: "r1", room: "!r:example.org", picture: true }),
  publishes: send,
  usual: { [send]: event },
  receipt: { remoteId: "$1" },
  scenarios: {
    "it is created": {
      page: "#put_matrixclientv3roomsroomidsendeventtypetxnid",
      answers: {},
      outcome: { remoteId: "$YUwRidLecu:example.org" },
      asked: [send],
      body: { msgtype: "m.text", body: "Hello https://example.org/blog/hello/" },
    },
    "it is refused as invalid": {
      page: "#standard-error-response",
      answers: { [send]: no(400, "M_BAD_JSON", "body must be a string") },
      outcome: { kind: "permanent", scope: "recipient", status: 400 },
    },
    "its token has expired": {
      page: "#refreshing-access-tokens",
      answers: {
        [send]: ({ headers }) =>
          headers.authorization === "Bearer t2"
            ? event
            : no(401, "M_UNKNOWN_TOKEN", "Access token has expired", { soft_logout: true }),
        "POST /_matrix/client/v3/refresh": json(200, {
          ...{ access_token: "t2", expires_in_ms: 60_000, refresh_token: "r2" },
        }),
      },
      outcome: { remoteId: "$YUwRidLecu:example.org" },
      asked: [send, "POST /_matrix/client/v3/refresh", send],
    },
    "it comes too often": {
      page: "#rate-limiting",
      answers: { [send]: no(429, "M_LIMIT_EXCEEDED", "Too many requests", { retry_after_ms: 2000 }) },
      outcome: { kind: "throttled", retryAfter: 2000 },
    },
    "the server is out of order": {
      page: "#other-error-codes",
      answers: { [send]: no(500, "M_UNKNOWN", "Internal server error") },
      outcome: { kind: "temporary", status: 500 },
    },
    "the answer times out after the body went out": {
      page: "#put_matrixclientv3roomsroomidsendeventtypetxnid",
      answers: {},
      outcome: { kind: "uncertain", scope: "recipient" },
    },
    "it is a duplicate": {
      // The same transaction of the same device: the answer is the event that is there.
      page: "#transaction-identifiers",
      answers: {},
      outcome: { remoteId: "$YUwRidLecu:example.org" },
      asked: [send],
    },
    "it is edited": {
      page: "#event-replacements",
      answers: { [edit]: event },
      outcome: { remoteId: "$1" },
      asked: [edit],
      body: { "m.relates_to": { rel_type: "m.replace", event_id: "$1" } },
    },
    "it is deleted": {
      page: "#put_matrixclientv3roomsroomidredacteventidtxnid",
      answers: { [redact]: event },
      outcome: {},
      asked: [redact],
    },
    "its picture is too large": {
      page: "#post_matrixmediav3upload",
      answers: { "POST /_matrix/media/v3/upload": no(413, "M_TOO_LARGE", "Cannot upload files larger than 10mb") },
      outcome: { remoteId: "$YUwRidLecu:example.org" },
      asked: ["POST /_matrix/media/v3/upload", send],
      body: { msgtype: "m.text" },
    },
  },
} satisfies Network;
