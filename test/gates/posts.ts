/** Whose mails are judged: the shipped and the test's own posts, or those of a folder. */

import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openContent } from "#content/content.ts";
import type { Post, Site } from "#core/posts/post.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { root, samples } from "../render/support.ts";

/** The shipped posts, one with every element, a long one, and one from right to left: all our own words. */
export async function ownPosts(site: Site): Promise<Post[]> {
  const long = samples["plain"];
  if (!long) throw new Error("the sample posts are gone");
  const body = Array.from({ length: 120 }, () => long.body).join("\n\n");
  const tests = [...Object.values(samples), { ...long, id: "posts/long.md", body, revision: sha256(body) }];
  const placed = tests.map((post) => ({ ...post, path: join(root, "test/golden/render", post.path) }));
  return [...(await postsOf(join(root, "content/posts"), "plain", site)), ...placed];
}

/** Every post of a folder that can be read at all. */
export async function postsOf(folder: string, preset: string, site: Site): Promise<Post[]> {
  const clock = { now: () => new Date(), sleep: async (ms: number) => void (await sleep(ms)) };
  const content = openContent(
    { dir: resolve(folder), preset },
    { site, outline: readOutline, clock, baseDir: process.cwd() },
  );
  const readings = await Promise.all((await content.list()).map((path) => content.read(path)));
  return readings.flatMap(({ post }) => post ?? []);
}
