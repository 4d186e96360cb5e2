/**
 * How fast posts are read and checked, cold and from the cache, beside gray-matter and marked alone on the same files.
 * `node --conditions=source bench/read.ts [posts]`. Rendering isn't part of it. Exits with 1 when a promise is broken:
 * cold within 4 times of the reference, warm within 1.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import matter from "gray-matter";
import { Marked } from "marked";
import { openCheckCache } from "#content/check-cache.ts";
import { openContent } from "#content/content.ts";
import { readOutline } from "#render/outline.ts";
import { syntheticPost } from "./synthetic-posts.ts";

const total = Number(process.argv[2] ?? 10_000);
const dir = mkdtempSync(join(tmpdir(), "bench-read-"));
let bytes = 0;
for (let number = 0; number < total; number++) {
  const { path, text } = syntheticPost(number);
  mkdirSync(dirname(join(dir, "posts", path)), { recursive: true });
  writeFileSync(join(dir, "posts", path), text);
  bytes += text.length;
}

const clock = { now: () => new Date("2026-06-01T12:00:00Z"), sleep: async () => {} };
const site = { title: "Bench", url: "https://bench.example.org", description: "", language: "en", timezone: "UTC" };
const content = openContent(
  { dir: join(dir, "posts"), preset: "hugo" },
  { site, outline: readOutline, clock, baseDir: dir },
);
const files = await content.list();
/** As they are after a while, and not in the moment of writing, when times can't be trusted. */
const later = () => new Date(Date.now() + 60_000);

async function reference(): Promise<void> {
  const marked = new Marked();
  for (const file of files) {
    const { content: body } = matter(await readFile(file, "utf8"), {});
    marked.parse(body);
  }
}

async function check(): Promise<number> {
  const cache = await openCheckCache(join(dir, "checks.json"), "bench", later);
  for (const file of files)
    await cache.through(file, async () => {
      const { post, diagnostics, sources, changesAt } = await content.read(file);
      const value = {
        title: post?.title,
        url: post?.url,
        summary: post?.summary.text,
        status: post?.status,
        diagnostics,
      };
      return { value, sources, changesAt };
    });
  await cache.save({ complete: true });
  return cache.hits;
}

async function timed(name: string, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  const result = await work();
  const seconds = (performance.now() - begun) / 1000;
  const memory = Math.round(process.memoryUsage().rss / 1_048_576);
  const hits = typeof result === "number" ? `, ${result} from the cache` : "";
  console.log(
    `${name.padEnd(24)} ${Math.round(total / seconds)} posts/s, ${seconds.toFixed(2)} s, ${memory} MB${hits}`,
  );
  return seconds;
}

try {
  console.log(`${total} posts, ${(bytes / total / 1024).toFixed(1)} KB on average`);
  const plain = await timed("gray-matter + marked", reference);
  const cold = await timed("cold", check);
  const warm = await timed("warm", check);
  const again = await timed("gray-matter + marked", reference);
  const best = Math.min(plain, again);
  console.log(`cold ${(cold / best).toFixed(2)} times, warm ${(warm / best).toFixed(2)} times the reference`);
  if (cold > 4 * best || warm > best) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
