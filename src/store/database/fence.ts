/**
 * Recognises a copy of the sending database. A copy believes that everything sent since is still to be sent, so it
 * must not send.
 */

import { statSync } from "node:fs";
import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "./database.ts";

/**
 * Why this database must not send; `null` if it may. The first call makes this database the one that sends. It
 * detects a restored backup, a copied folder or dump, and a server that was promoted or set back in time. It can't
 * detect two machines that were cloned from one disk image.
 */
export async function fence(database: Database): Promise<string | null> {
  const here = await place(database);
  const { rows } = await database.pool.query<{ value: string }>(
    `with made as (insert into postrider.setting (name, value) values ('sends_from', $1) on conflict do nothing returning value)
     select value from made union all select value from postrider.setting where name = 'sends_from' limit 1`,
    [here],
  );
  const home = rows[0]?.value ?? here;
  if (home === here) return null;
  return "This database is a copy, or was restored from an older state. It does not contain what was sent since then.";
}

export function fencedError(reason: string): PostriderError {
  return new PostriderError("conflict", reason, { hint: armHint });
}

export const armHint =
  "Make sure that no other Postrider uses the original database to send. Check `postrider status`: everything that is still open there will be sent. Then run `postrider arm`.";

/** Makes this database the one that sends. Returns `false` if it already was. */
export async function arm(database: Database, actor: string): Promise<boolean> {
  const here = await place(database);
  return database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `insert into postrider.setting (name, value) values ('sends_from', $1)
       on conflict (name) do update set value = excluded.value where setting.value <> excluded.value`,
      [here],
    );
    if (rowCount) await logArmed(tx, actor);
    return Boolean(rowCount);
  });
}

function logArmed(tx: Sql, actor: string): Promise<unknown> {
  return tx.query("insert into postrider.event (kind, actor) values ('database.armed', $1)", [actor]);
}

/** The cluster's own number, its timeline (a promotion or a restore begins a new one), the database, and for the embedded one its folder. */
async function place({ pool, folder }: Database): Promise<string> {
  return [...(await clusterOf(pool)), ...(folder ? [statSync(folder, { bigint: true }).ino] : [])].join("/");
}

/**
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-BACKUP: the first eight digits of a WAL
 * file's name are its timeline. `pg_control_checkpoint` shows a new one only after the first checkpoint, and a promoted
 * server takes commits before.
 */
async function clusterOf(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ system: string; wal: string; oid: string }>(
    `select s.system_identifier::text as system, pg_walfile_name(pg_current_wal_insert_lsn()) as wal,
       (select oid::text from pg_database where datname = current_database()) as oid
     from pg_control_system() s`,
  );
  return rows.flatMap(({ system, wal, oid }) => [system, String(Number.parseInt(wal.slice(0, 8), 16)), oid]);
}
