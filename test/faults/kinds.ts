/** What may go wrong in a round; each for a while, at a random moment. */

import type { ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Mood } from "./relay.ts";
import { ended, type Setup, type World } from "./world.ts";

export interface Round extends Setup {
  world: World;
  workers: ChildProcess[];
  /** How the relay behaves when nothing is wrong. */
  calm: Mood;
  random(): number;
  tally: { kills: number; restarts: number };
  /** Starts a worker in the place of one that was killed. */
  replace(index: number): void;
}

export type Fault = (round: Round) => Promise<void>;

/** Those that this machine and this round can have. */
export function faultsFor({ world, onRedis, secure }: Round): Fault[] {
  return [
    ...[killWorker, killWorker, killPublisher, freezeWorker, moodyRelay, moodyRelay, strangeRelay, killRelay],
    ...[crashDatabase, ...(onRedis ? [emptyRedis, restartRedis] : [])],
    ...(secure ? [noSecrets] : []),
    ...(world.clocks ? [jumpClock] : []),
    ...(world.disk ? [fillDisk] : []),
  ];
}

async function killWorker({ workers, replace, random, tally }: Round): Promise<void> {
  const index = Math.floor(random() * workers.length);
  tally.kills++;
  const worker = workers[index];
  if (worker) await ended(worker, "SIGKILL");
  replace(index);
}

/** Somebody publishes the same post at the same time: the command decides, sends with the others, and is killed. */
export async function killPublisher({ world, number, onRedis, secure, random, tally }: Round): Promise<void> {
  const file = `content/posts/round-${number}.md`;
  const publisher = world.start({ number, onRedis, secure }, "publish", file);
  await sleep(500 + random() * 5_000);
  tally.kills++;
  await ended(publisher, "SIGKILL");
}

/** A process that is held for a while and then goes on as if nothing had been. */
async function freezeWorker({ workers, random }: Round): Promise<void> {
  const worker = workers[Math.floor(random() * workers.length)];
  worker?.kill("SIGSTOP");
  await sleep(500 + random() * 1_500);
  worker?.kill("SIGCONT");
}

/** Refuses, loses, cuts, delays or garbles some of the mails. */
async function moodyRelay(round: Round): Promise<void> {
  await inMood(round, ["lost", "cut", "later", "never", "closing", "garbage", "silent"], 0.02);
}

/** Refuses before there is a mail: the conversation, the greeting, the sender, the body. */
async function strangeRelay(round: Round): Promise<void> {
  await inMood(round, ["busy", "rude", "sender", "noBody"], 0.05);
}

/** Its TLS fails, and it says that the password is wrong. */
async function noSecrets(round: Round): Promise<void> {
  await inMood(round, ["tls", "auth"], 0.5);
}

async function inMood({ world, calm, random }: Round, all: readonly (keyof Mood)[], most: number): Promise<void> {
  const kinds = pick(all, 1 + Math.floor(random() * 3), random);
  const shares = Object.fromEntries(kinds.map((kind) => [kind, random() * most]));
  world.say({ ...calm, ...shares, delayMs: random() * 5 });
  await sleep(300 + random() * 2_000);
  world.say(calm);
}

async function killRelay({ world, calm, random, tally }: Round): Promise<void> {
  await world.killRelay();
  tally.kills++;
  await sleep(random() * 1_000);
  await world.startRelay(calm);
}

async function crashDatabase({ world, tally }: Round): Promise<void> {
  tally.restarts++;
  await world.postgres.crash();
}

async function emptyRedis({ world, tally }: Round): Promise<void> {
  tally.restarts++;
  const client = new Redis(world.redis.url);
  await client.flushall();
  await client.quit();
}

/** It keeps nothing on the disk: it comes back empty. */
async function restartRedis({ world, tally }: Round): Promise<void> {
  tally.restarts++;
  await world.redis.crash();
}

/** Every worker's clock shows another hour for a while; the database's does not. */
async function jumpClock({ world, random }: Round): Promise<void> {
  world.setClock((random() < 0.5 ? -1 : 1) * Math.round(600 + random() * 7 * 3600));
  await sleep(1_500 + random() * 2_000);
  world.setClock(0);
}

/** No room for the database. It may give up: then it comes back once there is room again. */
async function fillDisk({ world: { disk, postgres }, random, tally }: Round): Promise<void> {
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
  await postgres.crash();
}

export function pick<T>(from: readonly T[], count: number, random: () => number): T[] {
  return from
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ value }) => value);
}
