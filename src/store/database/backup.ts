/**
 * Backs up the whole ledger to one file: gzipped lines of JSON, read in one snapshot. The file can be restored into
 * an embedded database or a server, so it is also used to move. It does not contain the queue, which is filled again
 * from the ledger.
 */

import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { openPrivateFile } from "#files/private.ts";
import type { Database } from "./database.ts";

/**
 * Tables that are not restored: `migration` only tells which schema the rows belong to, the outbox is filled again from
 * the ledger, and kept counts are counted anew.
 */
const left = ["migration", "outbox", "delivery_count", "subscription_count"];

export const format = "postrider-backup";
export const version = 1;
/** Rows that are in memory at once: no more than both of these. */
export const atOnce = 500;
export const mostCharacters = 8_000_000;

/** Numbers of rows by table. */
export type BackupCounts = Partial<Record<string, number>>;

/** Writes the file completely or not at all. */
export async function backup(database: Database, file: string): Promise<BackupCounts> {
  const counts: BackupCounts = {};
  const unfinished = `${file}.part`;
  try {
    await database.transaction(async (tx) => {
      await tx.query("set transaction isolation level repeatable read read only");
      await pipeline(Readable.from(lines(tx, counts)), createGzip(), openPrivateFile(unfinished));
    });
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new PostriderError("unavailable", `The backup could not be written: ${messageOf(cause)}`, { file, cause });
  }
  return counts;
}

async function* lines(tx: Sql, counts: BackupCounts): AsyncGenerator<string, void> {
  yield `${JSON.stringify({ format, version, migrations: await migrations(tx) })}\n`;
  for (const table of await tablesOf(tx)) {
    let count = 0;
    let wanted = 20;
    await tx.query(`declare rows no scroll cursor for select row_to_json(t)::text as row from postrider.${table} t`);
    for (;;) {
      // As text, because a JavaScript number would round large ids.
      const { rows } = await tx.query<{ row: string }>(`fetch ${wanted} from rows`);
      for (const { row } of rows) yield `${table} ${row}\n`;
      count += rows.length;
      if (rows.length < wanted) break;
      const longest = Math.max(...rows.map(({ row }) => row.length));
      wanted = Math.max(1, Math.min(atOnce, Math.floor(mostCharacters / longest)));
    }
    counts[table] = count;
    await tx.query("close rows");
  }
  yield `${JSON.stringify({ end: counts })}\n`;
}

/** Foreign keys of a subscription are enforced by triggers, see docs/adr/0008-lean-subscribers.md. */
const byTrigger: Readonly<Record<string, readonly string[]>> = { subscription: ["list", "subscriber"] };

/** Every table, parents before children. */
export async function tablesOf(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ name: string; parents: string[] }>(
    `select t.relname as name, array(
       select distinct p.relname::text from pg_constraint c join pg_class p on p.oid = c.confrelid
       where c.conrelid = t.oid and c.contype = 'f' and p.oid <> t.oid) as parents
     from pg_class t join pg_namespace n on n.oid = t.relnamespace
     where n.nspname = 'postrider' and t.relkind = 'r' and not t.relname = any($1) order by t.relname`,
    [left],
  );
  const sorted: string[] = [];
  while (sorted.length < rows.length) {
    const next = rows.find(
      ({ name, parents }) =>
        !sorted.includes(name) && [...parents, ...(byTrigger[name] ?? [])].every((p) => sorted.includes(p)),
    );
    if (!next) throw new Error("tables refer to one another in a circle");
    sorted.push(next.name);
  }
  return sorted;
}

/** The names of those that were applied, in order. */
export async function migrations(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>("select name from postrider.migration order by name");
  return rows.map((row) => row.name);
}
