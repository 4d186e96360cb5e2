/** StrykerJS, which has a package of its own here and is installed when it is first needed. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const installed = join(folder, "node_modules/@stryker-mutator/core/bin/stryker.js");

/** Sentences are held by golden files, and SQL that is emptied fails at once. */
const excludedMutations = ["StringLiteral"];

export interface Place {
  line: number;
  column: number;
}

export interface Run {
  root: string;
  /** Globs of the tests that have to notice. */
  tests: readonly string[];
  /** Tests that run on every backend also run with the queue on Redis. */
  redis: boolean;
  /** How many mutants are tried at the same time. */
  atOnce: number;
  /** Further options: https://stryker-mutator.io/docs/stryker-js/configuration/ */
  options: Readonly<Record<string, unknown>>;
}

/** Where a file can be changed. Lines and columns count from 0. */
export async function mutantsOf(root: string, file: string): Promise<{ start: Place; end: Place }[]> {
  install();
  // Not by its name: a type checker would look for it, and it may not be installed yet.
  const { Instrumenter } = (await import(
    join(folder, "node_modules/@stryker-mutator/instrumenter/dist/src/index.js")
  )) as {
    Instrumenter: new (log: typeof silent) => Instrumenter;
  };
  const { mutants } = await new Instrumenter(silent).instrument(
    [{ name: file, content: readFileSync(join(root, file), "utf8"), mutate: true }],
    { plugins: null, excludedMutations, ignorers: [], noHeader: true },
  );
  return mutants.map(({ location }) => location);
}

interface Instrumenter {
  instrument(
    files: readonly { name: string; content: string; mutate: boolean }[],
    options: Readonly<Record<string, unknown>>,
  ): Promise<{ mutants: { location: { start: Place; end: Place } }[] }>;
}

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {}, fatal() {}, trace() {} };

/** @throws Error if a test fails without any change */
export function runStryker({ root, tests, redis, atOnce, options }: Run): void {
  install();
  const dir = mkdtempSync(join(tmpdir(), "postrider-mutants-"));
  const config = join(dir, "stryker.json");
  const all = {
    ...{ testRunner: "vitest", plugins: ["@stryker-mutator/vitest-runner"], coverageAnalysis: "perTest" },
    vitest: { configFile: "test/mutants/vitest.config.ts", related: false },
    // What runs only once in a process would need a process of its own for each mutant.
    ignoreStatic: true,
    mutator: { excludedMutations },
    ignorePatterns: ["/reports", "/test/peers", "/test/mutants/node_modules", "/.postrider", "/docs"],
    ...{ concurrency: atOnce, timeoutMS: 20_000, timeoutFactor: 3, dryRunTimeoutMinutes: 30 },
    ...{ tempDirName: join(dir, "sandbox"), reporters: ["json", "progress-append-only"], allowEmpty: true },
    ...options,
  };
  writeFileSync(config, JSON.stringify(all));
  try {
    const { status } = spawnSync(process.execPath, [installed, "run", config], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, MUTANTS_TESTS: tests.join(","), TEST_BACKEND: redis ? "postgres and redis" : "postgres" },
    });
    if (status !== 0) throw new Error("Stryker could not try the mutants: see above");
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function install(): void {
  if (existsSync(installed)) return;
  const options = ["--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", ["ci", "--prefix", folder, ...options], { stdio: "inherit" });
}
