/** LinkedIn's Posts API as https://learn.microsoft.com/linkedin/marketing describes it; the page is named with each scenario. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { littleText } from "#adapters/linkedin/little-text.ts";
import linkedin from "#adapters/linkedin.ts";
import { anEnvelope, failureOf, keepInMemory, never, openChannel } from "#contract/samples.ts";
import { type Answer, type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Tools } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";

const envelope = anEnvelope("note");
const urn = "urn:li:share:6844785523593134080";
const created: Answer = { status: 201, headers: { "x-restli-id": urn } };
const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });

async function bench(answer: (asked: Asked, url: string) => Answer, settings: object = {}, more: Partial<Tools> = {}) {
  const server = await openScriptedServer((asked) => answer(asked, server.url));
  const common = { author: "urn:li:organization:5515715", token: "t1", api: server.url, login: server.url };
  const transport = await openChannel(linkedin, { ...common, ...settings }, more);
  return { server, transport, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function note(change: Partial<NoteRendition>): Envelope<"note"> {
  return { ...envelope, rendition: { ...envelope.rendition, ...change } };
}

it("posts the text with its own card, with a version of the API (posts-api#create-a-post, article-ads-integrations)", async () => {
  await using it = await bench(() => created, { author: "urn:li:person:abc_DEF-1", visibility: "CONNECTIONS" });
  const text = "Fish (& chips) #Food https://example.org/a_b/";
  expect(await it.transport.send(note({ text }), never)).toEqual({
    remoteId: urn,
    url: `https://www.linkedin.com/feed/update/${urn}`,
  });
  const [asked] = it.server.asked;
  expect(asked).toMatchObject({
    method: "POST",
    path: "/rest/posts",
    headers: { authorization: "Bearer t1", "linkedin-version": "202609", "x-restli-protocol-version": "2.0.0" },
  });
  expect(JSON.parse(asked?.body ?? "")).toEqual({
    author: "urn:li:person:abc_DEF-1",
    commentary: "Fish \\(& chips\\) #Food https://example.org/a_b/",
    visibility: "CONNECTIONS",
    distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
    content: { article: { source: envelope.rendition.url, title: "Hello", description: "A greeting" } },
    lifecycleState: "PUBLISHED",
    isReshareDisabledByAuthor: false,
  });
});

it("uploads the card's picture first (images-api#initialize-image-upload)", async () => {
  const png = Buffer.from("\x89PNG\r\n\x1a\n....", "latin1");
  await using it = await bench(({ path, method }, url) => {
    if (path === "/cover.png") return { status: 200, body: png };
    if (path.startsWith("/rest/images"))
      return json(200, { value: { uploadUrl: `${url}/dms-uploads/1`, image: "urn:li:image:C4E10" } });
    return method === "PUT" ? { status: 201 } : created;
  });
  const image = { url: `${it.server.url}/cover.png`, alt: "" };
  await it.transport.send(note({ card: { ...envelope.rendition.card, image } }), never);
  expect(it.server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /cover.png",
    "POST /rest/images?action=initializeUpload",
    "PUT /dms-uploads/1",
    "POST /rest/posts",
  ]);
  expect(JSON.parse(it.server.asked.at(-1)?.body ?? "")).toMatchObject({
    content: { article: { thumbnail: "urn:li:image:C4E10" } },
  });
});

it("posts without a picture that is too large, and posts nothing if the upload fails", async () => {
  await using it = await bench(({ path }, url) => {
    if (path === "/large.png") return { status: 200, body: Buffer.alloc(8 * 1024 * 1024 + 1) };
    if (path === "/cover.png") return { status: 200, body: Buffer.from("GIF89a") };
    if (path.startsWith("/rest/images"))
      return json(200, { value: { uploadUrl: `${url}/up`, image: "urn:li:image:1" } });
    return path === "/up" ? "drop" : created;
  });
  const withPicture = (path: string) =>
    note({ card: { ...envelope.rendition.card, image: { url: `${it.server.url}${path}`, alt: "" } } });
  expect(await it.transport.send(withPicture("/large.png"), never)).toHaveProperty("remoteId");
  expect((await failureOf(it.transport.send(withPicture("/cover.png"), never))).kind).toBe("temporary");
});

it("names the original post that LinkedIn reports for a duplicate (422 DUPLICATE_POST)", async () => {
  const message = `Content is a duplicate of ${urn}`;
  await using it = await bench(() => json(422, { message, errorDetails: { code: "DUPLICATE_POST" } }));
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject({ kind: "permanent", scope: "recipient", code: "duplicate" });
  expect(failure.message).toContain(urn);
});

it.each([
  [400, { kind: "permanent", scope: "recipient" }],
  [401, { kind: "permanent", scope: "channel" }],
  [403, { kind: "permanent", scope: "channel" }],
  [426, { kind: "permanent", scope: "channel", message: expect.stringContaining("`version`") }],
  [429, { kind: "throttled", scope: "channel" }],
  [500, { kind: "temporary" }],
])("understands %i (shared/api-guide/concepts/error-handling)", async (status, expected) => {
  await using it = await bench(() => json(status, { message: "no t1", status }));
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject(expected);
});

const refreshing = { refreshToken: "r1", clientId: "id", clientSecret: "s3cret-client" };

it("renews a token that expired, for all workers once, and keeps it (authentication/programmatic-refresh-tokens)", async () => {
  const keep = keepInMemory();
  const answer = ({ path, body, headers }: Asked): Answer => {
    if (path === "/oauth/v2/accessToken") {
      const form = Object.fromEntries(new URLSearchParams(body));
      expect(form).toEqual({
        grant_type: "refresh_token",
        refresh_token: "r1",
        client_id: "id",
        client_secret: "s3cret-client",
      });
      return json(200, { access_token: "t2", expires_in: 5184000, refresh_token: "r2" });
    }
    return headers.authorization === "Bearer t2" ? created : json(401, { code: "EXPIRED_ACCESS_TOKEN" });
  };
  await using it = await bench(answer, refreshing, { keep });
  await Promise.all([it.transport.send(envelope, never), it.transport.send(anEnvelope("note", "two"), never)]);
  expect(it.server.asked.filter(({ path }) => path === "/oauth/v2/accessToken")).toHaveLength(1);
  expect(await keep.read()).toMatchObject({ access: "t2", refresh: "r2" });
});

it("asks for new tokens when the refresh token is invalid, too", async () => {
  const answer = ({ path }: Asked) =>
    path === "/oauth/v2/accessToken"
      ? json(400, { error: "invalid_grant", error_description: "r1 s3cret-client" })
      : json(401, {});
  await using it = await bench(answer, refreshing);
  const failure = await failureOf(it.transport.send(envelope, never));
  expect(failure).toMatchObject({
    kind: "permanent",
    scope: "channel",
    message: expect.stringContaining("Create new tokens"),
  });
  expect(JSON.stringify(failure)).not.toContain("s3cret-client");
});

const listed = (id: string, at: string, source: string) => ({
  id,
  publishedAt: Date.parse(at),
  content: { article: { source } },
});

it("finds an organisation's post by its link; a person's post can't be searched (posts-api#find-posts-by-authors)", async () => {
  const { url } = envelope.rendition;
  let elements = [listed("urn:li:share:1", "2026-01-05T09:00:05Z", url)];
  await using it = await bench(() => json(200, { elements }));
  expect(await it.transport.find?.(envelope, never)).toMatchObject({ remoteId: "urn:li:share:1" });
  expect(it.server.asked[0]?.headers["x-restli-method"]).toBe("FINDER");
  elements = [listed("urn:li:share:1", "2026-01-05T08:00:00Z", url)];
  expect(await it.transport.find?.(envelope, never)).toBeNull();
  elements = Array(50).fill(listed("urn:li:share:1", "2026-01-05T10:00:00Z", "https://example.org/other/"));
  expect((await failureOf(it.transport.find?.(envelope, never) ?? Promise.resolve())).kind).toBe("uncertain");
  const person = await openChannel(linkedin, { author: "urn:li:person:abc", token: "t1" });
  expect(person.find).toBeUndefined();
});

it("edits the text in place (posts-api#update-posts), and deletes, twice too (posts-api#delete-posts)", async () => {
  await using it = await bench(() => ({ status: 204 }));
  await it.transport.update?.({ remoteId: urn }, note({ text: "Mended_" }), never);
  expect(it.server.asked[0]).toMatchObject({
    method: "POST",
    path: `/rest/posts/${encodeURIComponent(urn)}`,
    headers: { "x-restli-method": "PARTIAL_UPDATE" },
    body: JSON.stringify({ patch: { $set: { commentary: "Mended\\_" } } }),
  });
  await it.transport.retract?.({ remoteId: urn }, never);
  expect(it.server.asked[1]).toMatchObject({ method: "DELETE", headers: { "x-restli-method": "DELETE" } });
  it.server.answer = () => json(404, {});
  await it.transport.retract?.({ remoteId: urn }, never);
  const failure = await failureOf(it.transport.update?.({ remoteId: urn }, envelope, never) ?? Promise.resolve());
  expect(failure).toMatchObject({ kind: "permanent", scope: "recipient", code: "gone" });
});

it("reports uncertain when a success answer has no id", async () => {
  await using it = await bench(() => ({ status: 201 }));
  expect((await failureOf(it.transport.send(envelope, never))).kind).toBe("uncertain");
});

it("escapes every mark that would end the text, and removes nothing (little-text-format)", () => {
  expect(littleText("a|b {c} @d [e] <f> *g* ~h~ i_j \\ #Ok #no-t #")).toBe(
    "a\\|b \\{c\\} \\@d \\[e\\] \\<f\\> \\*g\\* \\~h\\~ i\\_j \\\\ #Ok #no-t \\#",
  );
  expect(littleText("(see https://example.org/a_(b)_c)")).toBe("\\(see https://example.org/a_(b)_c\\)");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const little = littleText(text);
      expect(little.replace(/\\(.)/gsu, "$1")).toBe(text);
    }),
  );
});
