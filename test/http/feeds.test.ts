/** Feeds over HTTP, as readers fetch them: the real server, the real store, and a checker that we did not write. */

import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import rss from "#adapters/rss.ts";
import { openScriptedServer } from "#contract/scripted-server.ts";
import type { Adapter } from "#core/adapter.ts";
import type { Post } from "#core/posts/post.ts";
import { aPost, openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend, openBackend } from "../support/backends.ts";

const never = new AbortController().signal;
const adapter = rss as unknown as Adapter;
const checks = process.env["POSTRIDER_CHECKS"] ?? join(import.meta.dirname, "../../../shared/checks");
const python = "/usr/bin/python3";
const canCheck =
  existsSync(checks) && spawnSync(python, ["-c", "import lxml, feedparser"], { stdio: "ignore" }).status === 0;

const post = (number: number, more: Partial<Post> = {}): Post =>
  aPost({
    id: `p${number}.md`,
    url: `https://example.org/blog/p${number}/`,
    title: `Post ${number}`,
    publishedAt: new Date(Date.UTC(2026, 0, number, 9)).toISOString(),
    ...more,
  });

async function put(test: TestApp, ...posts: Post[]): Promise<void> {
  await test.app.ledger.transaction(async (tx) => {
    for (const one of posts) await test.app.ledger.rememberPost(tx, one);
  });
  const transport = await test.app.desk.transport("rss");
  for (const one of posts)
    await transport.send(
      { key: one.id, publishedAt: new Date(), recipient: null, rendition: await test.site.renderer.feed(one) },
      never,
    );
}

describeOnEveryBackend("A served feed", (open) => {
  it("answers with validators, and with 304 if nothing has changed", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    await put(test, post(1), post(2));
    await using server = await test.app.startServer(test.channels, { port: 0 });
    const url = `${server.url}/feed.xml`;
    const first = await fetch(url);
    expect(first.status).toBe(200);
    expect(first.headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
    expect(first.headers.get("set-cookie")).toBeNull();
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    const modified = first.headers.get("last-modified") ?? "";
    const status = async (headers: Record<string, string>, method = "GET"): Promise<number> =>
      (await fetch(url, { method, headers })).status;
    expect(await status({ "if-none-match": etag })).toBe(304);
    expect(await status({ "if-none-match": `"other", ${etag.slice(2)}` })).toBe(304);
    expect(await status({ "if-none-match": `${etag.slice(0, -1)}-gzip"` })).toBe(304);
    expect(await status({ "if-none-match": "*" })).toBe(304);
    expect(await status({ "if-none-match": etag }, "HEAD")).toBe(304);
    expect(await status({ "if-none-match": '"other"', "if-modified-since": modified })).toBe(200);
    expect(await status({ "if-modified-since": modified })).toBe(304);
    expect(await status({ "if-modified-since": new Date(Date.now() + 86_400_000).toUTCString() })).toBe(304);
    expect(await status({ "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" })).toBe(200);
    expect(await status({ "if-modified-since": "yesterday" })).toBe(200);
    expect(await status({}, "HEAD")).toBe(200);
    expect(await status({ "if-modified-since": "2999-01-01" })).toBe(200);
    const refused = await fetch(url, { method: "POST" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const asked = await fetch(url, { method: "OPTIONS" });
    expect(asked.headers.get("access-control-allow-headers")).toContain("If-None-Match");
    expect((await fetch(`${server.url}/nowhere.xml`)).status).toBe(404);
    expect((await fetch(`${server.url}/tags/news/feed.xml?utm_source=x`)).status).toBe(200);
  });

  it("shows a change at once, with a later date and another tag", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    await put(test, post(1), post(2));
    await using server = await test.app.startServer(test.channels, { port: 0 });
    const read = async () => {
      const response = await fetch(`${server.url}/feed.xml`);
      return {
        text: await response.text(),
        etag: response.headers.get("etag"),
        modified: Date.parse(response.headers.get("last-modified") ?? ""),
      };
    };
    const before = await read();
    await put(test, post(2, { title: "Post 2, mended" }));
    await expect.poll(async () => (await read()).text).toContain("Post 2, mended");
    const after = await read();
    expect(after.etag).not.toBe(before.etag);
    expect(after.modified).toBeGreaterThan(before.modified);
    const guids = (text: string): string[] => text.match(/urn:uuid:[\w-]+/g) ?? [];
    expect(guids(after.text)).toEqual(guids(before.text));
  });

  it("withdraws a post: it is shown once as withdrawn, and a feed without items is gone", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    await put(test, post(1, { tags: ["old"] }), post(2));
    await using server = await test.app.startServer(test.channels, { port: 0 });
    expect((await fetch(`${server.url}/tags/old/feed.xml`)).status).toBe(200);
    expect(await test.app.desk.withdrawItems("p1.md")).toEqual(["rss"]);
    expect(await test.app.desk.withdrawItems("p1.md")).toEqual([]);
    const transport = await test.app.desk.transport("rss");
    await transport.rebuild?.([], never);
    const text = async (): Promise<string> => (await fetch(`${server.url}/feed.xml`)).text();
    await expect.poll(text).toContain("This post was withdrawn");
    expect(existsSync(join(backend.dataDir, "public/tags/old/feed.xml"))).toBe(true);
    await test.app.database.pool.query(
      "update postrider.feed_item set withdrawn_at = now() - interval '31 days' where post_id = 'p1.md'",
    );
    await transport.rebuild?.([], never);
    await expect.poll(text).not.toContain("This post was withdrawn");
    expect((await fetch(`${server.url}/tags/old/feed.xml`)).status).toBe(410);
    expect(existsSync(join(backend.dataDir, "public/tags/old/feed.xml"))).toBe(false);
  });

  it("notifies its hub once of each changed document, and retries until the hub confirms", async () => {
    await using backend = await open();
    let answers = 0;
    await using hub = await openScriptedServer(() => ({ status: ++answers === 1 ? 503 : 202 }));
    await using test = await openTestApp(backend, [adapter], {
      rss: `out: public\n    formats: [rss]\n    tags: false\n    hub: ${hub.url}`,
    });
    await using server = await test.app.startServer(test.channels, { port: 0 });
    await put(test, post(1));
    await put(test, post(1));
    await put(test, post(1, { title: "Post 1, mended" }));
    const { headers } = await fetch(`${server.url}/feed.xml`);
    expect(headers.get("link")).toBe(`<${hub.url}/>; rel="hub", <https://news.example.org/feed.xml>; rel="self"`);
    await using _workers = await test.app.startWorkers(test.channels, never);
    const waiting = () => test.app.backend.queue("pings").getJobCountByTypes("waiting", "active", "delayed");
    await expect.poll(() => hub.asked.length, { timeout: 120_000 }).toBe(2);
    await expect.poll(waiting, { timeout: 120_000 }).toBe(0);
    // Refused once, taken once: three builds of which two changed something are one thing to tell.
    expect(hub.asked).toHaveLength(2);
    expect(await test.app.feeds.announce(never)).toEqual([]);
    expect(hub.asked).toHaveLength(2);
    for (const { method, body } of hub.asked) {
      expect(method).toBe("POST");
      const form = new URLSearchParams(body);
      expect(form.get("hub.mode")).toBe("publish");
      expect(form.get("hub.url")).toBe("https://news.example.org/feed.xml");
    }
  });
});

describe("The server", () => {
  it("compresses if requested, with the same content", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    await put(test, post(1));
    await using server = await test.app.startServer(test.channels, { port: 0 });
    const { port } = new URL(server.url);
    // curl-like: `fetch` would decompress by itself.
    const { request } = await import("node:http");
    const raw = (encoding: string): Promise<{ encoding: string | undefined; body: Buffer; length: number }> =>
      new Promise((resolve) => {
        request({ port, path: "/feed.xml", headers: { "accept-encoding": encoding } }, async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          resolve({
            encoding: response.headers["content-encoding"],
            body: Buffer.concat(chunks),
            length: Number(response.headers["content-length"]),
          });
        }).end();
      });
    const plain = await raw("identity");
    const gzip = await raw("gzip;q=1.0, br;q=0");
    const brotli = await raw("gzip, deflate, br");
    expect([plain.encoding, gzip.encoding, brotli.encoding]).toEqual([undefined, "gzip", "br"]);
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
    for (const answer of [plain, gzip, brotli]) expect(answer.length).toBe(answer.body.length);
    expect((await raw("gzip;q=0")).encoding).toBeUndefined();
    expect((await raw("gzip;q=0.5, identity")).encoding).toBeUndefined();
    expect((await raw("x-gzip")).encoding).toBe("gzip");
  });

  it("reports health and readiness, and has a page about the feeds", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    await put(test, post(1, { tags: ["Grüße"] }));
    await using server = await test.app.startServer(test.channels, { port: 0 });
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe("ok\n");
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const page = await (await fetch(`${server.url}/feeds`)).text();
    const types = [...page.matchAll(/^<link rel="alternate" type="application\/(\w+)\+/gm)].map(([, type]) => type);
    expect(types).toEqual(["rss", "atom", "feed"]);
    expect(page).toContain('<a href="https://news.example.org/tags/gr%C3%BC%C3%9Fe/feed.xml">Grüße</a>');
  });

  it.skipIf(!canCheck)("passes the feed checker, before and after an edit", async () => {
    await using backend = await openBackend({});
    // The checker fetches what the feed says of itself.
    const port = await (await import("../support/start-servers.ts")).freePort();
    await using test = await openTestApp(backend, [adapter], { rss: `out: public\n    url: http://127.0.0.1:${port}` });
    await put(test, ...Array.from({ length: 12 }, (_, index) => post(index + 1)));
    await using _server = await test.app.startServer(test.channels, { port });
    const state = join(backend.dataDir, "state.json");
    const check = async (path: string, ...more: string[]): Promise<string[]> => {
      const args = [
        join(checks, "check_feed.py"),
        "--strict",
        "--require-br",
        ...more,
        `http://127.0.0.1:${port}/${path}`,
      ];
      const { stdout } = await promisify(execFile)(python, args).catch((error: { stdout: string }) => error);
      return stdout.split("\n").filter((line) => /\b(FAIL|WARN)\b/.test(line));
    };
    expect(await check("feed.xml", "--state", state, "--full-content")).toEqual([]);
    await put(test, post(12, { title: "Post 12, mended" }));
    expect(await check("feed.xml", "--state", state)).toEqual([]);
    expect(await check("atom.xml")).toEqual([]);
    expect(await check("feed.json")).toEqual([]);
    expect(await check("tags/news/feed.xml")).toEqual([]);
  });
});
