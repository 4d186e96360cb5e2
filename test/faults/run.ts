/**
 * Rounds of a campaign in which everything goes wrong that can: after each, the relay's own record is held against the ledger.
 * Nobody lost, nobody twice, whatever is accepted was received, and what nobody can know is `uncertain`.
 *
 * `npm run faults -- [--rounds 200] [--from 1] [--recipients 5000] [--seed 1] [--faults moodyRelay,killWorker]`; needs PostgreSQL, Redis and openssl on the machine.
 * Clocks jump where libfaketime is installed. Disks are full, and workers are on machines of their own, where we may mount disks and make network namespaces (as root).
 */

import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect, parseArgs } from "node:util";
import { publish } from "#pipeline/publishing/publish.ts";
import { pick, randomFrom } from "../support/random.ts";
import { received, violations } from "./judge.ts";
import { killPublisher } from "./kinds/workers.ts";
import { faultsFor, faultsOf } from "./kinds.ts";
import type { Fault, Round } from "./round.ts";
import { settle } from "./settle.ts";
import { openTakeovers } from "./takeovers.ts";
import { ended, openWorld, type Setup } from "./world.ts";

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
const wanted = new Set(values.faults?.split(","));
const workersAtOnce = 2;
/** After the last fault. One that was cut off for long is heard of again up to two minutes after it is back. */
const roundLimitMs = 300_000;
/** Until the first mail, and between one and the next. */
const startLimitMs = 60_000;
const idleLimitMs = 15_000;
/** A worker that was asked to stop finishes its work; it waits for a database that is slow to answer. */
const stopLimitMs = 60_000;
const tally = { rounds: 0, mails: 0, uncertain: 0, refused: 0, kills: 0, restarts: 0, violations: 0 };
const takeovers = openTakeovers();

const world = await openWorld(workersAtOnce);
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    stopping = true;
  });
try {
  await world.addReaders(recipients);
  process.stdout.write(`${rounds} rounds, ${recipients} recipients, seed ${values.seed}\n`);
  for (let number = first; number < first + rounds && !stopping; number++) await round(number);
  const { seconds } = takeovers;
  const at = (share: number): string => (seconds[Math.floor((seconds.length - 1) * share)] ?? 0).toFixed(1);
  process.stdout.write(
    `\n${tally.rounds} rounds · ${tally.mails} deliveries · ${tally.kills} processes killed · ${tally.restarts} servers crashed\n` +
      `${tally.violations} violations · ${tally.uncertain} uncertain · ${tally.refused} refused\n` +
      `${seconds.length} takeovers from killed workers: median ${at(0.5)} s, longest ${at(1)} s\n`,
  );
  process.exitCode = tally.violations > 0 ? 1 : 0;
} catch (error) {
  // Now, because an error of the servers as they stop would hide it.
  process.stderr.write(`${inspect(error)}\n`);
  process.exitCode = 1;
} finally {
  await world[Symbol.asyncDispose]();
}
process.exit();

function setupOf(number: number): Setup {
  return {
    number,
    onRedis: number % 3 === 0,
    secure: number % 4 === 1,
    standby: number % 5 === 3 || wanted.has("failOver"),
    machines: world.machines !== null && (number % 5 === 2 || wanted.has("cutOff")),
    long: number % 20 === 19 || wanted.has("freezeForTwoMinutes"),
  };
}

async function round(number: number): Promise<void> {
  writeFileSync(world.record, "");
  // Of its own, so that `--from` repeats a round with the faults that it had among others.
  const random = randomFrom(Number(values.seed) * 10_007 + number);
  const setup = setupOf(number);
  const state: Round = {
    ...setup,
    ...{ world, random, tally, takeovers, workers: [] },
    // Of a worker on another machine nobody can say that it is dead, before it was silent for a minute; one that is held takes nothing over.
    prompt: !setup.machines && !setup.long,
    calm: { chunking: number % 2 === 0, delayMs: [1, 0, 1, 2, 1][number % 5] ?? 1, secure: setup.secure },
    replace: (index) => {
      state.workers[index] = world.startWorker(setup, index);
    },
  };
  if (setup.standby) await world.postgres.addStandby();
  await world.startRelay(state.calm);
  const faults = chosen(state).map((fault) => ({ name: fault.name, fault, from: random() * recipients * 0.9 }));
  const since = performance.now();
  world.setClock(0);
  const alone = !values.faults && random() < 0.3;
  if (alone) await killPublisher(state);
  const postId = await announce(state);
  const counts = await whileTrouble(state, faults, postId);
  const late = await takeovers.late();
  if (setup.standby) await world.postgres.removeStandby();
  if (!counts) return;
  await using opened = await world.open({ ...setup, onRedis: false });
  const found = [...(await violations(opened, postId, recipients, world.record)), ...late];
  tally.rounds++;
  tally.mails += recipients;
  tally.uncertain += counts["uncertain"] ?? 0;
  tally.refused += counts["refused"] ?? 0;
  tally.violations += found.length;
  const names = [...(alone ? [killPublisher] : []), ...faults].map(({ name }) => name);
  const { onRedis, secure, standby, machines } = setup;
  const kind = [
    onRedis && "redis",
    secure && "TLS",
    state.calm.chunking && "chunks",
    standby && "standby",
    machines && "machines",
  ];
  process.stdout.write(
    `${String(number).padStart(4)} ${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s ${JSON.stringify(counts)} ${[...names, ...kind.filter(Boolean)].join(" ")}\n` +
      found.map((violation) => `     VIOLATION in round ${number}: ${violation}\n`).join(""),
  );
}

interface Planned {
  name: string;
  fault: Fault;
  /** It comes when so many mails were received. */
  from: number;
}

function chosen(state: Round): Fault[] {
  const { random } = state;
  const own = faultsOf(state);
  const possible = faultsFor(state);
  if (values.faults) return [...new Set([...own, ...possible])].filter(({ name }) => wanted.has(name));
  return [...own, ...pick(possible, 2 + Math.floor(random() * 3), random)];
}

/** The workers send while the faults come. The states in the end, or `null` when we are to stop. */
async function whileTrouble(state: Round, faults: Planned[], postId: string): Promise<Record<string, number> | null> {
  try {
    for (let index = 0; index < workersAtOnce; index++) state.replace(index);
    await Promise.all(
      faults.map(async ({ fault, from }) => {
        await untilReceived(from);
        await fault(state);
      }),
    );
    world.say(state.calm);
    const patience = { recipients, milliseconds: roundLimitMs, stopping: () => stopping };
    const counts = await settle(state, postId, patience);
    await Promise.all(state.workers.map((worker) => stopped(worker)));
    return counts;
  } finally {
    await Promise.all(state.workers.map((worker) => ended(worker, "SIGKILL")));
  }
}

async function stopped(worker: Parameters<typeof ended>[0]): Promise<void> {
  const late = setTimeout(() => {
    process.stdout.write(`     worker ${worker.pid} did not stop within ${stopLimitMs / 1000} s, and is killed\n`);
    worker.kill("SIGKILL");
  }, stopLimitMs);
  await ended(worker, "SIGTERM");
  clearTimeout(late);
}

/**
 * Faults come while mails go out, however fast this machine is: a worker takes a while to start. Where none go out any more,
 * they come anyhow.
 */
async function untilReceived(count: number): Promise<void> {
  let last = 0;
  let giveUpAt = Date.now() + startLimitMs;
  for (let now = 0; now < count && Date.now() < giveUpAt; await sleep(20)) {
    now = received(world.record).length;
    if (now > last) giveUpAt = Date.now() + idleLimitMs;
    last = now;
  }
}

/** The decision, or what a killed command left of it. */
async function announce(state: Round): Promise<string> {
  await using opened = await world.open(state);
  const { app, channels, post } = opened;
  return (await publish({ post, channels, actor: "faults", now: new Date() }, app)).postId;
}
