/**
 * Feeds: writing 10,000 items beside the bare `rss` package on the same items, a build in which nothing has changed, and
 * requests served beside a bare handler that returns constant bytes. Each pair in the same run, as a ratio.
 */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import RSS from "rss";
import type { FeedItem, FeedPage } from "#core/feed.ts";
import type { Site } from "#core/posts/post.ts";
import type { FeedRendition } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { encoded } from "#http/encoded.ts";
import { openServer } from "#http/server.ts";
import { buildFeed } from "#pipeline/feeds/build-feed.ts";
import { openFeedWriter } from "#render/feed/writer.ts";
import { openDatabase } from "#store/database/database.ts";
import { migrate } from "#store/database/migrate.ts";
import { openFeedLibrary } from "#store/feeds/feed-library.ts";
import { feedStore } from "#store/feeds/feeds.ts";

const number = 10_000;
const bodyBytes = 5_000;
const rounds = 5;

const site: Site = {
  title: "Bench",
  url: "https://example.org",
  description: "A bench",
  language: "en",
  timezone: "UTC",
};
const words = "the quick & brown fox <em>jumps</em> over a lazy dog and then rests a while ".repeat(
  Math.ceil(bodyBytes / 76),
);

const items: FeedItem[] = Array.from({ length: number }, (_, index) => {
  const at = new Date(Date.UTC(2026, 0, 1) - index * 3_600_000);
  const rendition: FeedRendition = {
    medium: "feed",
    postId: `p${index}`,
    revision: "a".repeat(64),
    url: `https://example.org/blog/${index}/`,
    title: `Post number ${index} & more`,
    language: "en",
    summary: "A summary of what stands in the post, in a sentence or so.",
    html: `<p>${index} ${words.slice(0, bodyBytes)}</p>`,
    authors: [{ name: "Ada Quill" }],
    tags: ["news"],
    publishedAt: at.toISOString(),
  };
  return { guid: `urn:uuid:${index}`, publishedAt: at, updatedAt: at, rendition };
});
const page: FeedPage = {
  id: "urn:uuid:0",
  path: "feed.xml",
  format: "rss",
  selfUrl: "https://example.org/feed.xml",
  entries: [],
};
const changedAt = new Date("2026-01-01T00:00:00Z");

function bare(): string {
  const feed = new RSS({
    title: site.title,
    description: site.description,
    site_url: site.url,
    feed_url: page.selfUrl,
    custom_namespaces: { media: "http://search.yahoo.com/mrss/" },
  });
  for (const { guid, publishedAt, rendition } of items)
    feed.item({
      title: rendition.title,
      description: rendition.summary,
      url: rendition.url,
      guid,
      date: publishedAt,
      categories: rendition.tags,
      custom_elements: [
        { "dc:creator": { _cdata: "Ada Quill" } },
        { "atom:updated": publishedAt.toISOString() },
        { "content:encoded": { _cdata: rendition.html } },
      ],
    });
  return feed.xml({ indent: "  " });
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
async function time(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const writer = openFeedWriter(site, "bench");
const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round <= rounds; round++) {
  const mine = await time(() => writer.write(page, items, changedAt));
  const their = await time(bare);
  // The first round warms both up.
  if (round > 0) {
    ours.push(mine);
    theirs.push(their);
  }
}
const [mine, their] = [median(ours), median(theirs)];
console.log(
  `write ${number} items        ours ${mine.toFixed(0)} ms   bare rss ${their.toFixed(0)} ms   ratio ${(mine / their).toFixed(2)} (bar 1.5)`,
);

// A real build over the store, and again without a change.
const dir = mkdtempSync(join(tmpdir(), "postrider-bench-"));
const log = { debug() {}, info() {}, warn() {}, error() {} };
const database = await openDatabase({
  ...(process.env["DATABASE_URL"] && { url: process.env["DATABASE_URL"] }),
  dataDir: dir,
  connections: 8,
  log,
});
await migrate(database);
await database.transaction(async (tx) => {
  for (let from = 0; from < number; from += 500) {
    const some = items.slice(from, from + 500).map(({ rendition }) => ({
      id: rendition.postId,
      at: rendition.publishedAt,
      digest: sha256(JSON.stringify(rendition)),
      rendition,
    }));
    await tx.query(
      `insert into postrider.post (id, url, title, published_at) select id, 'https://example.org/blog/' || id, id, now()
       from jsonb_to_recordset($1) as t (id text) on conflict do nothing`,
      [JSON.stringify(some)],
    );
    await tx.query(
      `insert into postrider.feed_item (channel, post_id, published_at, updated_at, rendition, digest, tags, authors)
       select 'bench', id, at, at, rendition, digest, '{news}', '{Ada Quill}'
       from jsonb_to_recordset($1) as t (id text, at timestamptz, rendition jsonb, digest text) on conflict do nothing`,
      [JSON.stringify(some)],
    );
  }
});
const settings = {
  baseUrl: "https://example.org",
  file: "feed.xml",
  formats: ["rss"] as const,
  limit: number,
  tags: false,
  authors: false,
  archive: false,
};
const ports = {
  store: feedStore,
  writer,
  site,
  now: () => new Date(),
  queue: { enqueue: async () => {}, depth: async () => 0 },
};
const build = () => database.transaction((tx) => buildFeed(tx, "bench", settings, ports));
const cold = await time(build);
const warm: number[] = [];
for (let round = 0; round < rounds; round++) warm.push(await time(build));
console.log(
  `build from the store       cold ${cold.toFixed(0)} ms   unchanged ${median(warm).toFixed(1)} ms   ratio ${(cold / median(warm)).toFixed(0)} (bar 20)`,
);

// Requests, with wrk: https://github.com/wg/wrk (Debian: wrk).
await database.pool.query("delete from postrider.feed_item where post_id >= 'p2' and channel = 'bench'");
await database.transaction((tx) => buildFeed(tx, "bench", { ...settings, limit: 20 }, ports));
const library = await openFeedLibrary(database.pool, ["bench"], log);
await using server = await openServer(
  { host: "127.0.0.1", port: 0 },
  { feeds: { site, ...library }, health: { ready: async () => {} }, log },
);
const document = await library.document("feed.xml");
const constant = Buffer.from(document?.body ?? "");
const app = new Hono().get("/feed.xml", () => new Response(constant));
const reference = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
await once(reference, "listening");
const referencePort = (reference.address() as AddressInfo).port;
const etag = encoded(document?.body ?? "", changedAt).etag;
const rate = async (url: string, header?: string): Promise<number> => {
  const child = spawn("wrk", ["-t1", "-c20", "-d3s", ...(header ? ["-H", header] : []), url]);
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1] ?? Number.NaN);
};
if (spawnSync("wrk", ["-v"]).error) console.log("requests: not measured, wrk is not installed");
else {
  const [full, not, base]: number[][] = [[], [], []];
  for (let round = 0; round < 3; round++) {
    base?.push(await rate(`http://127.0.0.1:${referencePort}/feed.xml`));
    full?.push(await rate(`${server.url}/feed.xml`));
    not?.push(await rate(`${server.url}/feed.xml`, `If-None-Match: ${etag}`));
  }
  const constantRate = median(base ?? []);
  for (const [name, rates] of [
    ["200", full],
    ["304", not],
  ] as const)
    console.log(
      `serve ${name}                 ours ${median(rates ?? []).toFixed(0)}/s   bare Hono ${constantRate.toFixed(0)}/s   ratio ${(median(rates ?? []) / constantRate).toFixed(2)} (bar 0.7)`,
    );
}
reference.close();
// It keeps a connection, which the database would wait for.
await library[Symbol.asyncDispose]();
await database[Symbol.asyncDispose]();
rmSync(dir, { recursive: true, force: true });
process.exit(0);
