/** What goes wrong with the database, with Redis and with disks. */

import { Redis } from "ioredis";
import { fill } from "../disks.ts";
import type { Round } from "../round.ts";

export async function crashDatabase({ world, tally }: Round): Promise<void> {
  tally.restarts++;
  await world.postgres.crash();
}

/**
 * The primary dies, and its standby takes over at the same address; sometimes the address is faster than the standby. The
 * operator knows that the standby has everything, and says so: until then no process starts to send.
 */
export async function failOver({ world, random, tally }: Round): Promise<void> {
  tally.restarts++;
  await world.postgres.failOver(random() < 0.3, world.arm);
}

export async function emptyRedis({ world, tally }: Round): Promise<void> {
  tally.restarts++;
  const client = new Redis(world.redis.url);
  await client.flushall();
  await client.quit();
}

export async function restartRedis({ world, tally }: Round): Promise<void> {
  tally.restarts++;
  await world.redis.restartEmpty();
}

/** A backup of Redis is put back: it is out of date. */
export async function olderRedis({ world, random, tally }: Round): Promise<void> {
  tally.restarts++;
  await world.redis.restartOlder(500 + random() * 3_500);
}

/** No room for the database. It may give up: then it comes back once there is room again. */
export async function fillDisk({ world: { disk, postgres }, random, tally }: Round): Promise<void> {
  if (!disk) return;
  tally.restarts++;
  await fill(disk, 512 * 1024, 500 + random() * 2_000);
  await postgres.crash();
}

/** No room for what a worker notes about mails in transmission; the database has room. */
export async function fillWireLog({ world: { wireDisk }, random }: Round): Promise<void> {
  if (wireDisk) await fill(wireDisk, 0, 1_000 + random() * 3_000);
}
