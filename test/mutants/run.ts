/**
 * Changes the sources in small ways, one at a time, and looks whether a test notices (StrykerJS).
 *
 * `npm run mutants [-- path …] [--area engine] [--since HEAD~1] [--sample 200] [--seed 1] [--at-once 2]`. A path is a file or
 * folder of `src`. Without `--since` and `--sample` a later run tries only what has changed since the one before it.
 * What it found is in `reports/mutants`.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Area, areas, testGlobs } from "./areas.ts";
import { chosenMutants, excludedMutations } from "./choose.ts";
import { readOutcome } from "./report.ts";

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
  const report = join(reports, `${name}.json`);
  runStryker(area, {
    ...{ mutate, jsonReporter: { fileName: report } },
    ...(isWhole && { incremental: true, incrementalFile: join(reports, `${name}-before.json`) }),
  });
  const { noticed, unnoticed, score } = readOutcome(report);
  for (const line of unnoticed) process.stdout.write(`${line}\n`);
  if (score === null) return;
  process.stdout.write(
    `${name}: the tests noticed ${noticed} of ${noticed + unnoticed.length} mutants, ${score.toFixed(1)} % (at least ${area.bar} % are wanted)\n`,
  );
  if (score < area.bar && noticed + unnoticed.length >= fewest) failed.push(name);
}

function runStryker(area: Area, options: Readonly<Record<string, unknown>>): void {
  const dir = mkdtempSync(join(tmpdir(), "postrider-mutants-"));
  const config = join(dir, "stryker.json");
  writeFileSync(
    config,
    JSON.stringify({
      ...{ testRunner: "vitest", plugins: ["@stryker-mutator/vitest-runner"], coverageAnalysis: "perTest" },
      vitest: { configFile: "test/mutants/vitest.config.ts", related: false },
      // Of what never runs again within a process, a mutant would need a process of its own.
      ignoreStatic: true,
      mutator: { excludedMutations },
      ignorePatterns: ["/reports", "/test/peers", "/test/mutants/node_modules", "/.postrider", "/docs"],
      ...{ concurrency: Number(values["at-once"]), timeoutMS: 20_000, timeoutFactor: 3 },
      ...{ tempDirName: join(dir, "sandbox"), reporters: ["json", "progress-append-only"], allowEmpty: true },
      ...options,
    }),
  );
  try {
    const stryker = fileURLToPath(new URL("node_modules/@stryker-mutator/core/bin/stryker.js", import.meta.url));
    const { status } = spawnSync(process.execPath, [stryker, "run", config], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, MUTANTS_TESTS: testGlobs(area).join(","), TEST_BACKEND: "postgres" },
    });
    if (status !== 0) throw new Error("Stryker could not try the mutants: see above");
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
