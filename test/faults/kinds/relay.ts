/** What goes wrong with the relay. */

import { setTimeout as sleep } from "node:timers/promises";
import { pick } from "../../support/random.ts";
import type { Mood } from "../relay.ts";
import type { Round } from "../round.ts";

/** Refuses, loses, cuts, delays or garbles some of the mails. */
export async function moodyRelay(round: Round): Promise<void> {
  await inMood(round, ["lost", "cut", "later", "never", "closing", "garbage", "silent"], 0.02);
}

/** Refuses before there is a mail: the conversation, the greeting, the sender, the body. */
export async function strangeRelay(round: Round): Promise<void> {
  await inMood(round, ["busy", "rude", "sender", "noBody"], 0.05);
}

/** Its TLS fails, and it says that the password is wrong. */
export async function noSecrets(round: Round): Promise<void> {
  await inMood(round, ["tls", "auth"], 0.5);
}

async function inMood({ world, calm, random }: Round, all: readonly (keyof Mood)[], most: number): Promise<void> {
  const kinds = pick(all, 1 + Math.floor(random() * 3), random);
  const shares = Object.fromEntries(kinds.map((kind) => [kind, random() * most]));
  world.say({ ...calm, ...shares, delayMs: random() * 5 });
  await sleep(300 + random() * 2_000);
  world.say(calm);
}

export async function killRelay({ world, calm, random, tally }: Round): Promise<void> {
  await world.killRelay();
  tally.kills++;
  await sleep(random() * 1_000);
  await world.startRelay(calm);
}
