/** A promoted standby may lack what was sent last, so it sends nothing until an operator arms it. */

import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import type { Log } from "#core/log.ts";
import type { Batch } from "#core/publishing/publication.ts";
import { openDatabase } from "#store/database/database.ts";
import { arm, fence } from "#store/database/fence.ts";
import { openLetterStore } from "#store/readers/letters.ts";
import { registerWorker } from "#store/sending/workers.ts";
import { openForwarder } from "../faults/forwarder.ts";
import { portOf } from "../faults/standby.ts";
import { addReaders, openTestApp, silent, type TestApp } from "../support/app.ts";
import { prepare } from "../support/prepared-database.ts";
import { openProbe, type Probe } from "../support/probe.ts";
import { type CrashingServer, startCrashingPostgres } from "../support/start-servers.ts";
import { tempDir } from "../support/temp.ts";

async function start(servers: AsyncDisposableStack, replicaOf?: string): Promise<CrashingServer> {
  const server = await startCrashingPostgres({ forTests: true, ...(replicaOf && { replicaOf }) });
  if (!server) throw new Error("PostgreSQL is gone");
  servers.defer(server.stop);
  return server;
}

async function run<Row extends object>(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  let rows: Row[] = [];
  for (const statement of statements) ({ rows } = await client.query<Row>(statement));
  await client.end();
  return rows;
}

interface Failover extends AsyncDisposable {
  test: TestApp;
  /** Nothing that is written from now on reaches the standby. */
  cutOff(): Promise<void>;
  /** The primary dies, and the standby takes its place at the same address. */
  takeOver(): Promise<void>;
  run<Row extends object>(sql: string): Promise<Row[]>;
}

/** A site with 40 readers whose database has an asynchronous standby. */
async function openFailover(probe: Probe, log: Log = silent): Promise<Failover> {
  await using servers = new AsyncDisposableStack();
  const primary = await start(servers);
  await prepare({ url: primary.url, dataDir: tempDir() });
  const standby = await start(servers, primary.url);
  const forwarder = servers.use(await openForwarder("127.0.0.1", portOf(primary.url)));
  const url = new URL(primary.url);
  url.port = String(forwarder.port);
  const backend = { dataDir: tempDir(), databaseUrl: url.href };
  const test = servers.use(await openTestApp(backend, [probe.adapter], {}, {}, { log }));
  await addReaders(test, 40);
  const kept = servers.move();
  return {
    test,
    async cutOff() {
      const [end] = await run<{ lsn: string }>(primary.url, "select pg_current_wal_lsn() as lsn");
      const received = `select coalesce(pg_last_wal_replay_lsn() >= '${end?.lsn}', false) as everything`;
      await expect.poll(() => run(standby.url, received), { timeout: 30_000 }).toEqual([{ everything: true }]);
      await run(standby.url, "alter system set primary_conninfo = ''", "select pg_reload_conf()");
      const replicas = "select count(*)::int as count from pg_stat_replication";
      await expect.poll(() => run(primary.url, replicas), { timeout: 30_000 }).toEqual([{ count: 0 }]);
    },
    async takeOver() {
      await primary.kill();
      await run(standby.url, "select pg_promote()");
      forwarder.moveTo(portOf(standby.url));
    },
    run: (sql) => run(url.href, sql),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

describe.skipIf(!inject("postgresUrl"))("On a PostgreSQL server", { timeout: 120_000 }, () => {
  it("A promoted standby sends nothing until it is armed, from its first moment", async () => {
    await using servers = new AsyncDisposableStack();
    const { url: primary } = await start(servers);
    await prepare({ url: primary, dataDir: tempDir() });
    {
      await using database = await openDatabase({ url: primary, dataDir: "", connections: 2, log: silent });
      expect(await fence(database)).toBeNull();
    }
    const { url: standby } = await start(servers, primary);
    await run(standby, "select pg_promote()");

    await using database = await openDatabase({ url: standby, dataDir: "", connections: 2, log: silent });
    expect(await fence(database)).toContain("copy");
    expect(await arm(database, "ada")).toBe(true);
    await database.pool.query("checkpoint");
    expect(await fence(database)).toBeNull();
  });

  it("Workers that run while a replica without the last mails takes over wait until it is armed", async () => {
    const probe = openProbe();
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    probe.answer = async (envelope) => {
      begun.resolve();
      await go.promise;
      return { remoteId: envelope.key.slice(0, 8) };
    };
    const told: string[] = [];
    const waits = Promise.withResolvers<void>();
    const error: Log["error"] = (message, facts) => {
      told.push(message);
      if (JSON.stringify(facts ?? {}).includes("postrider arm")) waits.resolve();
    };
    await using failover = await openFailover(probe, { ...silent, error });
    const { test } = failover;
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.publish();
    await begun.promise;
    await failover.cutOff();
    go.resolve();
    await test.settled();
    expect(probe.calls).toHaveLength(40);

    await failover.takeOver();
    await waits.promise;
    const open = "select count(*)::int as count from postrider.delivery where state in ('pending', 'sending')";
    expect(await failover.run(open)).toEqual([{ count: 40 }]);
    expect(probe.calls).toHaveLength(40);
    expect(told).toContain("the database was replaced by a copy, and this process stops sending");

    // Then they go on by themselves, with what this database takes for open. It knows of one mail that it was begun.
    expect(await test.app.desk.arm("ada")).toBe(true);
    expect(await test.settled()).toMatchObject({ channels: { probe: { counts: { accepted: 39, uncertain: 1 } } } });
  });

  it("A worker takes no more of its batch from a replica that was promoted since, although it has no heartbeat yet", async () => {
    await using failover = await openFailover(openProbe());
    const { database, ledger } = failover.test.app;
    expect(await fence(database)).toBeNull();
    await using worker = await registerWorker(database.pool, silent, ["probe"]);
    await failover.test.publish();
    const sql = `select publication_id as "publicationId", channel, min(id)::text as "from", max(id)::text as "to"
    from postrider.delivery group by 1, 2`;
    const [batch] = await failover.run<Batch>(sql);
    if (!batch) throw new Error("Nothing is to be sent");
    const claim = await ledger.claim(batch, worker.id);
    const [first = "", second = ""] = claim.deliveries.map(({ id }) => id);
    expect(await ledger.intend(claim.id, [first])).toEqual(new Set([first]));
    const letters = await failover.run<{ id: string }>(
      `insert into postrider.letter (kind, subscriber_id, list_ids, due_at)
       select 'data', s.id, array[l.id], now() from postrider.subscriber s, postrider.list l limit 2 returning id`,
    );
    const [letter = "", another = ""] = letters.map(({ id }) => id);
    const { take } = openLetterStore(database);
    expect(await take(letter)).toMatchObject({ id: letter });

    await failover.cutOff();
    await failover.takeOver();
    const afterwards = (): Promise<Set<string>> => ledger.intend(claim.id, [second]);
    // The first tries find that their connections have ended.
    await expect.poll(() => afterwards().catch(() => null), { timeout: 30_000 }).toEqual(new Set());
    expect(await take(another)).toBeNull();
    await arm(database, "ada");
    expect(await afterwards()).toEqual(new Set([second]));
    expect(await take(another)).toMatchObject({ id: another });
  });

  it("A server that does not tell its users where it is can send all the same", async () => {
    await using servers = new AsyncDisposableStack();
    const { url } = await start(servers);
    await prepare({ url, dataDir: tempDir() });
    const [known] = await run<{ place: string }>(url, "select postrider.place() as place");
    const restricted = await run<{ place: string; copy: boolean }>(
      url,
      "create role someone",
      "grant usage on schema postrider to someone",
      "grant select on postrider.setting to someone",
      "revoke execute on function pg_control_system(), pg_walfile_name(pg_lsn) from public",
      "set role someone",
      "select postrider.place() as place, postrider.is_copy() as copy",
    );
    expect(known?.place).toMatch(/^\d+\/1\/\d+$/);
    expect(restricted).toEqual([{ place: `unknown/unknown/${known?.place.split("/")[2]}`, copy: false }]);
  });
});
