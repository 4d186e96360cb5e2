/**
 * What a hundred programs cost that follow the events of the API while a campaign is sent: `npm run bench -- listeners`.
 * A process answers HTTP and sends nothing, a worker sends; the first one's processor time is compared with and without
 * listeners. Prints the difference as a share of one core. `BENCH_MAILS`: default 20,000. PostgreSQL is needed.
 */

import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { statFields } from "../test/support/process-stat.ts";
import { openSink } from "../test/support/sink.ts";
import { startPostgres } from "../test/support/start-servers.ts";

const mails = Number(process.env["BENCH_MAILS"] ?? 20_000);
const listeners = 100;
const token = "a-l0ng-t0ken";
const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const serverFile = fileURLToPath(new URL("listeners-server.ts", import.meta.url));

const dir = mkdtempSync(join(tmpdir(), "postrider-bench-"));
const postgres = await startPostgres();
if (!postgres) throw new Error("PostgreSQL is needed: apt-get install postgresql");
const sink = await openSink();
const env = { ...process.env, DATABASE_URL: postgres.url, POSTRIDER_API_TOKEN: token, LOG_LEVEL: "error" };
try {
  mkdirSync(join(dir, "content/posts"), { recursive: true });
  writeFileSync(
    join(dir, "postrider.yaml"),
    `site: { title: A Blog, url: "https://example.org", postalAddress: "7 Quiet Lane, Example" }
server: { url: "https://news.example.org", listen: "127.0.0.1:0" }
channels: { newsletter: { adapter: smtp, url: "${sink.url}", from: "A Blog <news@example.org>", list: everyone } }
`,
  );
  const people = Array.from({ length: mails }, (_, index) => `reader${index}@example.com`);
  writeFileSync(join(dir, "readers.csv"), ["email", ...people].join("\n"));
  await postrider("subscribers", "import", "readers.csv", "--list", "everyone", "--create-list");
  const without = await campaign(0);
  const all = await campaign(listeners);
  const share = (all.cpu / all.seconds - without.cpu / without.seconds) * 100;
  process.stdout.write(
    `without listeners ${without.cpu.toFixed(2)} s of processor time in ${without.seconds.toFixed(1)} s; with ${listeners} ${all.cpu.toFixed(2)} s in ${all.seconds.toFixed(1)} s, ${all.events} events received\n` +
      `${listeners} listeners, share of a core: ${share.toFixed(1)} % (at most 5)\n`,
  );
} finally {
  await sink[Symbol.asyncDispose]();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit();

/** Sends one post to everybody while so many programs follow. */
async function campaign(count: number): Promise<{ cpu: number; seconds: number; events: number }> {
  writeFileSync(
    join(dir, `content/posts/post-${count}.md`),
    `---\ntitle: Post ${count}\ndate: 2026-01-05\n---\n\nHello.\n`,
  );
  const server = fork(serverFile, [join(dir, "postrider.yaml")], { env, execArgv: ["--conditions=source"] });
  const [url] = (await once(server, "message")) as [string];
  const stop = new AbortController();
  let events = 0;
  for (let index = 0; index < count; index++) {
    const answer = await fetch(`${url}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
    if (!answer.body) throw new Error(`a listener got ${answer.status}`);
    void each(answer.body, (text) => {
      events += text.split("\ndata: ").length - 1;
    }).catch(() => undefined);
  }
  await sleep(1_000);
  const worker = spawn(process.execPath, ["--conditions=source", main, "worker"], { cwd: dir, env, stdio: "inherit" });
  const before = cpuOf(server.pid);
  const since = performance.now();
  await postrider("publish", `content/posts/post-${count}.md`, "--detach");
  await untilAccepted(`post-${count}.md`);
  const seconds = (performance.now() - since) / 1000;
  const cpu = cpuOf(server.pid) - before;
  stop.abort();
  for (const child of [worker, server]) child.kill("SIGTERM");
  await Promise.all([worker, server].map((child) => child.exitCode ?? once(child, "exit")));
  return { cpu, seconds, events };
}

async function postrider(...words: string[]): Promise<void> {
  const child = spawn(process.execPath, ["--conditions=source", main, ...words], { cwd: dir, env, stdio: "inherit" });
  await once(child, "exit");
}

async function each(body: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of body) take(decoder.decode(chunk, { stream: true }));
}

async function untilAccepted(post: string): Promise<void> {
  const client = new pg.Client(postgres?.url);
  await client.connect();
  for (;;) {
    const { rows } = await client.query(
      "select count(*)::int as accepted from postrider.delivery where state = 'accepted' and post_id = $1",
      [post],
    );
    if (rows[0].accepted === mails) break;
    await sleep(200);
  }
  await client.end();
}

/** User and system seconds of a process (proc(5), fields 14 and 15). */
function cpuOf(pid: number | undefined): number {
  const fields = statFields(pid ?? 0);
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
