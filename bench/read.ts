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
import { openCheckCache } from "#content/checks/check-cache.ts";
import { openContent } from "#content/content.ts";
import { readOutline } from "#render/markdown/outline.ts";
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

const slices: string[][] = [];
for (let at = 0; at < files.length; at += 500) slices.push(files.slice(at, at + 500));

async function reference(slice: readonly string[]): Promise<void> {
  const marked = new Marked();
  for (const file of slice) {
    const { content: body } = matter(await readFile(file, "utf8"), {});
    marked.parse(body);
  }
}

/** Checks everything, slice by slice with the reference in between, so that whatever else the machine does weighs on both. */
async function checked(name: string): Promise<{ ratio: number }> {
  const opened = performance.now();
  const cache = await openCheckCache(join(dir, "checks.json"), "bench", later);
  let own = (performance.now() - opened) / 1000;
  let plain = 0;
  for (const slice of slices) {
    plain += await timed(() => reference(slice));
    own += await timed(async () => {
      for (const file of slice)
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
    });
  }
  own += await timed(() => cache.save({ complete: true }));
  const memory = Math.round(process.memoryUsage().rss / 1_048_576);
  const rate = (seconds: number): string => `${Math.round(total / seconds)} posts/s, ${seconds.toFixed(2)} s`;
  console.log(`${name.padEnd(5)} ${rate(own)}, ${memory} MB, ${cache.hits} from the cache`);
  console.log(`      beside gray-matter + marked: ${rate(plain)}; ${(own / plain).toFixed(2)} times that`);
  return { ratio: own / plain };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

try {
  console.log(`${total} posts, ${(bytes / total / 1024).toFixed(1)} KB on average`);
  const cold = await checked("cold");
  const warm = await checked("warm");
  if (cold.ratio > 4 || warm.ratio > 1) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
