/** A few short rounds of `npm run faults`, the same ones each time. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, it } from "vitest";

const haveServers = inject("postgresUrl") !== null && inject("redisUrl") !== null;

describe.skipIf(!haveServers)("A campaign in which much goes wrong", () => {
  // The first is over TLS, the second in chunks, the third has its queue on Redis.
  it("loses nobody and sends nothing twice, if any process, queue, disk or relay fails", {
    timeout: 300_000,
  }, async () => {
    const program = fileURLToPath(new URL("../faults/run.ts", import.meta.url));
    const options = ["--rounds", "3", "--recipients", "300", "--seed", "12"];
    const run = spawn(process.execPath, ["--conditions=source", program, ...options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let told = "";
    run.stdout.on("data", (chunk) => (told += chunk));
    run.stderr.on("data", (chunk) => (told += chunk));
    const [status] = await once(run, "close");
    expect(told).toMatch(/3 rounds · 900 deliveries .*\n0 violations/);
    expect(status).toBe(0);
  });
});
