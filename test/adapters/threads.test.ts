/** The Threads API as https://developers.facebook.com/docs/threads describes it; the page is named with each scenario. */

import { expect, it } from "vitest";
import threads from "#adapters/threads.ts";
import { anEnvelope, failureOf, keepInMemory, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Tools } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";

const envelope = anEnvelope("note");
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify(body),
});
const graphError = (status: number, code: number, more: object = {}): Answer =>
  json(status, { error: { message: "no, t0", type: "OAuthException", code, fbtrace_id: "A", ...more } });

type Routes = Record<string, (asked: Asked) => Answer>;

/** Containers are 1, 2, …; what is published is 100 more. */
async function bench(routes: Routes = {}, settings: object = {}, more: Partial<Tools> = {}) {
  let containers = 0;
  const usual: Routes = {
    "GET /refresh_access_token": () => graphError(400, 100),
    "POST /v1.0/me/threads": () => json(200, { id: String(++containers) }),
    "POST /v1.0/me/threads_publish": ({ body }) =>
      json(200, { id: String(100 + Number(new URLSearchParams(body).get("creation_id"))) }),
  };
  const server = await openScriptedServer((asked) => {
    const path = asked.path.split("?")[0] ?? "";
    const route = routes[`${asked.method} ${path}`] ?? usual[`${asked.method} ${path}`];
    if (route) return route(asked);
    if (asked.path.includes("status")) return json(200, { status: "FINISHED" });
    return json(200, { permalink: `https://www.threads.com/@news/post/${path.split("/").at(-1)}`, id: "1" });
  });
  const transport = await openChannel(threads, { token: "t0", api: server.url, ...settings }, more);
  const forms = (path: string) =>
    server.asked
      .filter((asked) => asked.method === "POST" && asked.path === path)
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  const published = () => forms("/v1.0/me/threads_publish").map(({ creation_id }) => creation_id);
  return { server, transport, routes, forms, published, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function note(change: Partial<NoteRendition>): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, ...change } };
}

it("creates a container, waits for it, publishes it and requests its address (posts#single-thread-posts)", async () => {
  let looks = 0;
  await using it = await bench({
    "GET /v1.0/1": () => json(200, { status: ++looks < 3 ? "IN_PROGRESS" : "FINISHED" }),
  });
  expect(await it.transport.send(envelope, never)).toEqual({
    remoteId: "101",
    url: "https://www.threads.com/@news/post/101",
  });
  expect(it.forms("/v1.0/me/threads")).toEqual([
    { media_type: "TEXT", text: envelope.rendition.text, link_attachment: envelope.rendition.url, access_token: "t0" },
  ]);
  expect(looks).toBe(3);
  expect(it.published()).toEqual(["1"]);
});

it("shows the picture with its description, and posts without a picture that Threads refuses (posts, troubleshooting)", async () => {
  const routes: Routes = {};
  await using it = await bench(routes, { picture: true });
  const withPicture = note({ image: { url: "https://example.org/cover.png", alt: "x".repeat(1200) } });
  await it.transport.send(withPicture, never);
  expect(it.forms("/v1.0/me/threads")[0]).toMatchObject({
    media_type: "IMAGE",
    image_url: "https://example.org/cover.png",
    alt_text: "x".repeat(1000),
  });
  routes["GET /v1.0/2"] = () => json(200, { status: "ERROR", error_message: "FAILED_DOWNLOADING_VIDEO" });
  await it.transport.send(withPicture, never);
  expect(it.forms("/v1.0/me/threads").map(({ media_type }) => media_type)).toEqual(["IMAGE", "IMAGE", "TEXT"]);
  expect(it.published()).toEqual(["1", "3"]);
});

it("posts nothing before the container is published", async () => {
  await using it = await bench({ "POST /v1.0/me/threads": () => "drop" });
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "temporary" });
  await using slow = await bench({ "GET /v1.0/1": () => json(200, { status: "IN_PROGRESS" }) });
  expect(await failureOf(slow.transport.send(envelope, never))).toMatchObject({ kind: "temporary" });
  expect(slow.published()).toEqual([]);
});

it("is uncertain if the answer to publishing is lost, and succeeds without an address", async () => {
  const routes: Routes = { "POST /v1.0/me/threads_publish": () => "drop" };
  await using it = await bench(routes);
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "uncertain" });
  routes["POST /v1.0/me/threads_publish"] = () => json(200, { id: "102" });
  routes["GET /v1.0/102"] = () => json(500, {});
  expect(await it.transport.send(envelope, never)).toEqual({ remoteId: "102" });
});

it.each([
  ["an invalid parameter", graphError(400, 100), { kind: "permanent", scope: "recipient" }],
  ["a dead token", graphError(400, 190), { kind: "permanent", scope: "channel" }],
  ["a permission that is missing", graphError(403, 10), { kind: "permanent", scope: "channel" }],
  ["a limit of the application", graphError(403, 4), { kind: "throttled" }],
  ["a limit of the account", graphError(400, 613), { kind: "throttled" }],
  ["a 429", json(429, {}, { "retry-after": "9" }), { kind: "throttled", retryAfter: 9000 }],
  ["a fault over there", graphError(500, 2), { kind: "temporary" }],
])("understands %s (graph-api/guides/error-handling)", async (_what, answer, expected) => {
  await using it = await bench({ "POST /v1.0/me/threads": () => answer });
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject(expected);
  expect(JSON.stringify(failure)).not.toContain("t0");
});

it("refreshes a token that may be a week old, once for all workers, and keeps it (get-started/long-lived-tokens)", async () => {
  const keep = keepInMemory();
  let now = Date.parse("2026-01-05T09:00:00Z");
  let tokens = 0;
  const clock = { now: () => new Date(now), sleep: async () => undefined };
  const refresh = () => json(200, { access_token: `t${++tokens}`, token_type: "bearer", expires_in: 5_184_000 });
  await using it = await bench({ "GET /refresh_access_token": refresh }, {}, { keep, clock });
  const other = await openChannel(threads, { token: "t0", api: it.server.url }, { keep, clock });
  await it.transport.send(envelope, never);
  await other.send(envelope, never);
  expect(it.forms("/v1.0/me/threads").map(({ access_token }) => access_token)).toEqual(["t1", "t1"]);
  now += 8 * 86_400_000;
  await it.transport.send(envelope, never);
  expect(it.forms("/v1.0/me/threads").at(-1)).toMatchObject({ access_token: "t2" });
  expect(tokens).toBe(2);
});

it("posts a thread, and reports where it stopped (posts, reply-management)", async () => {
  const routes: Routes = {};
  await using it = await bench(routes);
  const thread = note({ text: "One", thread: ["Two", `Three ${envelope.rendition.url}`] });
  const receipt = await it.transport.send(thread, never);
  expect(receipt.parts?.map(({ remoteId }) => remoteId)).toEqual(["102", "103"]);
  expect(it.forms("/v1.0/me/threads").map(({ reply_to_id }) => reply_to_id)).toEqual([undefined, "101", "102"]);
  expect(it.forms("/v1.0/me/threads").map(({ link_attachment }) => link_attachment)).toEqual([
    undefined,
    undefined,
    envelope.rendition.url,
  ]);
  let answers = 0;
  routes["POST /v1.0/me/threads_publish"] = () => (++answers === 2 ? graphError(500, 2) : json(200, { id: "9" }));
  const failure = await failureOf(it.transport.send(thread, never));
  expect(failure).toMatchObject({ kind: "uncertain", message: expect.stringContaining("1 of 3") });
});

const post = (id: string, text: string, timestamp = "2026-01-05T09:00:05+0000") => ({
  id,
  text,
  timestamp,
  permalink: `https://www.threads.com/${id}`,
});

it("finds a post by its words among the latest (retrieve-and-discover-posts)", async () => {
  let data = [post("8", "Other"), post("7", envelope.rendition.text)];
  await using it = await bench({ "GET /v1.0/me/threads": () => json(200, { data }) });
  expect(await it.transport.find?.(envelope, never)).toEqual({ remoteId: "7", url: "https://www.threads.com/7" });
  const since = new URL(it.server.asked.at(-1)?.path ?? "", "http://localhost").searchParams.get("since");
  expect(since).toBe(String(Date.parse("2026-01-05T08:59:00Z") / 1000));
  expect((await failureOf(it.transport.find?.(note({ thread: ["Two"] }), never) ?? Promise.resolve())).kind).toBe(
    "uncertain",
  );
  data = [post("8", "Other")];
  expect(await it.transport.find?.(envelope, never)).toBeNull();
  data = Array(100).fill(post("8", "Other"));
  expect((await failureOf(it.transport.find?.(envelope, never) ?? Promise.resolve())).kind).toBe("uncertain");
});

it("deletes, can't edit, and accepts a post that is already gone (posts/delete-posts)", async () => {
  const gone = () => graphError(400, 100, { error_subcode: 33 });
  await using it = await bench({ "DELETE /v1.0/8": gone, "DELETE /v1.0/7": () => json(200, { success: true }) });
  expect(it.transport.update).toBeUndefined();
  await it.transport.retract?.({ remoteId: "7", parts: [{ remoteId: "8" }] }, never);
  const deleted = it.server.asked.filter(({ method }) => method === "DELETE").map(({ path }) => path.split("?")[0]);
  expect(deleted).toEqual(["/v1.0/8", "/v1.0/7"]);
});

it("counts an emoji as its number of bytes, and all else as characters (posts#limitations)", () => {
  expect(threads.measure?.("abc")).toBe(3);
  expect(threads.measure?.("é日")).toBe(2);
  expect(threads.measure?.("👍")).toBe(4);
  expect(threads.measure?.("🇩🇪")).toBe(8);
  expect(threads.measure?.("👨‍👩‍👧‍👦")).toBe(25);
});
