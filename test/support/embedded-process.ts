/**
 * A process of its own on an embedded database: `insert` writes rows and says which
 * are committed, `work` runs statements and says how much memory the process has needed, `hold` only keeps it open.
 */

import { readFileSync } from "node:fs";
import pg from "pg";
import { openEmbedded } from "#store/database/embedded/open.ts";

const [dataDir = "", task = "hold", mark = "x"] = process.argv.slice(2);
const log = { debug() {}, info() {}, warn() {}, error() {} };
const embedded = await openEmbedded(dataDir, { log });
const client = new pg.Client(embedded.connection);
await client.connect();
process.send?.({ role: embedded.role });

if (task === "insert") {
  await client.query("create table if not exists public.mark (id text primary key)");
  for (let number = 0; ; number++) {
    await client.query("insert into public.mark values ($1)", [`${mark}-${number}`]);
    process.send?.({ committed: `${mark}-${number}` });
  }
}
if (task === "work") {
  const sums = Array.from({ length: 200 }, (_, index) => `sum(id + ${index})`).join(", ");
  for (let number = 0; number < 200; number++)
    await client.query(`select ${sums} from generate_series(1, 10) as each(id)`);
  // Not `maxRSS`: a process that was just started has its parent's (getrusage(2) counts what was there before execve).
  const [, kilobytes = "0"] = /^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  process.send?.({ peakMegabytes: Number(kilobytes) / 1000 });
}
process.once("SIGTERM", async () => {
  await client.end();
  await embedded[Symbol.asyncDispose]();
  process.disconnect?.();
});
