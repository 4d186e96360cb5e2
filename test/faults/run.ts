/**
 * Rounds of a campaign in which everything goes wrong that can: after each, the relay's own record is held against the ledger.
 * Nobody lost, nobody twice, whatever is accepted was received, and what nobody can know is `uncertain`.
 *
 * `npm run faults -- [--rounds 200] [--from 1] [--recipients 5000] [--seed 1] [--faults moodyRelay,killWorker]`; needs PostgreSQL, Redis and openssl on the machine.
 * Clocks jump where libfaketime is installed, and the database's disk is full at times where we may mount one (as root).
 */

import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { publish } from "#pipeline/publishing/publish.ts";
import { received, violations } from "./judge.ts";
import { faultsFor, killPublisher, pick, type Round } from "./kinds.ts";
import { ended, openWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "200" },
    /** The first round's number: kinds of rounds go by it. */
    from: { type: "string", default: "1" },
    recipients: { type: "string", default: "5000" },
    /** Names of the faults of each round, with commas; else chosen by chance. */
    faults: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
const rounds = Number(values.rounds);
const first = Number(values.from);
const recipients = Number(values.recipients);
const random = randomFrom(Number(values.seed));
const wanted = new Set(values.faults?.split(","));
const workersAtOnce = 2;
const roundLimitMs = 180_000;
const tally = { rounds: 0, mails: 0, uncertain: 0, refused: 0, kills: 0, restarts: 0, violations: 0 };

const world = await openWorld();
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    stopping = true;
  });
try {
  await world.addReaders(recipients);
  process.stdout.write(`${rounds} rounds, ${recipients} recipients, seed ${values.seed}\n`);
  for (let number = first; number < first + rounds && !stopping; number++) await round(number);
  process.stdout.write(
    `\n${tally.rounds} rounds · ${tally.mails} deliveries · ${tally.kills} processes killed · ${tally.restarts} servers crashed\n` +
      `${tally.violations} violations · ${tally.uncertain} uncertain · ${tally.refused} refused\n`,
  );
  process.exitCode = tally.violations > 0 ? 1 : 0;
} finally {
  await world[Symbol.asyncDispose]();
}
process.exit();

async function round(number: number): Promise<void> {
  writeFileSync(world.record, "");
  const setup = { number, onRedis: number % 3 === 0, secure: number % 4 === 1 };
  const state: Round = {
    ...setup,
    ...{ world, random, tally, workers: [] },
    calm: { chunking: number % 2 === 0, delayMs: [1, 0, 1, 2, 1][number % 5] ?? 1, secure: setup.secure },
    replace: (index) => {
      state.workers[index] = world.start(setup, "worker");
    },
  };
  await world.startRelay(state.calm);
  const possible = faultsFor(state);
  const faults = values.faults
    ? [...new Set(possible)].filter(({ name }) => wanted.has(name))
    : pick(possible, 2 + Math.floor(random() * 3), random);
  const since = performance.now();
  world.setClock(0);
  const alone = random() < 0.3;
  if (alone) await killPublisher(state);
  const postId = await announce(state);
  for (let index = 0; index < workersAtOnce; index++) state.replace(index);
  await Promise.all(
    faults.map(async (fault) => {
      await untilReceived(random() * recipients * 0.9);
      await fault(state);
    }),
  );
  world.say(state.calm);
  const counts = await settle(state, postId);
  await Promise.all(state.workers.map((worker) => ended(worker, "SIGTERM")));
  if (!counts) return;
  await using opened = await world.open({ ...setup, onRedis: false });
  const found = await violations(opened, postId, recipients, world.record);
  tally.rounds++;
  tally.mails += recipients;
  tally.uncertain += counts["uncertain"] ?? 0;
  tally.refused += counts["refused"] ?? 0;
  tally.violations += found.length;
  const names = [...(alone ? [killPublisher] : []), ...faults].map(({ name }) => name);
  const kind = [setup.onRedis && "redis", setup.secure && "TLS", state.calm.chunking && "chunks"].filter(Boolean);
  process.stdout.write(
    `${String(number).padStart(4)} ${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s ${JSON.stringify(counts)} ${[...names, ...kind].join(" ")}\n` +
      found.map((violation) => `     VIOLATION in round ${number}: ${violation}\n`).join(""),
  );
}

/** Faults come while mails go out, however fast this machine is; where none go out, they come anyhow. */
async function untilReceived(count: number): Promise<void> {
  const giveUpAt = Date.now() + 15_000;
  while (Date.now() < giveUpAt && received(world.record).length < count) await sleep(20);
}

/** The decision, or what a killed command left of it. */
async function announce(state: Round): Promise<string> {
  await using opened = await world.open(state);
  const { app, channels, post } = opened;
  return (await publish({ post, channels, actor: "faults", now: new Date() }, app)).postId;
}

/**
 * Until every delivery has ended: what waits for a later try is asked to come now, what stopped is started again. `null` when
 * we are to stop: servers may have been stopped with us, and such a round proves nothing.
 */
async function settle(state: Round, postId: string): Promise<Record<string, number> | null> {
  const deadline = Date.now() + roundLimitMs;
  for (;;) {
    if (stopping) return null;
    for (const [index, worker] of state.workers.entries())
      if (worker.exitCode !== null || worker.signalCode !== null) state.replace(index);
    try {
      const counts = await look(state, postId);
      if (counts) return counts;
    } catch (error) {
      process.stdout.write(`     ${error instanceof Error ? error.message : error}\n`);
    }
    if (Date.now() > deadline) {
      process.stdout.write(`     ${await standing(state, postId)}\n`);
      throw new Error(`round ${state.number} did not end: seed ${values.seed}`);
    }
    await sleep(700);
  }
}

/** Where a round stands that does not end. */
async function standing(state: Round, postId: string): Promise<string> {
  await using opened = await world.open(state);
  const { app } = opened;
  const { rows } = await app.database.pool.query(
    `select state, count(*)::int as n, min(due_at - now())::text as due, count(distinct claim)::int as claims
     from postrider.delivery where post_id = $1 group by state`,
    [postId],
  );
  const depth = await app.queue.depth("newsletter");
  return JSON.stringify({
    rows,
    depth,
    campaigns: await app.ledger.campaigns(),
    channels: await app.ledger.report(postId),
  });
}

/** The states, once all are settled; `null` while some are not. */
async function look(state: Round, postId: string): Promise<Record<string, number> | null> {
  await using opened = await world.open(state);
  const { app, channels, post } = opened;
  const { pool } = app.database;
  const { rows } = await pool.query<{ state: string; count: number }>(
    `select state, count(*)::int as count from postrider.delivery where post_id = $1 group by state`,
    [postId],
  );
  const counts = Object.fromEntries(rows.map(({ state: name, count }) => [name, count]));
  const open = (counts["pending"] ?? 0) + (counts["sending"] ?? 0) + (counts["retrying"] ?? 0);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  // While the audience is being written there may be nothing open for a moment.
  if (open === 0 && total === recipients) return counts;
  await pool.query("update postrider.delivery set due_at = now() where post_id = $1 and state = 'retrying'", [postId]);
  await publish({ post, channels, actor: "faults", now: new Date() }, app);
  // A no to the sender pauses a campaign; here nobody is there to look at it.
  for (const { id, channel, state: now } of await app.ledger.campaigns())
    if (now === "paused") await app.ledger.control(id, channel, "resume", "faults", "");
  return null;
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
