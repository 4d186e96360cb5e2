/**
 * Rounds of a campaign in which everything goes wrong that can: after each, the relay's own record is held against the ledger.
 * Nobody lost, nobody twice, whatever is accepted was received, and what nobody can know is `uncertain`.
 *
 * `npm run faults -- [--rounds 200] [--recipients 5000] [--seed 1]`; needs PostgreSQL and Redis on the machine. Clocks jump
 * where libfaketime is installed, and the database's disk is full at times where we may mount one (as root).
 */

import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { type App, openApp, openSite } from "#app.ts";
import type { Post } from "#core/post.ts";
import type { Channel } from "#core/publication.ts";
import { publish } from "#pipeline/publish.ts";
import { type CrashingServer, freePort, startCrashingPostgres, startRedis } from "../support/start-servers.ts";
import type { Mood } from "./relay.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "200" },
    recipients: { type: "string", default: "5000" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
const rounds = Number(values.rounds);
const recipients = Number(values.recipients);
const random = randomFrom(Number(values.seed));
const workersAtOnce = 2;
const roundLimitMs = 180_000;

const dir = mkdtempSync(join(tmpdir(), "postrider-faults-"));
const record = join(dir, "received.log");
const relayPort = await freePort();
const clock = join(dir, "clock");
const faketime = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketimeMT.so.1`;
const disk = smallDisk();
const postgres = await startCrashingPostgres(disk ?? undefined);
const redis = await startRedis();
if (!postgres || !redis) throw new Error("PostgreSQL and Redis are needed on this machine");
let relay = await startRelay({});
const tally = { mails: 0, uncertain: 0, refused: 0, kills: 0, restarts: 0, violations: 0 };
try {
  writeSite();
  await prepare();
  process.stdout.write(`${rounds} rounds, ${recipients} recipients, seed ${values.seed}\n`);
  for (let number = 1; number <= rounds; number++) await round(number);
  process.stdout.write(
    `\n${rounds} rounds · ${tally.mails} deliveries · ${tally.kills} processes killed · ${tally.restarts} servers crashed\n` +
      `${tally.violations} violations · ${tally.uncertain} uncertain · ${tally.refused} refused\n`,
  );
  process.exitCode = tally.violations > 0 ? 1 : 0;
} finally {
  relay.kill("SIGKILL");
  await redis.stop();
  await postgres.stop();
  if (disk) execFileSync("umount", ["--lazy", disk]);
  rmSync(dir, { recursive: true, force: true });
}
process.exit();

/** What may go wrong in a round; each for a while, at a random moment. */
type Fault = (round: Round) => Promise<void>;

interface Round {
  workers: ChildProcess[];
  onRedis: boolean;
  /** Starts a worker in the place of one that was killed. */
  replace(index: number): void;
  postgres: CrashingServer;
}

async function round(number: number): Promise<void> {
  writeFileSync(record, "");
  const onRedis = number % 3 === 0;
  const chunking = number % 2 === 0;
  const calm: Mood = { chunking, delayMs: number % 5 === 0 ? 2 : 0 };
  relay.kill("SIGKILL");
  relay = await startRelay(calm);
  const faults = pick(
    [
      killWorker,
      killWorker,
      freezeWorker,
      moodyRelay(calm),
      moodyRelay(calm),
      killRelay(calm),
      crashDatabase,
      emptyQueue,
      ...(existsSync(faketime) ? [jumpClock] : []),
      ...(disk ? [fillDisk] : []),
    ],
    2 + Math.floor(random() * 3),
  );
  const state: Round = {
    workers: [],
    onRedis,
    postgres: postgres as CrashingServer,
    replace: (index) => {
      state.workers[index] = startWorker(onRedis);
    },
  };
  const since = performance.now();
  const postId = await announce(number, onRedis);
  for (let index = 0; index < workersAtOnce; index++) state.replace(index);
  setClock(0);
  await Promise.all(
    faults.map(async (fault) => {
      await sleep(600 + random() * 2_500);
      await fault(state);
    }),
  );
  say(calm);
  const counts = await settle(number, onRedis, postId, state);
  await Promise.all(state.workers.map((worker) => ended(worker, "SIGTERM")));
  const violations = await inspect(postId);
  tally.mails += recipients;
  tally.uncertain += counts["uncertain"] ?? 0;
  tally.refused += counts["refused"] ?? 0;
  tally.violations += violations.length;
  process.stdout.write(
    `${String(number).padStart(4)} ${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s ${JSON.stringify(counts)} ${faults.map(({ name }) => name).join(" ")}${onRedis ? " redis" : ""}\n` +
      violations.map((violation) => `     VIOLATION: ${violation}\n`).join(""),
  );
}

async function killWorker({ workers, replace }: Round): Promise<void> {
  const index = Math.floor(random() * workers.length);
  tally.kills++;
  const worker = workers[index];
  if (worker) await ended(worker, "SIGKILL");
  replace(index);
}

/** A process that is held for a while and then goes on as if nothing had been. */
async function freezeWorker({ workers }: Round): Promise<void> {
  const worker = workers[Math.floor(random() * workers.length)];
  worker?.kill("SIGSTOP");
  await sleep(500 + random() * 1_500);
  worker?.kill("SIGCONT");
}

function moodyRelay(calm: Mood): Fault {
  return async function moody() {
    const kinds = pick(
      ["lost", "cut", "later", "never", "closing", "garbage", "silent"] as const,
      1 + Math.floor(random() * 3),
    );
    say({ ...calm, ...Object.fromEntries(kinds.map((kind) => [kind, random() * 0.02])), delayMs: random() * 5 });
    await sleep(300 + random() * 2_000);
    say(calm);
  };
}

function killRelay(calm: Mood): Fault {
  return async function relayKilled() {
    await ended(relay, "SIGKILL");
    tally.kills++;
    await sleep(random() * 1_000);
    relay = await startRelay(calm);
  };
}

async function crashDatabase({ postgres: server }: Round): Promise<void> {
  tally.restarts++;
  await server.crash();
}

async function emptyQueue({ onRedis }: Round): Promise<void> {
  if (!onRedis || !redis) return;
  tally.restarts++;
  const client = new Redis(redis.url);
  await client.flushall();
  await client.quit();
}

/** Every worker's clock shows another hour for a while; the database's does not. */
async function jumpClock(): Promise<void> {
  setClock((random() < 0.5 ? -1 : 1) * Math.round(600 + random() * 7 * 3600));
  await sleep(1_500 + random() * 2_000);
  setClock(0);
}

function setClock(seconds: number): void {
  writeFileSync(clock, `${seconds < 0 ? "" : "+"}${seconds}\n`);
}

/** No room for the database. It may give up: then it comes back once there is room again. */
async function fillDisk({ postgres: server }: Round): Promise<void> {
  if (!disk) return;
  tally.restarts++;
  const ballast = join(disk, "ballast");
  const { bavail, bsize } = statfsSync(disk);
  const room = Math.max(bavail * bsize - 512 * 1024, bsize);
  try {
    execFileSync("fallocate", ["--length", String(room), ballast], { stdio: "ignore" });
  } catch {
    // It was written to meanwhile, and is as full as it should be.
  }
  await sleep(500 + random() * 2_000);
  rmSync(ballast, { force: true });
  await server.crash();
}

/** A disk of its own for the database; `null` where we may not mount one. */
function smallDisk(): string | null {
  // The database runs as somebody else.
  chmodSync(dir, 0o755);
  const at = join(dir, "disk");
  mkdirSync(at);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3g,mode=0755", "tmpfs", at], { stdio: "ignore" });
    return at;
  } catch {
    return null;
  }
}

/** Until every delivery has ended: what waits for a later try is asked to come now, what stopped is started again. */
async function settle(
  number: number,
  onRedis: boolean,
  postId: string,
  { workers, replace }: Round,
): Promise<Record<string, number>> {
  const deadline = Date.now() + roundLimitMs;
  for (;;) {
    for (const [index, worker] of workers.entries())
      if (worker.exitCode !== null || worker.signalCode !== null) replace(index);
    try {
      const counts = await look(number, onRedis, postId);
      if (counts) return counts;
    } catch (error) {
      process.stdout.write(`     ${error instanceof Error ? error.message : error}\n`);
    }
    if (Date.now() > deadline) throw new Error(`round ${number} did not end: seed ${values.seed}`);
    await sleep(700);
  }
}

/** The states, once all are settled; `null` while some are not. */
async function look(number: number, onRedis: boolean, postId: string): Promise<Record<string, number> | null> {
  await using opened = await open(onRedis);
  const { pool } = opened.app.database;
  const { rows } = await pool.query<{ state: string; count: number; due: number }>(
    `select state, count(*)::int as count from postrider.delivery where post_id = $1 group by state`,
    [postId],
  );
  const counts = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  const open_ = (counts["pending"] ?? 0) + (counts["sending"] ?? 0) + (counts["retrying"] ?? 0);
  if (open_ === 0 && rows.length > 0) return counts;
  await pool.query("update postrider.delivery set due_at = now() where post_id = $1 and state = 'retrying'", [postId]);
  await publish({ post: aPost(number), channels: opened.channels, actor: "faults", now: new Date() }, opened.app);
  return null;
}

/** What may never be, in a sentence each. */
async function inspect(postId: string): Promise<string[]> {
  const received = new Map<string, number>();
  for (const line of readFileSync(record, "utf8").split("\n"))
    if (line) received.set(line, (received.get(line) ?? 0) + 1);
  await using opened = await open(false);
  const { rows } = await opened.app.database.pool.query<{ address: string; state: string }>(
    `select s.address, d.state from postrider.delivery d join postrider.subscriber s on s.id = d.subscriber_id where d.post_id = $1`,
    [postId],
  );
  const stateOf = new Map(rows.map(({ address, state }) => [address, state]));
  const twice = [...received].filter(([, times]) => times > 1).map(([address]) => address);
  const untold = [...received.keys()].filter(
    (address) => !["accepted", "uncertain"].includes(stateOf.get(address) ?? ""),
  );
  const invented = rows.filter(({ address, state }) => state === "accepted" && !received.has(address));
  const audits = await opened.app.ledger.audit((await opened.app.ledger.report(postId))[0]?.id ?? "");
  const told = audits.flatMap(({ problems }) => problems);
  return [
    rows.length !== recipients && `${rows.length} deliveries for ${recipients} recipients`,
    twice.length > 0 && `${twice.length} got it twice: ${twice.slice(0, 3)}`,
    untold.length > 0 &&
      `${untold.length} got it and the ledger says otherwise: ${untold.slice(0, 3).map((a) => `${a} ${stateOf.get(a)}`)}`,
    invented.length > 0 && `${invented.length} are accepted and nobody received them`,
    told.length > 0 && told.join("; "),
  ].filter((violation) => violation !== false);
}

function writeSite(): void {
  mkdirSync(join(dir, "content/posts"), { recursive: true });
  writeFileSync(
    join(dir, "postrider.yaml"),
    `site: { title: A Blog, url: "https://example.org", postalAddress: "7 Quiet Lane, Example" }
server: { url: "https://news.example.org" }
channels:
  newsletter: { adapter: smtp, url: "smtp://127.0.0.1:${relayPort}", from: "A Blog <news@example.org>", list: everyone, timeoutSeconds: 2 }
`,
  );
}

async function prepare(): Promise<void> {
  await using opened = await open(false);
  const people = Array.from({ length: recipients }, (_, index) => ({ address: `reader${index}@example.com` }));
  await opened.app.subscribers.add(people, { list: "everyone", source: "faults" });
  await opened.app.fence();
}

async function announce(number: number, onRedis: boolean): Promise<string> {
  await using opened = await open(onRedis);
  const { channels, app } = opened;
  return (await publish({ post: aPost(number), channels, actor: "faults", now: new Date() }, app)).postId;
}

async function open(onRedis: boolean): Promise<{ app: App; channels: Channel[] } & AsyncDisposable> {
  for (const [name, value] of Object.entries(environment(onRedis))) process.env[name] = value;
  if (!onRedis) delete process.env["QUEUE_URL"];
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const site = await openSite({ config: join(dir, "postrider.yaml"), data: join(dir, "data"), log: quiet });
  const channels = site.config.channels(site.adapters);
  const app = await openApp(site, channels);
  return { app, channels, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

function environment(onRedis: boolean): Record<string, string> {
  return { DATABASE_URL: postgres?.url ?? "", ...(onRedis && redis && { QUEUE_URL: redis.url }) };
}

function aPost(number: number): Post {
  return {
    id: `round-${number}.md`,
    path: `content/posts/round-${number}.md`,
    revision: `${number}`.padStart(64, "a"),
    title: `Round ${number}`,
    url: `https://example.org/round-${number}/`,
    publishedAt: "2026-01-05T09:00:00.000Z",
    language: "en",
    direction: "ltr",
    authors: [],
    tags: [],
    summary: { text: "What goes wrong, goes wrong here.", source: "frontmatter" },
    status: "ready",
    body: "What goes wrong, **goes wrong here**.\n\n".repeat(20),
    bodyLine: 5,
    diagnostics: [],
  };
}

function startWorker(onRedis: boolean): ChildProcess {
  const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
  const { QUEUE_URL: _, ...inherited } = process.env;
  return spawn(
    process.execPath,
    ["--conditions=source", main, "--config", join(dir, "postrider.yaml"), "--data", join(dir, "data"), "worker"],
    {
      env: { ...inherited, ...environment(onRedis), ...clockOfItsOwn(), LOG_LEVEL: "silent" },
      stdio: "ignore",
    },
  );
}

function clockOfItsOwn(): Record<string, string> {
  if (!existsSync(faketime)) return {};
  return {
    LD_PRELOAD: faketime,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}

/** To the relay, if it lives. */
function say(mood: Mood): void {
  if (relay.connected) relay.send(mood);
}

async function startRelay(mood: Mood): Promise<ChildProcess> {
  const started = fork(fileURLToPath(new URL("relay.ts", import.meta.url)), [String(relayPort), record]);
  await once(started, "message");
  started.send(mood);
  return started;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

function pick<T>(from: readonly T[], count: number): T[] {
  return from
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ value }) => value);
}

/** Mulberry32: the same seed gives the same faults, if not the same moments of the other processes. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
