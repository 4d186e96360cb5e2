/**
 * A whole campaign, from the ledger through the queue to the wire, beside Postfix's `smtp-source` and a plain nodemailer
 * pool: the same number of mails of the same size over as many connections into the same sink, all in one run.
 *
 * `npm run bench -- send [recipients] [connections]`; smtp-sink and smtp-source come with Debian's `postfix`.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { freePort, startPostgres } from "../test/support/start-servers.ts";

const recipients = Number(process.argv[2] ?? 20_000);
const connections = Number(process.argv[3] ?? 5);
const only = process.env["BENCH_ONLY"]?.split(",");
const child = fileURLToPath(new URL("send-child.ts", import.meta.url));

/** What one way of sending cost. */
interface Cost {
  seconds: number;
  /** User and system time of the sending process, from its start to its end. */
  cpu: number;
  peakMb: number;
}

const dir = mkdtempSync(join(tmpdir(), "postrider-bench-"));
// As `bin/postrider.js` does: what was compiled in one start serves the next.
process.env["NODE_COMPILE_CACHE"] = join(dir, "compiled");
const sink = await startSink();
const postgres = await startPostgres();
if (!postgres) throw new Error("PostgreSQL is needed: apt-get install postgresql");
try {
  const rows: [string, Cost | null][] = [];
  const run = async (name: string, work: () => Promise<Cost>): Promise<Cost | null> => {
    if (only && !only.includes(name)) return null;
    const cost = await work();
    rows.push([name, cost]);
    process.stdout.write(`${line(name, cost)}\n`);
    return cost;
  };
  const server = await prepare("server", postgres.url);
  const embedded = await prepare("embedded");
  process.stdout.write(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${recipients} mails of ${server.bytes} bytes, ${connections} connections\n\n`,
  );
  const source = await run("smtp-source", () => smtpSource(server.bytes));
  const pool = await run("nodemailer", () =>
    node(["pool", String(sink.port), String(Math.min(recipients, 4_000)), String(connections), server.folder, "-"]),
  );
  const before = await serverCpu();
  const onServer = await run("campaign", () => node(server.args("campaign")));
  const database = (await serverCpu()) - before;
  const inProcess = await run("embedded", () => node(embedded.args("campaign")));
  process.stdout.write("\n");
  const ratio = (name: string, value: number, bar: string): void => {
    process.stdout.write(`${name.padEnd(64)} ${value.toFixed(2).padStart(7)}   (${bar})\n`);
  };
  const rateOf = (cost: Cost, mails = recipients): number => mails / cost.seconds;
  if (onServer && source) {
    ratio("campaign / smtp-source, CPU", onServer.cpu / source.cpu, "at most 2.0");
    ratio("campaign / smtp-source, mails a second", rateOf(onServer) / rateOf(source), "at least 0.8");
    ratio("the database server's CPU / smtp-source, for what it is worth", database / source.cpu, "no bar");
  }
  if (onServer && pool) {
    const mails = Math.min(recipients, 4_000);
    ratio("nodemailer pool / campaign, CPU", pool.cpu / mails / (onServer.cpu / recipients), "at least 15");
    ratio("campaign / nodemailer pool, mails a second", rateOf(onServer) / rateOf(pool, mails), "at least 6");
  }
  if (inProcess && source)
    ratio("campaign on the embedded database / smtp-source, CPU", inProcess.cpu / source.cpu, "at most 3.5");
} finally {
  sink.stop();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit();

function line(name: string, { seconds, cpu, peakMb }: Cost): string {
  const mails = name === "nodemailer" ? Math.min(recipients, 4_000) : recipients;
  const rate = `${(mails / seconds).toFixed(0).padStart(6)} mails/s`;
  return `${name.padEnd(14)} ${rate}   ${((cpu / mails) * 1000).toFixed(4)} s CPU/1000   ${peakMb.toFixed(0)} MB`;
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
  url?: string,
): Promise<{ folder: string; bytes: number; args(step: string): string[] }> {
  const folder = join(dir, name);
  const database = url ? await newDatabase(url) : "-";
  const args = (step: string): string[] => [
    step,
    String(sink.port),
    String(recipients),
    String(connections),
    folder,
    database,
  ];
  const { bytes = 0 } = await node(args("prepare"));
  return { folder, bytes, args };
}

async function newDatabase(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query("create database bench");
  await client.end();
  return url.replace(/\/postgres$/, "/bench");
}

/** User and system seconds of the server's processes, those that have ended among them (proc(5), fields 14 to 17). */
async function serverCpu(): Promise<number> {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      if (!stat.includes("(postgres)")) continue;
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      for (const field of fields.slice(11, 15)) ticks += Number(field);
    } catch {
      // It has just ended.
    }
  }
  return ticks / 100;
}
