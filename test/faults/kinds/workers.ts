/** What happens to those who send. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Round } from "../round.ts";
import { promisedSeconds } from "../takeovers.ts";
import { ended } from "../world.ts";

/** Often nobody starts another one until the other worker has taken over what it held. */
export async function killWorker(round: Round): Promise<void> {
  const { workers, replace, random, tally, takeovers, prompt } = round;
  const index = Math.floor(random() * workers.length);
  const waits = random() < 0.5 && prompt;
  tally.kills++;
  const worker = workers[index];
  if (worker) {
    await ended(worker, "SIGKILL");
    const takeover = takeovers.watch(round, worker.pid ?? 0);
    if (waits) await Promise.race([takeover, sleep(promisedSeconds * 1000 + 5_000)]);
  }
  replace(index);
}

/** Somebody publishes the same post at the same time: the command decides, sends with the others, and is killed. */
export async function killPublisher({ world, random, tally, ...setup }: Round): Promise<void> {
  const file = `content/posts/round-${setup.number}.md`;
  const publisher = world.start(setup, "publish", file);
  await sleep(500 + random() * 5_000);
  tally.kills++;
  await ended(publisher, "SIGKILL");
}

/** A process that is held for a while and then goes on as if nothing had been. */
export async function freezeWorker(round: Round): Promise<void> {
  await freeze(round, 500 + round.random() * 1_500);
}

/** Held for longer than a silent worker counts as alive: what it held belongs to others when it wakes. */
export async function freezeForTwoMinutes(round: Round): Promise<void> {
  await freeze(round, 120_000);
}

async function freeze({ workers, random }: Round, milliseconds: number): Promise<void> {
  const worker = workers[Math.floor(random() * workers.length)];
  worker?.kill("SIGSTOP");
  await sleep(milliseconds);
  worker?.kill("SIGCONT");
}

/**
 * A worker's machine loses the database and the queue, without an error, and keeps the relay: it can send and can't record.
 * A minute later the others take it for dead; then it is back.
 */
export async function cutOff({ world, random }: Round): Promise<void> {
  const machines = world.machines?.all ?? [];
  const machine = machines[Math.floor(random() * machines.length)];
  machine?.cutOff();
  await sleep(random() < 0.3 ? 65_000 + random() * 30_000 : 1_000 + random() * 20_000);
  machine?.reconnect();
}

const hour = 3600;

/** Every worker's clock shows another time for a while; the database's does not. An hour is what a wrong time zone makes. */
export async function jumpClock({ world, random, takeovers }: Round): Promise<void> {
  await takeovers.untilClaimed(world);
  const step = random() < 0.5 ? hour : Math.round(600 + random() * 7 * hour);
  world.setClock(random() < 0.5 ? -step : step);
  await sleep(1_500 + random() * 2_000);
  world.setClock(0);
}
