/**
 * The processes that send, each with a row and a heartbeat, so that work of a dead process can be told from work in
 * progress.
 */

import { randomUUID } from "node:crypto";
import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { isAlive, type ProcessIdentity, thisProcess } from "#store/database/embedded/process-identity.ts";

const heartbeatMs = 5_000;
/** A worker on another machine counts as dead after this long without a heartbeat. Twelve beats: a pause of the host is no death. */
export const deadAfterSeconds = 60;

export interface WorkerRegistration extends AsyncDisposable {
  readonly id: string;
  /** Aborts when others have given us up for dead, or when the database has become a copy: from then on nothing may be sent. */
  readonly fenced: AbortSignal;
  /**
   * This process's share of a channel's connections. All processes together never use more, except for the five
   * seconds in which the others don't know a new process yet. 0 if there are more processes than connections.
   */
  share(channel: string, connections: number): number;
}

/** Registers this process and keeps its heart beating until disposed. */
export async function registerWorker(sql: Sql, log: Log, channels: readonly string[]): Promise<WorkerRegistration> {
  const id = randomUUID();
  await sql.query("insert into postrider.worker (id, identity, channels) values ($1, $2, $3)", [
    id,
    JSON.stringify(thisProcess()),
    channels,
  ]);
  const fence = new AbortController();
  let places = await placesOf(sql, id);
  const beat = async (): Promise<void> => {
    const { rows } = await sql.query<{ copy: boolean }>(
      "update postrider.worker set seen_at = now() where id = $1 and gone_at is null returning postrider.is_copy() as copy",
      [id],
    );
    if (!rows[0]) log.error("this process could not report to the database for 60 s, and stops sending");
    else if (rows[0].copy) log.error("the database was replaced by a copy, and this process stops sending");
    if (!rows[0] || rows[0].copy) fence.abort(new Error("fenced"));
    places = await placesOf(sql, id);
  };
  const timer = setInterval(() => {
    beat().catch((error) => log.warn("heartbeat failed", { error: messageOf(error) }));
  }, heartbeatMs);
  timer.unref();
  return {
    id,
    fenced: fence.signal,
    share(channel, connections) {
      const { workers, before } = places.get(channel) ?? { workers: 1, before: 0 };
      return Math.floor(connections / workers) + (before < connections % workers ? 1 : 0);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await sql.query("update postrider.worker set gone_at = now() where id = $1", [id]);
    },
  };
}

interface Place {
  /** Processes that send for the channel. */
  workers: number;
  /** How many of them come before this one. */
  before: number;
}

async function placesOf(sql: Sql, id: string): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await sql.query<Place & { channel: string }>(
    `select channel, count(*)::int as workers, (count(*) filter (where id < $1))::int as before
     from postrider.worker, unnest(channels) channel
     where gone_at is null and seen_at > now() - $2 * interval '1 second' group by channel`,
    [id, deadAfterSeconds],
  );
  return new Map(rows.map(({ channel, ...place }) => [channel, place]));
}

/** Channels that a living process works for. */
export async function workedChannels(sql: Sql): Promise<Set<string>> {
  const { rows } = await sql.query<{ identity: ProcessIdentity; channels: string[]; silent: boolean }>(
    `select identity, channels, seen_at < now() - $1 * interval '1 second' as silent from postrider.worker where gone_at is null`,
    [deadAfterSeconds],
  );
  return new Set(rows.filter((row) => !isDead(row)).flatMap(({ channels }) => channels));
}

/** A worker that sends no more. `proven`: its process has ended, here on this machine; else it was only silent for too long. */
export interface DeadWorker {
  id: string;
  proven: boolean;
}

/** Marks dead workers as gone. Returns all gone workers that still have claimed deliveries. */
export async function deadWorkers(sql: Sql): Promise<DeadWorker[]> {
  const { rows } = await sql.query<{ id: string; identity: ProcessIdentity; silent: boolean }>(
    `select id, identity, seen_at < now() - $1 * interval '1 second' as silent from postrider.worker where gone_at is null`,
    [deadAfterSeconds],
  );
  const dead = rows.filter((row) => isDead(row)).map((row) => row.id);
  if (dead.length)
    await sql.query("update postrider.worker set gone_at = now() where id = any($1) and gone_at is null", [dead]);
  const gone = await sql.query<{ id: string; identity: ProcessIdentity }>(
    `select id, identity from postrider.worker w where gone_at is not null
       and exists (select 1 from postrider.claim k where k.worker_id = w.id)`,
  );
  return gone.rows.map(({ id, identity }) => ({ id, proven: isAlive(identity) === false }));
}

/** For a process on this machine, the process table shows whether it is alive. For one on another machine, a missing heartbeat must be enough. */
function isDead({ identity, silent }: { identity: ProcessIdentity; silent: boolean }): boolean {
  return isAlive(identity) === false || silent;
}
