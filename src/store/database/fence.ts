/**
 * Recognises a copy of the sending database. A copy believes that everything sent since is still to be sent, so it
 * must not send.
 */

import { statSync } from "node:fs";
import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "./database.ts";

const copyReason =
  "This database is a copy, was promoted from a replica, or was restored from an older state. It may not contain what was sent last.";

/**
 * Why this database must not send; `null` if it may. The first call makes this database the one that sends. It
 * detects a restored backup, a copied folder or dump, and a server that was promoted or set back in time. It can't
 * detect two machines that were cloned from one disk image. A running process asks `postrider.is_copy()` with each
 * heartbeat and with each group of deliveries, because its connections may lead to a replica that was promoted.
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
  return copyReason;
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

/** A restored backup is a copy also in the database that it was made from: it does not contain what was sent since. */
export async function fenceCopy(tx: Sql): Promise<void> {
  await tx.query(
    `insert into postrider.setting (name, value) values ('sends_from', 'a backup')
     on conflict (name) do update set value = excluded.value`,
  );
}

/** See `postrider.place()`. An embedded database also has its folder. */
async function place({ pool, folder }: Database): Promise<string> {
  const { rows } = await pool.query<{ place: string }>("select postrider.place() as place");
  return [...rows.map((row) => row.place), ...(folder ? [statSync(folder, { bigint: true }).ino] : [])].join("/");
}
