/** Reddit's API as https://www.reddit.com/dev/api describes it; the method is named with each scenario. */

import { expect, it } from "vitest";
import reddit from "#adapters/reddit.ts";
import { anEnvelope, failureOf, keepInMemory, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Tools } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";

const envelope = anEnvelope("note");
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Exclude<Answer, string> => ({
  status,
  headers,
  body: JSON.stringify(body),
});
const submitted = json(200, {
  json: { errors: [], data: { url: "https://www.reddit.com/r/news/comments/abc/hello/", id: "abc", name: "t3_abc" } },
});
const refusing = (code: string, said: string, more: object = {}): Answer =>
  json(200, { json: { errors: [[code, said, "url"]], ...more } });

async function bench(
  answer: (asked: Asked) => Answer = () => submitted,
  settings: object = {},
  more: Partial<Tools> = {},
) {
  let tokens = 0;
  const server = await openScriptedServer((asked) =>
    asked.path === "/api/v1/access_token"
      ? json(200, { access_token: `t${++tokens}`, expires_in: 3600 })
      : answer(asked),
  );
  const login = { clientId: "id", clientSecret: "s3cret-client", refreshToken: "r1", username: "News_Bot" };
  const common = { ...login, subreddit: "news", api: server.url, login: server.url };
  const transport = await openChannel(reddit, { ...common, ...settings }, more);
  const forms = (path: string) =>
    server.asked
      .filter((asked) => asked.path === path)
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  return { server, transport, forms, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function note(change: Partial<NoteRendition>): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, ...change } };
}

it("submits the link with the first paragraph as title, and identifies itself (POST /api/submit)", async () => {
  await using it = await bench(undefined, { flairId: "f1" });
  const text = "Hello\nworld\n\nA greeting.\n\nhttps://example.org/blog/hello/";
  expect(await it.transport.send(note({ text, contentWarning: "Salt" }), never)).toEqual({
    remoteId: "t3_abc",
    url: "https://www.reddit.com/r/news/comments/abc/hello/",
  });
  expect(it.forms("/api/submit")).toEqual([
    {
      api_type: "json",
      raw_json: "1",
      kind: "link",
      sr: "news",
      title: "Hello world",
      url: "https://example.org/blog/hello/",
      resubmit: "false",
      sendreplies: "false",
      flair_id: "f1",
      spoiler: "true",
    },
  ]);
  expect(it.server.asked.at(-1)?.headers).toMatchObject({
    authorization: "Bearer t1",
    "user-agent": "server:postrider (by /u/News_Bot)",
  });
});

it.each([
  ["ALREADY_SUB", "that link has already been submitted", { kind: "permanent", scope: "recipient", code: "duplicate" }],
  ["TOO_LONG", "this is too long (max: 300)", { kind: "permanent", scope: "recipient" }],
  ["SUBREDDIT_NOTALLOWED", "you aren't allowed to post there.", { kind: "permanent", scope: "channel" }],
  ["SUBMIT_VALIDATION_FLAIR_REQUIRED", "Your post must contain post flair.", { kind: "permanent", scope: "channel" }],
])("recognises a refusal in a 200: %s", async (code, said, expected) => {
  await using it = await bench(() => refusing(code, said));
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject(expected);
  expect(failure.message).toContain(said);
});

it("waits as long as the server asks for, in every form of the request", async () => {
  await using it = await bench(() => refusing("RATELIMIT", "Take a break for 9 minutes before trying again."));
  const said = async () => (await failureOf(it.transport.send(envelope, never))).retryAfter;
  expect(await said()).toBe(540_000);
  const answers = [
    refusing("RATELIMIT", "…", { ratelimit: 41.5 }),
    json(429, {}, { "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "120" }),
  ];
  it.server.answer = () => answers.shift() ?? submitted;
  expect(await said()).toBe(41_500);
  expect(await said()).toBe(120_000);
});

it("pauses when its limit is used up", async () => {
  const headers = { "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "60", "x-ratelimit-used": "600" };
  await using it = await bench(() => ({ ...submitted, headers }));
  expect(await it.transport.send(envelope, never)).toMatchObject({ pauseMs: 60_000 });
});

it("tries again after a 503, and is uncertain after a lost answer", async () => {
  await using it = await bench(() => json(503, {}));
  expect((await failureOf(it.transport.send(envelope, never))).kind).toBe("temporary");
  await using lost = await bench(() => "drop");
  expect((await failureOf(lost.transport.send(envelope, never))).kind).toBe("uncertain");
  await using nameless = await bench(() => json(200, { json: { errors: [] } }));
  expect((await failureOf(nameless.transport.send(envelope, never))).kind).toBe("uncertain");
});

it("asks for a token once, stores it, and asks again when it has expired (OAuth2 #refreshing-the-token)", async () => {
  const keep = keepInMemory();
  let expired = "";
  await using it = await bench(
    ({ headers }) => (headers.authorization === expired ? json(401, { message: "Unauthorized" }) : submitted),
    {},
    { keep },
  );
  await Promise.all([it.transport.send(envelope, never), it.transport.send(envelope, never)]);
  expect(it.forms("/api/v1/access_token")).toEqual([{ grant_type: "refresh_token", refresh_token: "r1" }]);
  expect(it.server.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from("id:s3cret-client").toString("base64")}`);
  expired = "Bearer t1";
  await Promise.all([it.transport.send(envelope, never), it.transport.send(envelope, never)]);
  expect(it.forms("/api/v1/access_token")).toHaveLength(2);
  expect(await keep.read()).toMatchObject({ access: "t2", refresh: "r1" });
});

it("reports that a person must log in if the refresh token is invalid, without repeating it", async () => {
  await using it = await bench();
  it.server.answer = () => json(400, { error: "invalid_grant r1 s3cret-client" });
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject({ kind: "permanent", scope: "channel" });
  expect(JSON.stringify(failure)).not.toMatch(/\br1\b|s3cret/);
});

const link = (name: string, author: string, at: string) => ({
  data: { name, author, permalink: `/r/news/comments/${name}/`, created_utc: Date.parse(at) / 1000 },
});

it("finds only its own submission of the link (GET /api/info)", async () => {
  let children = [link("t3_1", "somebody", "2026-01-05T09:01:00Z"), link("t3_2", "news_bot", "2026-01-05T09:02:00Z")];
  await using it = await bench(() => json(200, { kind: "Listing", data: { children } }));
  expect(await it.transport.find?.(envelope, never)).toEqual({
    remoteId: "t3_2",
    url: "https://www.reddit.com/r/news/comments/t3_2/",
  });
  expect(it.server.asked.at(-1)?.path).toBe(
    `/r/news/api/info?url=${encodeURIComponent(envelope.rendition.url)}&raw_json=1`,
  );
  children = [link("t3_2", "news_bot", "2026-01-05T08:00:00Z")];
  expect(await it.transport.find?.(envelope, never)).toBeNull();
});

it("deletes, and submits a known link only for a repost (POST /api/del)", async () => {
  await using it = await bench(({ path }) => (path === "/api/del" ? json(200, {}) : submitted));
  await it.transport.retract?.({ remoteId: "t3_1" }, never);
  expect(it.forms("/api/del")).toMatchObject([{ id: "t3_1" }]);
  await it.transport.send(envelope, never);
  await it.transport.send({ ...envelope, again: true }, never);
  expect(it.forms("/api/submit")).toMatchObject([{ resubmit: "false" }, { resubmit: "true" }]);
});

it("measures only the title", () => {
  expect(reddit.measure?.("Hello https://example.org/\nworld\n\nMore.")).toBe(11);
  expect(reddit.measure?.("x".repeat(301))).toBe(301);
});
