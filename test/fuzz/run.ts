/**
 * Looks for posts that take too long or end the process: `npm run fuzz -- --minutes N [--seed S] [--bytes B]`. Each post comes
 * from a number, so that what is found can be made again: put its recipe into `found.ts`.
 */

import { parseArgs } from "node:util";
import { openExaminers, problemOf } from "./examiners.ts";
import { named, randomOf, recipeOf } from "./hostile-posts.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string" }, seed: { type: "string" }, bytes: { type: "string" } },
});
const minutes = numberOf("minutes", values.minutes, 1);
const firstSeed = numberOf("seed", values.seed, Date.now() % 1_000_000_000);
const bytes = values.bytes === undefined ? undefined : numberOf("bytes", values.bytes, 0);

const line = (text: string): void => void process.stdout.write(`${text}\n`);
const end = Date.now() + minutes * 60_000;
let posts = 0;
let problems = 0;
let slowest = 0;
line(`Seeds from ${firstSeed}, ${minutes} minutes.`);
await using examiners = openExaminers();
for (let seed = firstSeed; Date.now() < end; seed++, posts++) {
  const recipe = recipeOf(seed, bytes ?? 10_000 + randomOf(seed).integer(90_001));
  const answer = await examiners.examine(recipe);
  slowest = Math.max(slowest, answer.check, answer.preview);
  const problem = problemOf(answer);
  if (!problem) continue;
  problems++;
  line(`Seed ${seed}: ${problem}\n  ${named(recipe)}`);
}
line(`Examined ${posts} posts; ${problems} problems. The slowest took ${Math.round(slowest)} ms of processor time.`);
process.exitCode = problems > 0 ? 1 : 0;

function numberOf(name: string, text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} takes a number, found "${text}"`);
  return number;
}
