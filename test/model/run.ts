/**
 * Lives weeks of publishing, withdrawing, rescheduling and forgetting, by chance, and holds them against a model.
 *
 * `npm run model -- --runs 100000 [--seed 1] [--backend embedded|postgres]`; what it prints of a failure leads back to it.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { copyCluster, prepareClusters } from "../support/prepared-database.ts";
import { startPostgres } from "../support/start-servers.ts";
import { weeks } from "./weeks.ts";
import { openWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    backend: { type: "string", default: "embedded" },
    path: { type: "string" },
    replay: { type: "string" },
  },
});
const toldEvery = 1_000;

await using opening = new AsyncDisposableStack();
const dataDir = mkdtempSync(join(tmpdir(), "postrider-model-"));
opening.defer(() => rmSync(dataDir, { recursive: true, force: true }));
const server = values.backend === "postgres" ? await startPostgres({ forTests: true }) : null;
if (values.backend === "postgres" && !server) throw new Error("There is no PostgreSQL on this machine");
if (server) opening.defer(() => server.stop());
else {
  const clusters = await prepareClusters();
  copyCluster(clusters.empty, join(dataDir, "data"));
  clusters.remove();
}
const world = opening.use(await openWorld({ dataDir, ...(server && { databaseUrl: server.url }) }));
const began = performance.now();
let runs = 0;
const told = (): string => `${runs} runs, ${((performance.now() - began) / Math.max(1, runs)).toFixed(1)} ms each`;
process.stdout.write(`${values.runs} runs on ${values.backend}, seed ${values.seed}\n`);
const broken = await weeks(world, {
  ...{ runs: Number(values.runs), seed: Number(values.seed), path: values.path, replay: values.replay },
  onRun() {
    if (++runs % toldEvery === 0) process.stdout.write(`${told()}\n`);
  },
});
process.stdout.write(`${broken ?? `All promises were kept: ${told()}`}\n`);
process.exitCode = broken ? 1 : 0;
