/** Mastodon's API as https://docs.joinmastodon.org describes it; the page is named with each scenario. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { isSameStatus } from "#adapters/mastodon/recognise.ts";
import mastodon from "#adapters/mastodon.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Tools } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";

const envelope = anEnvelope("note");
const { url } = envelope.rendition;
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

let last = 100;
const created = (): Answer => {
  last += 1;
  return json(200, { id: String(last), url: `https://m.example/@news/${last}`, content: "<p>…</p>" });
};

type Routes = Record<string, (asked: Asked) => Answer>;

async function bench(routes: Routes = {}, settings: object = {}, more: Partial<Tools> = {}) {
  const server = await openScriptedServer((asked) => {
    const path = asked.path.split("?")[0];
    const route = routes[`${asked.method} ${path}`] ?? routes[`${asked.method} *`];
    return route
      ? route(asked)
      : asked.path === "/api/v1/statuses"
        ? created()
        : json(404, { error: "Record not found" });
  });
  const transport = await openChannel(mastodon, { server: `${server.url}/`, token: "s3cret-token", ...settings }, more);
  const posts = () =>
    server.asked
      .filter(({ method, path }) => method === "POST" && path === "/api/v1/statuses")
      .map(({ body }) => JSON.parse(body));
  return { server, transport, routes, posts, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function note(change: Partial<NoteRendition>): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, ...change } };
}

it("posts with the delivery's own key, language and visibility (methods/statuses#create)", async () => {
  await using it = await bench({}, { visibility: "unlisted" });
  const receipt = await it.transport.send(note({ language: "de-CH", contentWarning: "Spoilers" }), never);
  expect(receipt).toEqual({ remoteId: String(last), url: `https://m.example/@news/${last}` });
  const [asked] = it.server.asked;
  expect(asked?.headers).toMatchObject({ authorization: "Bearer s3cret-token", "idempotency-key": envelope.key });
  expect(it.posts()).toEqual([
    {
      status: envelope.rendition.text,
      language: "de",
      visibility: "unlisted",
      spoiler_text: "Spoilers",
      sensitive: true,
    },
  ]);
});

it("sends no visibility if none is configured, so that the account's setting is used", async () => {
  await using it = await bench();
  await it.transport.send(envelope, never);
  expect(Object.keys(it.posts()[0])).toEqual(["status", "language"]);
});

it("refuses only this post if the server refuses its text (methods/statuses#422-unprocessable-entity)", async () => {
  const routes: Routes = {
    "POST /api/v1/statuses": () => json(422, { error: "Validation failed: Text character limit of 500 exceeded" }),
  };
  await using it = await bench(routes);
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({
    kind: "permanent",
    scope: "recipient",
    message: expect.stringContaining("character limit of 500"),
  });
});

it("stops the channel if the token was revoked, without repeating it (methods/statuses#401-unauthorized)", async () => {
  await using it = await bench({
    "POST /api/v1/statuses": () => json(401, { error: `The access token is invalid: ${"x".repeat(145)}s3cret-token` }),
  });
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject({ kind: "permanent", scope: "channel" });
  expect(JSON.stringify(failure)).not.toContain("s3cret");
});

it("waits until the rate limit window ends, and pauses before the limit is reached (api/rate-limits)", async () => {
  const used = {
    "x-ratelimit-limit": "300",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "2026-01-05T09:02:00.000Z",
  };
  const routes: Routes = { "POST /api/v1/statuses": () => json(429, { error: "Too many requests" }, used) };
  await using it = await bench(routes);
  expect(await failureOf(it.transport.send(envelope, never))).toMatchObject({ kind: "throttled", retryAfter: 120_000 });
  routes["POST /api/v1/statuses"] = () => json(200, { id: "1", url: null, uri: "https://m.example/1" }, used);
  expect(await it.transport.send(envelope, never)).toEqual({
    remoteId: "1",
    url: "https://m.example/1",
    pauseMs: 120_000,
  });
});

it("tries again after a 503, and is uncertain after a lost answer", async () => {
  const routes: Routes = {
    "POST /api/v1/statuses": () => json(503, { error: "Remote SSL certificate could not be verified" }),
  };
  await using it = await bench(routes);
  expect((await failureOf(it.transport.send(envelope, never))).kind).toBe("temporary");
  routes["POST /api/v1/statuses"] = () => "drop";
  expect((await failureOf(it.transport.send(envelope, never))).kind).toBe("uncertain");
});

const png = Buffer.from("\x89PNG\r\n\x1a\n....", "latin1");
const withPicture = (site: string) => note({ image: { url: `${site}/cover.png`, alt: "A harbour at dusk" } });

it("uploads the picture with its description and focus, and waits for it (methods/media#v2, #get)", async () => {
  let looks = 0;
  await using site = await openScriptedServer(() => ({ status: 200, body: png }));
  await using it = await bench(
    {
      "GET /api/v2/instance": () =>
        json(200, {
          configuration: { statuses: { max_characters: 500 }, media_attachments: { description_limit: 9 } },
        }),
      "POST /api/v2/media": () => json(202, { id: "22348641", url: null }),
      "GET /api/v1/media/22348641": () => json(++looks < 3 ? 206 : 200, { id: "22348641" }),
    },
    { picture: true, focus: [0, 0.5] },
  );
  await it.transport.send(withPicture(site.url), never);
  const form = it.server.asked.find(({ path }) => path === "/api/v2/media");
  expect(form?.headers["content-type"]).toMatch(/^multipart\/form-data/);
  expect(form?.body).toMatch(/name="description"\r\n\r\nA harbour\r\n/);
  expect(form?.body).toMatch(/name="focus"\r\n\r\n0,0\.5\r\n/);
  expect(form?.body).toMatch(/filename="picture\.png"\r\nContent-Type: image\/png/i);
  expect(looks).toBe(3);
  expect(it.posts()[0].media_ids).toEqual(["22348641"]);
});

it.each([
  ["too large", { status: 413, body: "" }],
  ["none that the server knows", json(422, { error: "Validation failed: File content type is invalid" })],
])("posts without a picture that is %s (methods/media#422-unprocessable-entity)", async (_what, answer) => {
  await using site = await openScriptedServer(() => ({ status: 200, body: png }));
  await using it = await bench(
    { "GET /api/v2/instance": () => json(200, {}), "POST /api/v2/media": () => answer },
    { picture: true },
  );
  await it.transport.send(withPicture(site.url), never);
  expect(it.posts()[0]).not.toHaveProperty("media_ids");
});

it("posts nothing if the answer to the upload was lost", async () => {
  await using site = await openScriptedServer(() => ({ status: 200, body: png }));
  await using it = await bench(
    { "GET /api/v2/instance": () => json(200, {}), "POST /api/v2/media": () => "drop" },
    { picture: true },
  );
  expect((await failureOf(it.transport.send(withPicture(site.url), never))).kind).toBe("temporary");
  expect(it.posts()).toEqual([]);
});

it("posts a thread with a key for each part, and reports where it stopped", async () => {
  await using it = await bench();
  const receipt = await it.transport.send(note({ thread: ["Two", "Three"] }), never);
  expect(it.posts().map(({ in_reply_to_id }) => in_reply_to_id)).toEqual([
    undefined,
    String(last - 2),
    String(last - 1),
  ]);
  expect(receipt.parts?.map(({ remoteId }) => remoteId)).toEqual([String(last - 1), String(last)]);
  const keys = it.server.asked.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toEqual([envelope.key, `${envelope.key}-2`, `${envelope.key}-3`]);

  let answers = 0;
  it.routes["POST /api/v1/statuses"] = () => (++answers === 2 ? json(500, {}) : created());
  const failure = await failureOf(it.transport.send(note({ thread: ["Two", "Three"] }), never));
  expect(failure).toMatchObject({ kind: "uncertain", message: expect.stringContaining("1 of 3 parts were posted") });
});

const status = (id: number, content: string, more: object = {}) => ({
  id: String(id),
  url: `https://m.example/@news/${id}`,
  created_at: `2026-01-05T09:0${id}:00.000Z`,
  content,
  in_reply_to_id: null,
  reblog: null,
  ...more,
});
const link = `<a href="${url}" rel="nofollow noopener" translate="no"><span class="invisible">https://</span><span class="ellipsis">example.org/blog/he</span><span class="invisible">llo/</span></a>`;
const mine = (...statuses: object[]): Routes => ({
  "GET /api/v1/accounts/verify_credentials": () => json(200, { id: "14715" }),
  "GET /api/v1/accounts/14715/statuses": ({ path }) => json(200, path.includes("max_id") ? [] : statuses.toReversed()),
});

it("finds a post by its permalink among the account's own (methods/accounts#statuses)", async () => {
  await using it = await bench(
    mine(
      status(1, "<p>Something else</p>"),
      status(2, `<p>Hello, edited ${link}</p>`),
      status(3, `<p>Again ${link}</p>`),
    ),
  );
  expect(await it.transport.find?.(envelope, never)).toEqual({ remoteId: "2", url: "https://m.example/@news/2" });
});

it("is certain that nothing was posted if only older posts and boosts contain it", async () => {
  const older = status(1, `<p>${link}</p>`, { created_at: "2026-01-05T08:00:00.000Z" });
  await using it = await bench(mine(older, status(2, `<p>${link}</p>`, { reblog: { id: "9" } })));
  expect(await it.transport.find?.(envelope, never)).toBeNull();
});

it("stays uncertain if there are too many posts to read", async () => {
  await using it = await bench({
    ...mine(),
    "GET /api/v1/accounts/14715/statuses": () => json(200, Array(40).fill(status(1, "<p>Chatter</p>"))),
  });
  expect(await failureOf(it.transport.find?.(envelope, never) ?? Promise.resolve())).toMatchObject({
    kind: "uncertain",
  });
});

it("finds a complete thread, and distinguishes an incomplete one from none", async () => {
  const thread = note({ text: "One & only @ada@m.example", thread: ["Two", `Three ${url}`] });
  const one = status(
    1,
    '<p>One &amp; only <span class="h-card"><a href="https://m.example/@ada">@<span>ada</span></a></span></p>',
  );
  const two = status(2, "<p>Two</p>", { in_reply_to_id: "1" });
  const three = status(3, `<p>Three ${link}</p>`, { in_reply_to_id: "2" });
  await using whole = await bench(mine(one, two, three));
  expect((await whole.transport.find?.(thread, never))?.parts?.map(({ remoteId }) => remoteId)).toEqual(["2", "3"]);
  await using half = await bench(mine(one, two));
  const failure = await failureOf(half.transport.find?.(thread, never) ?? Promise.resolve());
  expect(failure).toMatchObject({ kind: "uncertain", message: expect.stringContaining("2 of 3") });
  await using none = await bench(mine());
  expect(await none.transport.find?.(thread, never)).toBeNull();
});

it("edits in place, keeps the pictures and takes a warning away (methods/statuses#edit)", async () => {
  await using it = await bench({
    "GET /api/v1/statuses/7": () => json(200, { id: "7", media_attachments: [{ id: "22345792" }] }),
    "PUT /api/v1/statuses/7": () => json(200, { id: "7", url: "https://m.example/@news/7" }),
  });
  const receipt = await it.transport.update?.({ remoteId: "7" }, note({ text: "Mended" }), never);
  expect(receipt).toEqual({ remoteId: "7", url: "https://m.example/@news/7" });
  expect(JSON.parse(it.server.asked.at(-1)?.body ?? "")).toEqual({
    status: "Mended",
    language: "en",
    spoiler_text: "",
    sensitive: false,
    media_ids: ["22345792"],
  });
});

it("shortens and extends a thread, and reports when there is nothing to edit", async () => {
  await using it = await bench({
    "GET *": () => json(200, { id: "7" }),
    "PUT *": ({ path }) => json(200, { id: path.split("/").at(-1) }),
    "DELETE *": () => json(200, {}),
  });
  const receipt = { remoteId: "7", parts: [{ remoteId: "8" }] };
  expect(await it.transport.update?.(receipt, envelope, never)).toEqual({ remoteId: "7" });
  expect(it.server.asked.at(-1)).toMatchObject({ method: "DELETE", path: "/api/v1/statuses/8" });
  const longer = await it.transport.update?.({ remoteId: "7" }, note({ thread: ["Two"] }), never);
  expect(longer?.parts).toHaveLength(1);
  expect(it.posts()).toMatchObject([{ status: "Two", in_reply_to_id: "7" }]);

  await using gone = await bench();
  const failure = await failureOf(gone.transport.update?.({ remoteId: "7" }, envelope, never) ?? Promise.resolve());
  expect(failure).toMatchObject({ kind: "permanent", scope: "recipient", code: "gone" });
});

it("deletes a thread from its end, and accepts parts that are already gone (methods/statuses#delete)", async () => {
  await using it = await bench({ "DELETE /api/v1/statuses/8": () => json(200, {}) });
  await it.transport.retract?.({ remoteId: "7", parts: [{ remoteId: "8" }] }, never);
  expect(it.server.asked.map(({ path }) => path)).toEqual(["/api/v1/statuses/8", "/api/v1/statuses/7"]);
});

it("asks the server for its limits (entities/Instance), an old one too", async () => {
  const configuration = { statuses: { max_characters: 10_000, characters_reserved_per_url: 256 } };
  await using it = await bench({ "GET /api/v2/instance": () => json(200, { configuration }) });
  expect(await it.transport.limits?.(never)).toEqual({ maxLength: 10_000, urlLength: 256, altLength: 1500 });
  await using old = await bench({ "GET /api/v1/instance": () => json(200, { configuration }) });
  expect(await old.transport.limits?.(never)).toMatchObject({ maxLength: 10_000 });
  await using silent = await bench({ "GET /api/v2/instance": () => json(200, { title: "Other software" }) });
  expect(await silent.transport.limits?.(never)).toEqual({ maxLength: 500, urlLength: 23, altLength: 1500 });
});

it("works with servers of other software: numeric ids, old names, no edits, only the first media API", async () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
  await using it = await bench(
    {
      "GET /api/v1/instance": () => json(200, { max_toot_chars: 5000, configuration: null }),
      "GET /picture.png": () => ({ status: 200, body: png }),
      "POST /api/v1/media": () => json(202, { id: 7 }),
      "POST /api/v1/statuses": () => json(200, { id: 9, uri: "https://m.example/objects/9", url: 0 }),
      "GET /api/v1/statuses/9": () => json(200, { id: 9, media_attachments: null }),
      "PUT /api/v1/statuses/9": () => json(405, {}),
    },
    { picture: true },
  );
  expect(await it.transport.limits?.(never)).toEqual({ maxLength: 5000, urlLength: 23, altLength: 1500 });
  const image = { url: `${it.server.url}/picture.png`, alt: "The room at noon" };
  const receipt = await it.transport.send(note({ image }), never);
  expect(receipt).toEqual({ remoteId: "9", url: "https://m.example/objects/9" });
  expect(it.posts()).toMatchObject([{ media_ids: ["7"] }]);
  const edit = it.transport.update?.(receipt, note({ text: "Mended" }), never) ?? Promise.resolve();
  expect(await failureOf(edit)).toMatchObject({ code: "no-edits", kind: "permanent", scope: "recipient" });
});

it("counts links as 23, mentions without their server, and all else as visible characters (user/posting#text)", () => {
  const measure = (text: string, urlLength?: number) =>
    mastodon.measure?.(text, urlLength === undefined ? undefined : { maxLength: 500, urlLength });
  expect(measure("https://example.org/")).toBe(23);
  expect(measure(`a ${url}${"x".repeat(200)} b`)).toBe(27);
  expect(measure(url, 256)).toBe(256);
  expect(measure("example.org")).toBe(11);
  expect(measure("Hi @ada@social.example.org!")).toBe(8);
  expect(measure("mail ada@example.org")).toBe(20);
  expect(measure("👨‍👩‍👧‍👦 日本")).toBe(4);
  expect(measure("日本 https://example.org/a_(b) ".repeat(500))).toBe(27 * 500);
  expect(measure(`${"a.".repeat(50_000)} ${url}`)).toBe(100_024);
});

it("recognises a text in the server's version of it, and no other text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
      const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&#34;");
      expect(isSameStatus(`<p>${escaped}</p>`, text, url)).toBe(true);
      expect(isSameStatus(`<p>${escaped}x</p>`, text, url)).toBe(false);
    }),
  );
});
