/**
 * Mail renditions: a whole one beside bare `mjml2html` on the same MJML in the same run, and the second time from the memory.
 * `node --conditions=source bench/render.ts [post.md preset site-url]`; default: a sample with every element.
 */

import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openContent } from "#content/content.ts";
import type { Post } from "#core/posts/post.ts";
import { openRenditions } from "#pipeline/renditions/renditions.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { samples, site, templatesDir } from "../test/render/support.ts";

type Mjml = (source: string, options: object) => Promise<{ html: string }>;

// What MJML is given is noted on its way in, so that the reference does the same work.
const require = createRequire(import.meta.url);
const bare = require("mjml") as Mjml;
let source = "";
const cached = require.cache[require.resolve("mjml")];
if (!cached) throw new Error("mjml is not where it was");
cached.exports = (given: string, options: object) => {
  source = given;
  return bare(given, options);
};

const [path, preset = "plain", url = "https://example.org"] = process.argv.slice(2);
async function read(file: string): Promise<Post> {
  const clock = { now: () => new Date(), sleep: async (ms: number) => void (await sleep(ms)) };
  const settings = { dir: dirname(resolve(file)), preset };
  const tools = { site: { ...site, url }, outline: readOutline, clock, baseDir: process.cwd() };
  const { post } = await openContent(settings, tools).read(resolve(file));
  if (!post) throw new Error("the post can't be read");
  return post;
}
const post = path ? await read(path) : samples["everything"];
if (!post) throw new Error("the sample is gone");

const renderer = await openRenderer({ templatesDir, site });
const list = { name: "letters", title: "Letters" };
const options = { validationLevel: "strict", fonts: {}, keepComments: true };
const time = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const ours: number[] = [];
const reference: number[] = [];
for (let round = 0; round < 45; round++) {
  const mine = await time(() => renderer.email(post, list));
  const theirs = await time(() => bare(source, options));
  // The first rounds warm both up.
  if (round < 15) continue;
  ours.push(mine);
  reference.push(theirs);
}
const whole = median(ours);
process.stdout.write(`a whole rendition   ${whole.toFixed(1)} ms, ${(1000 / whole).toFixed(0)}/s\n`);
process.stdout.write(`bare mjml2html      ${median(reference).toFixed(1)} ms\n`);
process.stdout.write(`ratio               ${(whole / median(reference)).toFixed(2)} (bar 3)\n`);

const remembering = openRenditions(renderer, new Map());
const destination = { channel: "newsletter", adapter: "smtp", medium: "email", list: "letters" } as const;
const first = await time(() => remembering(post, destination));
const again: number[] = [];
for (let round = 0; round < 100; round++) again.push(await time(() => remembering(post, destination)));
process.stdout.write(
  `a second time       ${(median(again) * 1000).toFixed(1)} µs, ${(first / median(again)).toFixed(0)} times faster (bar 50)\n`,
);
process.exit(whole / median(reference) <= 3 && first / median(again) >= 50 ? 0 : 1);
