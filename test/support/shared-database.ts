/** One embedded database for many tests, one after the other: opening one takes longer than most tests do. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { openEmbedded } from "#store/database/embedded/open.ts";
import { copyCluster } from "./prepared-database.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** Nothing clears up after rows that are deleted. */
const mostUses = 50;

interface Shared {
  socket: string;
  client: pg.Client;
  shape: string;
  uses: number;
  close(): Promise<void>;
}

declare global {
  /** Of this worker, for all its files. `undefined` as well while a test has it. */
  var idleDatabase: Shared | undefined;
}

/**
 * Whoever opens this data folder finds the database open, with all tables and no rows, as beside `serve`.
 * @returns what gives it back
 */
export async function lendDatabase(dataDir: string): Promise<() => Promise<void>> {
  const shared = globalThis.idleDatabase ?? (await open());
  globalThis.idleDatabase = undefined;
  const run = join(dataDir, "run");
  mkdirSync(run, { recursive: true, mode: 0o700 });
  symlinkSync(shared.socket, join(run, socketName));
  return async () => {
    shared.uses++;
    const isClean = shared.uses < mostUses && !globalThis.idleDatabase && (await isEmptied(shared));
    if (isClean) globalThis.idleDatabase = shared;
    else await shared.close();
  };
}

const socketName = ".s.PGSQL.5432";

async function open(): Promise<Shared> {
  const prepared = inject("preparedCluster");
  // Beside it, and so removed with it: the last one is open until the worker ends.
  const dir = mkdtempSync(join(dirname(prepared), "shared-"));
  copyCluster(prepared, dir);
  const embedded = await openEmbedded(dir, { log });
  const client = new pg.Client(embedded.connection);
  await client.connect();
  await client.query(keepRows);
  return {
    socket: join(embedded.connection.host, socketName),
    client,
    shape: await shapeOf(client),
    uses: 0,
    async close() {
      await client.end();
      await embedded[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** `false`: the test changed more than rows. */
async function isEmptied({ client, shape }: Shared): Promise<boolean> {
  await client.query(restoreRows);
  return (await shapeOf(client)) === shape;
}

const schemas = "('postrider', 'bullmq', 'public')";

/** The beginning of a loop over all tables: `has` says whether `each` has rows. */
const forEachTable = `do $$
declare each record; has boolean;
begin
  for each in select oid::regclass as name, relname, relnamespace::regnamespace::text as home from pg_class
    where relkind = 'r' and relnamespace::regnamespace::text in ${schemas}
  loop
    execute format('select exists (select from %s)', each.name) into has;
`;

/** What the migrations wrote: their own numbers, and settings. */
const keepRows = `create schema kept;
${forEachTable}    if has then execute format('create table kept.%I as table %s', each.home || '.' || each.relname, each.name); end if;
  end loop;
end $$`;

/** Without triggers: what happened can't be deleted otherwise. */
const restoreRows = `begin;
set local session_replication_role = replica;
${forEachTable}    if has then execute format('delete from %s', each.name); end if;
    if to_regclass(format('kept.%I', each.home || '.' || each.relname)) is not null then
      execute format('insert into %s overriding system value table kept.%I', each.name, each.home || '.' || each.relname);
    end if;
  end loop;
  -- BullMQ makes one for each queue.
  for each in select format('%I.%I', schemaname, sequencename) as name from pg_sequences
    where schemaname = 'bullmq' and sequencename like 'bullmq\\_jid\\_%'
  loop
    execute 'drop sequence ' || each.name;
  end loop;
  for each in select format('%I.%I', schemaname, sequencename) as name, start_value from pg_sequences
    where schemaname in ${schemas} and last_value is not null
  loop
    perform setval(each.name, each.start_value, false);
  end loop;
end $$;
commit`;

async function shapeOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{
    shape: string;
  }>(`select md5(string_agg(line, ',' order by line)) as shape from (
    select attrelid::regclass::text || '.' || attname || ' ' || atttypid::text || ' ' || coalesce(pg_get_expr(adbin, adrelid), '') as line
      from pg_attribute join pg_class on pg_class.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where relnamespace::regnamespace::text in ${schemas}
    union all select tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text from pg_trigger
    union all select pronamespace::regnamespace::text || '.' || proname || ' ' || md5(prosrc) from pg_proc
      where pronamespace::regnamespace::text in ${schemas}
    union all select coalesce(setdatabase, 0)::text || ' ' || setconfig::text from pg_db_role_setting) lines`);
  return rows[0]?.shape ?? "";
}
