/**
 * Changes the sources in small ways, one at a time, and looks whether a test notices (StrykerJS).
 *
 * `npm run mutants [-- path …] [--area engine] [--since HEAD~1] [--sample 200] [--seed 1] [--at-once 2]`. A path is a file or
 * folder of `src`. Without `--since` and `--sample` a later run tries only what has changed since the one before it.
 * What it found is in `reports/mutants`.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Area, areas, testGlobs } from "./areas.ts";
import { chosenMutants } from "./choose.ts";
import { type Mutant, readMutants } from "./report.ts";
import { runStryker } from "./stryker.ts";

const { values, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    area: { type: "string" },
    since: { type: "string" },
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    "at-once": { type: "string", default: "2" },
  },
});
const root = fileURLToPath(new URL("../..", import.meta.url));
const reports = join(root, "reports/mutants");
/** Of fewer, a single one counts for too much. */
const fewest = 20;

if (values.area !== undefined && !areas[values.area])
  throw new Error(`There is no area "${values.area}": ${Object.keys(areas).join(", ")}`);
mkdirSync(reports, { recursive: true });
const failed: string[] = [];
for (const [name, area] of Object.entries(areas))
  if (values.area === undefined || values.area === name) await tryArea(name, area);
process.exitCode = failed.length > 0 ? 1 : 0;

async function tryArea(name: string, area: Area): Promise<void> {
  const isWhole = values.since === undefined && values.sample === undefined;
  const mutate = await chosenMutants(area, {
    ...{ root, paths, since: values.since, seed: Number(values.seed) },
    sample: values.sample === undefined ? undefined : Number(values.sample),
  });
  if (mutate.length === 0) return;
  const incremental = isWhole && { incremental: true, incrementalFile: join(reports, `${name}-before.json`) };
  const mutants = triedOn(area, area.first ?? area.tests, name, { mutate, ...incremental });
  const left = area.first ? mutants.filter(({ isNoticed }) => !isNoticed) : [];
  const later = left.length > 0 ? triedOn(area, area.tests, name, { mutate: left.map(({ range }) => range) }) : [];
  const noticedLater = new Set(later.filter(({ isNoticed }) => isNoticed).map(({ key }) => key));
  const unnoticed = mutants.filter(({ key, isNoticed }) => !isNoticed && !noticedLater.has(key));
  for (const { text } of unnoticed) process.stdout.write(`${text}\n`);
  if (mutants.length === 0) return;
  const noticed = mutants.length - unnoticed.length;
  const score = (100 * noticed) / mutants.length;
  process.stdout.write(
    `${name}: the tests noticed ${noticed} of ${mutants.length} mutants, ${score.toFixed(1)} % (at least ${area.bar} % are wanted)\n`,
  );
  if (score < area.bar && mutants.length >= fewest) failed.push(name);
}

function triedOn(
  { redis = false }: Area,
  tests: readonly string[],
  name: string,
  options: Readonly<Record<string, unknown>>,
): Mutant[] {
  const fileName = join(reports, `${name}.json`);
  const atOnce = Number(values["at-once"]);
  runStryker({ root, tests: testGlobs(tests), redis, atOnce, options: { ...options, jsonReporter: { fileName } } });
  return readMutants(fileName);
}
