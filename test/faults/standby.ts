/** PostgreSQL with a standby that can take its place: nothing is committed before the standby has it, too. */

import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type CrashingServer, startCrashingPostgres } from "../support/start-servers.ts";
import { type Forwarder, openForwarder } from "./forwarder.ts";
import { inTurn } from "./in-turn.ts";

export interface Cluster extends AsyncDisposable {
  /** Where the primary is now. */
  readonly url: string;
  /** One address for whichever is the primary. */
  readonly address: string;
  crash(): Promise<void>;
  /** A synchronous standby, until there is a failover or it is removed. */
  addStandby(): Promise<void>;
  removeStandby(): Promise<void>;
  /**
   * The primary dies and the standby takes its place.
   * @param early - the address moves before the standby is promoted: for a moment it is read-only.
   * @param after - what is done with the new primary before anything else can happen to it.
   */
  failOver(early: boolean, after: () => Promise<void>): Promise<void>;
}

/** @param parent - the folder of the first primary. @returns null where PostgreSQL is missing */
export async function openCluster(parent: string | null): Promise<Cluster | null> {
  const started = await startCrashingPostgres(parent ? { parent } : {});
  if (!started) return null;
  let primary = started;
  let standby: CrashingServer | null = null;
  const place = parent ? { parent } : {};
  const forwarder = await openForwarder("127.0.0.1", portOf(primary.url));
  const alone = inTurn();
  const wait = (on: boolean): Promise<void> =>
    run(
      primary.url,
      on ? "alter system set synchronous_standby_names = '*'" : "alter system reset synchronous_standby_names",
      "select pg_reload_conf()",
    );
  return {
    get url() {
      return primary.url;
    },
    address: addressOf(forwarder, primary.url),
    crash: () => alone(() => primary.crash()),
    addStandby: () =>
      alone(async () => {
        standby = await startCrashingPostgres({ ...place, replicaOf: primary.url });
        await wait(true);
        await untilInSync(primary.url);
      }),
    removeStandby: () =>
      alone(async () => {
        if (!standby) return;
        await wait(false);
        await standby.stop();
        standby = null;
      }),
    failOver: (early, after) =>
      alone(async () => {
        if (!standby) return;
        await primary.kill();
        if (early) forwarder.moveTo(portOf(standby.url));
        if (early) await sleep(500);
        await run(standby.url, "select pg_promote()");
        forwarder.moveTo(portOf(standby.url));
        await primary.stop();
        primary = standby;
        standby = null;
        await after();
      }),
    async [Symbol.asyncDispose]() {
      await forwarder[Symbol.asyncDispose]();
      await standby?.stop();
      await primary.stop();
    },
  };
}

function addressOf({ port }: Forwarder, url: string): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}

export function portOf(url: string): number {
  return Number(new URL(url).port);
}

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function untilInSync(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const giveUpAt = Date.now() + 30_000; Date.now() < giveUpAt; await sleep(50)) {
      const { rowCount } = await client.query("select from pg_stat_replication where sync_state = 'sync'");
      if (rowCount) return;
    }
    throw new Error("the standby does not follow");
  } finally {
    await client.end();
  }
}
