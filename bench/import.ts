/**
 * The import of a CSV beside PostgreSQL's own COPY of the same rows: into a table with a unique index, and into the very
 * tables that the import fills, with everything worked out beforehand. In the same run, as a ratio.
 * `BENCH_ROWS` is the number of rows for the server, 1,000,000 otherwise; the embedded database gets a tenth.
 */

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { from as copyFrom } from "pg-copy-streams";
import { openDatabase } from "#store/database/database.ts";
import { migrate } from "#store/database/migrate.ts";
import { recipientKey } from "#store/database/settings.ts";
import { startPostgres } from "../test/support/start-servers.ts";

const rows = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const dir = mkdtempSync(join(tmpdir(), "postrider-bench-"));
const postgres = await startPostgres();
if (!postgres) throw new Error("PostgreSQL is needed on this machine");
try {
  writeFileSync(
    join(dir, "postrider.yaml"),
    `site: { title: A Blog, url: "https://example.org" }\nchannels:\n  newsletter: { adapter: smtp, url: "smtp://127.0.0.1:1", from: "A Blog <news@example.org>", list: everyone }\n`,
  );
  const csv = await writeCsv("people.csv", rows);
  const bare = await bareCopy(csv);
  const same = await copyIntoOurs();
  const ours = await importing(csv, { DATABASE_URL: postgres.url });
  say("COPY into a table with a unique index", rows, bare);
  say("COPY into our tables, hashed beforehand", rows, same);
  say("postrider subscribers import, on a server", rows, ours.seconds, ours.peakMb);
  ratio("rate of the import / COPY into our tables", same / ours.seconds, "at least 0.5");
  ratio("rate of the import / COPY into a table with a unique index", bare / ours.seconds, "");
  ratio("peak memory, MB", ours.peakMb, "under 300");
  const few = Math.ceil(rows / 10);
  const embedded = await importing(await writeCsv("few.csv", few), {});
  say("postrider subscribers import, embedded", few, embedded.seconds, embedded.peakMb);
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit();

function* people(number: number): Generator<{ address: string; name: string }> {
  for (let index = 0; index < number; index++)
    yield { address: `reader.number${(index * 7919) % number}@example${index % 400}.org`, name: `Ada Quill ${index}` };
}

async function writeCsv(name: string, number: number): Promise<string> {
  const file = join(dir, name);
  const lines = function* (): Generator<string> {
    yield "email,name\n";
    for (const { address, name: called } of people(number)) yield `${address},${called}\n`;
  };
  await pipeline(Readable.from(gathered(lines())), createWriteStream(file));
  return file;
}

/** In pieces that are worth their call. */
function* gathered(lines: Iterable<string>): Generator<string> {
  let text = "";
  for (const line of lines) {
    text += line;
    if (text.length > 256 * 1024) {
      yield text;
      text = "";
    }
  }
  yield text;
}

async function bareCopy(csv: string): Promise<number> {
  await using database = await openDatabase({ url: postgres?.url ?? "", dataDir: dir, connections: 2, log: quiet });
  await database.pool.query("create table plain (address text not null unique, name text)");
  return await timed(() =>
    database.transaction(async (tx) => {
      const client = tx as unknown as { query(stream: ReturnType<typeof copyFrom>): NodeJS.WritableStream };
      await pipeline(createReadStream(csv), client.query(copyFrom("copy plain from stdin (format csv, header)")));
    }),
  );
}

/** What no import can be faster than: the rows as they will stand there, and nothing to look up. */
async function copyIntoOurs(): Promise<number> {
  await using database = await openDatabase({ url: postgres?.url ?? "", dataDir: dir, connections: 2, log: quiet });
  await migrate(database);
  const key = await recipientKey(database.pool);
  await database.pool.query(
    "insert into postrider.list (id, name, title) overriding system value values (9, 'nine', 'nine')",
  );
  const subscribers = function* (): Generator<string> {
    let id = 0;
    for (const { address, name } of people(rows))
      yield `${++id}\t${address}\t${address}\t${createHmac("sha256", key).update(address).digest("hex")}\t${name}\n`;
  };
  const subscriptions = function* (): Generator<string> {
    for (let id = 1; id <= rows; id++) yield `9\t${id}\tconfirmed\tbench\n`;
  };
  const text = [[...gathered(subscribers())], [...gathered(subscriptions())]] as const;
  const targets = [
    "copy postrider.subscriber (id, address, normalized, hash, name) from stdin",
    "copy postrider.subscription (list_id, subscriber_id, state, source) from stdin",
  ] as const;
  const seconds = await timed(() =>
    database.transaction(async (tx) => {
      const client = tx as unknown as { query(stream: ReturnType<typeof copyFrom>): NodeJS.WritableStream };
      for (const [index, target] of targets.entries())
        await pipeline(Readable.from(text[index] ?? []), client.query(copyFrom(target)));
    }),
  );
  await database.pool.query(
    "delete from postrider.subscription; delete from postrider.subscriber; delete from postrider.list",
  );
  await database.pool.query("vacuum full postrider.subscriber, postrider.subscription");
  return seconds;
}

/** The command itself, from start to end. */
async function importing(
  csv: string,
  environment: Record<string, string>,
): Promise<{ seconds: number; peakMb: number }> {
  const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
  // As `bin/postrider.js` does.
  const heap = new URL("../bin/bounded-heap.js", import.meta.url).href;
  const report = join(dir, "peak");
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...["--conditions=source", "--import", heap, "--import", new URL("report-peak.ts", import.meta.url).href, main],
      ...["--config", join(dir, "postrider.yaml"), "--data", join(dir, "data"), "--json"],
      ...["subscribers", "import", csv, "--list", "everyone"],
    ],
    { env: { ...process.env, ...environment, PEAK_REPORT: report }, stdio: ["ignore", "ignore", "inherit"] },
  );
  const [status] = await once(child, "exit");
  if (status !== 0) throw new Error(`the import ended with ${status}`);
  const seconds = (performance.now() - began) / 1000;

  return { seconds, peakMb: Number(readFileSync(report, "utf8")) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function say(name: string, number: number, seconds: number, peakMb?: number): void {
  const memory = peakMb ? `   ${peakMb.toFixed(0)} MB` : "";
  console.log(
    `${name.padEnd(44)} ${number} rows   ${seconds.toFixed(1).padStart(6)} s   ${(number / seconds).toFixed(0).padStart(8)} rows/s${memory}`,
  );
}

function ratio(name: string, value: number, bar: string): void {
  console.log(`  ${name}: ${value.toFixed(2)}${bar && ` (bar: ${bar})`}`);
}
