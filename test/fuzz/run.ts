/**
 * Looks for posts and other inputs that take too long or end the process: `npm run fuzz -- --minutes N | --seeds N [--seed S] [--bytes B] [--only READER]`.
 * Each comes from a number, so that what is found can be made again: put a post's recipe into `found.ts`, the reader and number
 * of anything else into `found-inputs.ts`. `--seeds` tries so many numbers, however long it takes: the same inputs on each machine.
 */

import { parseArgs } from "node:util";
import { openExaminers, openReaderExaminers, problemOf } from "./examiners.ts";
import { named, randomOf, recipeOf } from "./hostile-posts.ts";
import { inputsForPost } from "./reader.ts";
import { readers } from "./readers.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seeds: { type: "string" },
    seed: { type: "string" },
    bytes: { type: "string" },
    only: { type: "string" },
  },
});
const seeds = numberOf("seeds", values.seeds, Number.MAX_SAFE_INTEGER);
const minutes = numberOf("minutes", values.minutes, values.seeds === undefined ? 1 : 60);
const firstSeed = numberOf("seed", values.seed, Date.now() % 1_000_000_000);
/** A reader's name, or `posts`. */
const wanted = (name: string): boolean => values.only === undefined || values.only === name;
if (![...Object.keys(readers), "posts"].some(wanted))
  throw new Error(`--only takes posts or one of: ${Object.keys(readers).join(", ")}`);
const bytes = values.bytes === undefined ? undefined : numberOf("bytes", values.bytes, 0);

const line = (text: string): void => void process.stdout.write(`${text}\n`);
const end = Date.now() + minutes * 60_000;
let posts = 0;
let problems = 0;
let slowest = 0;
line(`Seeds from ${firstSeed}, ${values.seeds === undefined ? `${minutes} minutes` : `${seeds} of them`}.`);
await using examiners = openExaminers();
await using readerExaminers = openReaderExaminers();
let inputs = 0;
for (let seed = firstSeed; seed < firstSeed + seeds && Date.now() < end; seed++) {
  if (wanted("posts")) await tryPost(seed);
  for (const [reader, { atOnce = inputsForPost }] of Object.entries(readers))
    for (let each = 0; each < atOnce && wanted(reader); each++) await tryInput(reader, seed * inputsForPost + each);
}
line(
  `Examined ${posts} posts and ${inputs} other inputs; ${problems} problems. The slowest took ${Math.round(slowest)} ms of processor time.`,
);
process.exitCode = problems > 0 ? 1 : 0;

async function tryPost(seed: number): Promise<void> {
  posts++;
  const recipe = recipeOf(seed, bytes ?? 10_000 + randomOf(seed).integer(90_001));
  const answer = await examiners.examine(recipe);
  slowest = Math.max(slowest, answer.check, answer.preview);
  const problem = problemOf(answer);
  if (!problem) return;
  problems++;
  line(`Seed ${seed}: ${problem}\n  ${named(recipe)}`);
}

async function tryInput(reader: string, seed: number): Promise<void> {
  inputs++;
  const answer = await readerExaminers.examine({ reader, seed });
  slowest = Math.max(slowest, answer.check);
  const problem = problemOf(answer);
  if (!problem) return;
  problems++;
  line(`["${reader}", ${seed}]: ${problem}`);
}

function numberOf(name: string, text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} takes a number, found "${text}"`);
  return number;
}
