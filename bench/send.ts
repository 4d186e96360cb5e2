/**
 * A whole campaign, from the ledger through the queue to the wire, beside Postfix's `smtp-source` and a plain nodemailer
 * pool: the same number of mails of the same size over as many connections into the same sink, all in one run.
 *
 * `npm run bench -- send [recipients] [connections]`; smtp-sink and smtp-source come with Debian's `postfix`.
 */

import { fork, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { statFields } from "../test/support/process-stat.ts";
import { freePort, startPostgres } from "../test/support/start-servers.ts";

const recipients = Number(process.argv[2] ?? 20_000);
const connections = Number(process.argv[3] ?? 5);
const only = process.env["BENCH_ONLY"]?.split(",");
/** Enough to know its rate. */
const poolMails = Math.min(recipients, 4_000);
const child = fileURLToPath(new URL("send-child.ts", import.meta.url));

/** A worker's peak over a short campaign and a long one. Only when asked for by name: it takes minutes. */
async function memory(): Promise<void> {
  if (!only?.includes("memory")) return;
  process.env["BENCH_NODE"] = `--import ${fileURLToPath(new URL("../bin/small-heap.js", import.meta.url))}`;
  const short = await prepare("short", { url: postgres?.url, mails: 10_000 });
  const one = await run("memory, 10,000", 10_000, () => short.campaign());
  const long = await prepare("long", { url: postgres?.url, mails: 1_000_000 });
  const other = await run("memory, 1,000,000", 1_000_000, () => long.campaign());
  if (one && other) {
    ratio("peak over 1,000,000 mails, MB", other.peakMb, "at most 256");
    ratio("peak over 1,000,000 mails / over 10,000", other.peakMb / one.peakMb, "at most 1.6");
  }
}

/** What one way of sending cost. */
interface Cost {
  seconds: number;
  /** User and system time of the sending process, from its start to its end. */
  cpu: number;
  peakMb: number;
}

interface Measured extends Cost {
  mails: number;
}

interface Prepared {
  /** Of one mail. */
  bytes: number;
  campaign(): Promise<Cost>;
  /** A plain pool of nodemailer's sends so many. */
  pool(count: number): Promise<Cost>;
}

const dir = mkdtempSync(join(tmpdir(), "postrider-bench-"));
// As `bin/postrider.js` does: what was compiled in one start serves the next.
process.env["NODE_COMPILE_CACHE"] = join(dir, "compiled");
const sink = await startSink();
const postgres = await startPostgres();
if (!postgres) throw new Error("PostgreSQL is needed: apt-get install postgresql");
try {
  const server = await prepare("campaign", { url: postgres.url });
  process.stdout.write(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${recipients} mails of ${server.bytes} bytes, ${connections} connections\n\n`,
  );
  await near(server);
  await signed();
  await far();
  await memory();
} finally {
  sink.stop();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit();

/** Into `smtp-sink` on this machine. */
async function near(server: Prepared): Promise<void> {
  const source = await run("smtp-source", recipients, () => smtpSource(server.bytes));
  const pool = await run("nodemailer", poolMails, () => server.pool(poolMails));
  const before = await serverCpu();
  const campaign = await run("campaign", recipients, () => server.campaign());
  const database = (await serverCpu()) - before;
  const embedded = await run("embedded", recipients, async () => (await prepare("embedded", {})).campaign());
  if (campaign && source) {
    ratio("campaign / smtp-source, CPU", campaign.cpu / source.cpu, "at most 2.0");
    ratio("campaign / smtp-source, mails a second", rateOf(campaign) / rateOf(source), "at least 0.8");
    ratio("the database server's CPU / smtp-source", database / recipients / source.cpu, "no bar");
  }
  if (campaign && pool) {
    ratio("nodemailer pool / campaign, CPU", pool.cpu / campaign.cpu, "at least 15");
    ratio("campaign / nodemailer pool, mails a second", rateOf(campaign) / rateOf(pool), "at least 6");
  }
  if (embedded && source)
    ratio("campaign on the embedded database / smtp-source, CPU", embedded.cpu / source.cpu, "at most 3.5");
}

/** The same with a signature of RSA-2048 in each mail. */
async function signed(): Promise<void> {
  if (!wanted("signed")) return;
  const keyFile = join(dir, "dkim.pem");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }));
  const site = await prepare("signed", { url: postgres?.url, keyFile });
  const pool = await run("signed pool", poolMails / 2, () => site.pool(poolMails / 2));
  const campaign = await run("signed", recipients, () => site.campaign());
  if (pool && campaign) ratio("nodemailer pool / campaign, both signed, CPU", pool.cpu / campaign.cpu, "at least 4");
}

/** Into a relay whose every answer takes 10 ms. */
async function far(): Promise<void> {
  if (!wanted("far")) return;
  const mails = Math.min(recipients, 10_000);
  for (const chunking of [false, true]) {
    const name = chunking ? "far, chunks" : "far";
    const relay = await startSlowSink(chunking);
    try {
      const site = await prepare(chunking ? "far_chunks" : "far", { url: postgres?.url, port: relay.port, mails });
      const pool = await run(`${name} pool`, 500, () => site.pool(500));
      const campaign = await run(name, mails, () => site.campaign());
      if (pool && campaign)
        ratio(
          `campaign / nodemailer pool, 10 ms away${chunking ? ", with CHUNKING" : ""}, mails a second`,
          rateOf(campaign) / rateOf(pool),
          chunking ? "at least 10" : "at least 2",
        );
    } finally {
      relay.stop();
    }
  }
}

/** What one way of sending cost. `cpu`: seconds for each mail. */
async function run(name: string, mails: number, work: () => Promise<Cost>): Promise<Measured | null> {
  if (!wanted(name)) return null;
  const { cpu, ...cost } = await work();
  const measured = { ...cost, mails, cpu: cpu / mails };
  process.stdout.write(
    `${name.padEnd(16)} ${rateOf(measured).toFixed(0).padStart(6)} mails/s   ${(measured.cpu * 1000).toFixed(4)} s CPU/1000   ${cost.peakMb.toFixed(0)} MB\n`,
  );
  return measured;
}

function wanted(name: string): boolean {
  return !only || only.some((each) => name.startsWith(each));
}

function rateOf({ mails, seconds }: Measured): number {
  return mails / seconds;
}

function ratio(name: string, value: number, bar: string): void {
  process.stdout.write(`    ${name.padEnd(70)} ${value.toFixed(2).padStart(7)}   (${bar})\n`);
}

async function startSlowSink(chunking: boolean): Promise<{ port: number; stop(): void }> {
  const program = fork(fileURLToPath(new URL("slow-sink.ts", import.meta.url)), [
    "10",
    ...(chunking ? ["chunking"] : []),
  ]);
  const [port] = (await once(program, "message")) as [number];
  return { port, stop: () => program.kill() };
}

async function startSink(): Promise<{ port: number; stop(): void }> {
  const port = await freePort();
  const options = { stdio: "ignore" as const };
  const program = spawn("/usr/sbin/smtp-sink", ["-u", "nobody", "-c", `127.0.0.1:${port}`, "1000"], options);
  for (let tries = 0; tries < 50; tries++) {
    const socket = createConnection(port, "127.0.0.1");
    const up = await new Promise((resolve) =>
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false)),
    );
    socket.destroy();
    if (up) break;
    await sleep(100);
  }
  return { port, stop: () => program.kill() };
}

/** Runs a program under GNU-like `time`: bash's own. */
async function timed(command: string): Promise<Cost & { output: string }> {
  const script = `TIMEFORMAT='%R %U %S'; time ${command}`;
  const shell = spawn("bash", ["-c", script], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  shell.stdout.on("data", (chunk) => (output += chunk));
  shell.stderr.on("data", (chunk) => (errors += chunk));
  const [code] = (await once(shell, "close")) as [number];
  const [seconds = 0, user = 0, system = 0] = (errors.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${errors}`);
  return { seconds, cpu: user + system, peakMb: 0, output };
}

function smtpSource(bytes: number): Promise<Cost> {
  return timed(
    `/usr/sbin/smtp-source -s ${connections} -m ${recipients} -l ${bytes} -f news@example.org -t reader@example.com 127.0.0.1:${sink.port}`,
  );
}

/** A Node program tells its own peak and the time that its sending took; its CPU is that of the whole process. */
async function node(args: string[]): Promise<Cost & { bytes?: number }> {
  const { output, cpu } = await timed(
    `"${process.execPath}" ${process.env["BENCH_NODE"] ?? ""} "${child}" ${args.join(" ")}`,
  );
  const told = JSON.parse(output.trim().split("\n").at(-1) ?? "{}") as {
    seconds: number;
    peakMb: number;
    bytes?: number;
  };
  return { ...told, cpu };
}

/** Database, post and readers: what a real sender has before it begins. */
async function prepare(
  name: string,
  options: { url?: string | undefined; port?: number; mails?: number; keyFile?: string },
): Promise<Prepared> {
  const { url, port = sink.port, mails = recipients, keyFile = "" } = options;
  const folder = join(dir, name);
  const database = url ? await newDatabase(url, name) : "-";
  const args = (step: string, count: number, where = database): string[] => [
    ...[step, String(port), String(count), String(connections), folder, where, keyFile || "-"],
  ];
  const { bytes = 0 } = await node(args("prepare", mails));
  return {
    bytes,
    campaign: () => node(args("campaign", mails)),
    pool: (count) => node(args("pool", count, "-")),
  };
}

async function newDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database bench_${name}`);
  await client.end();
  return url.replace(/\/postgres$/, `/bench_${name}`);
}

/** User and system seconds of the server's processes, those that have ended among them (proc(5), fields 14 to 17). */
async function serverCpu(): Promise<number> {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/comm`, "utf8") !== "postgres\n") continue;
      for (const field of statFields(pid).slice(11, 15)) ticks += Number(field);
    } catch {
      // It has just ended.
    }
  }
  return ticks / 100;
}
