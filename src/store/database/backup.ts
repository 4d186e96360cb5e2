/**
 * Backs up the whole ledger to one file: gzipped lines of JSON, read in one snapshot. The file can be restored into
 * an embedded database or a server, so it is also used to move. It does not contain the queue, which is filled again
 * from the ledger.
 */

import { createReadStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { openPrivateFile } from "#files/private.ts";
import type { Database } from "./database.ts";
import { migrateIn } from "./migrate.ts";

/** Tables that are not restored: `migration` only tells which schema the rows belong to, and the outbox is filled again from the ledger. */
const left = ["migration", "outbox"];

const format = "postrider-backup";
const atOnce = 500;

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
  yield `${JSON.stringify({ format, version: 1, migrations: await migrations(tx) })}\n`;
  for (const table of await tablesOf(tx)) {
    let count = 0;
    await tx.query(`declare rows no scroll cursor for select row_to_json(t)::text as row from postrider.${table} t`);
    for (;;) {
      // As text, because a JavaScript number would round large ids.
      const { rows } = await tx.query<{ row: string }>(`fetch ${atOnce} from rows`);
      for (const { row } of rows) yield `${table} ${row}\n`;
      count += rows.length;
      if (rows.length < atOnce) break;
    }
    counts[table] = count;
    await tx.query("close rows");
  }
  yield `${JSON.stringify({ end: counts })}\n`;
}

/** Foreign keys of a subscription are enforced by triggers, see docs/adr/0008-lean-subscribers.md. */
const byTrigger: Readonly<Record<string, readonly string[]>> = { subscription: ["list", "subscriber"] };

/** Every table, parents before children. */
async function tablesOf(sql: Sql): Promise<string[]> {
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

async function migrations(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>("select name from postrider.migration order by name");
  return rows.map((row) => row.name);
}

/**
 * Fills an empty database from a backup, completely or not at all. A backup of an earlier version is restored into
 * the schema of that version, which is then updated.
 * @throws PostriderError `conflict` if the database contains posts or subscribers, `invalid` for a file that is
 * incomplete or of a newer version.
 */
export async function restore(database: Database, file: string): Promise<BackupCounts> {
  return database.transaction(async (tx) => {
    await refuseFull(tx);
    const theirs = await readable(file, schemaOf(file));
    const ours = await migrations(tx);
    const newer = theirs.find((name) => !ours.includes(name));
    if (newer)
      throw new PostriderError("invalid", `The backup was made by a newer Postrider (migration ${newer})`, {
        file,
        hint: "Nothing was restored. Use that version, or a later one.",
      });
    if (theirs.length < ours.length) {
      await tx.query("drop schema postrider cascade");
      await migrateIn(tx, theirs);
    }
    // Otherwise the triggers would log past events again.
    await tx.query("alter table postrider.delivery disable trigger user");
    await tx.query("alter table postrider.event disable trigger user");
    await tx.query("delete from postrider.setting");
    await tx.query("delete from postrider.worker");
    await tx.query("delete from postrider.event");
    const tables = await tablesOf(tx);
    const counts = await readable(file, restoreLines(tx, tables, file));
    for (const table of tables) await continueIdentity(tx, table);
    await tx.query("alter table postrider.delivery enable trigger user");
    await tx.query("alter table postrider.event enable trigger user");
    await migrateIn(tx);
    await renewFeeds(tx);
    return counts;
  });
}

/**
 * Feed readers may have newer versions than the backup, and ignore documents that seem older. So all documents count
 * as changed now, and the next build writes them again.
 */
async function renewFeeds(tx: Sql): Promise<void> {
  await tx.query("update postrider.feed set digest = ''");
  await tx.query("update postrider.feed_document set digest = '', changed_at = date_trunc('second', now())");
}

async function refuseFull(tx: Sql): Promise<void> {
  const { rows } = await tx.query<{ full: boolean }>(
    "select exists (select 1 from postrider.post) or exists (select 1 from postrider.subscriber) as full",
  );
  if (rows[0]?.full)
    throw new PostriderError(
      "conflict",
      "The database is not empty. Restoring a backup into it would mix two ledgers",
      {
        hint: "Restore into a new --data folder or a new database.",
      },
    );
}

/** The migrations of the database that was backed up. */
async function schemaOf(file: string): Promise<string[]> {
  for await (const line of linesOf(file)) {
    const header = JSON.parse(line) as { format?: string; migrations?: string[] };
    if (header.format !== format) throw broken(file, "This file is not a Postrider backup");
    return header.migrations ?? [];
  }
  throw broken(file, "The backup is empty");
}

async function restoreLines(tx: Sql, tables: readonly string[], file: string): Promise<BackupCounts> {
  const counts: BackupCounts = {};
  let ended: BackupCounts | null = null;
  let group: { table: string; rows: string[] } | null = null;
  const flush = async (): Promise<void> => {
    if (!group) return;
    await insert(tx, group.table, group.rows);
    counts[group.table] = (counts[group.table] ?? 0) + group.rows.length;
    group = null;
  };
  for await (const line of linesOf(file)) {
    if (line.startsWith("{")) {
      // The last line has the counts.
      ended = (JSON.parse(line) as { end?: BackupCounts }).end ?? null;
      continue;
    }
    const space = line.indexOf(" ");
    const table = tables.find((name) => name === line.slice(0, space));
    if (!table) throw broken(file, "The backup contains a table that this version does not know");
    if (group && (group.table !== table || group.rows.length >= atOnce)) await flush();
    group ??= { table, rows: [] };
    group.rows.push(line.slice(space + 1));
  }
  await flush();
  if (!ended || tables.some((table) => (ended?.[table] ?? 0) !== (counts[table] ?? 0)))
    throw broken(file, "The backup is incomplete: its end is missing");
  return counts;
}

async function* linesOf(file: string): AsyncGenerator<string, void> {
  const source = createReadStream(file);
  const input = source.pipe(createGunzip());
  source.on("error", (error) => input.destroy(error));
  // The caller gets errors from reading. An error after the last read does not matter.
  input.on("error", () => undefined);
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } finally {
    source.destroy();
    input.destroy();
  }
}

async function readable<T>(file: string, reading: Promise<T>): Promise<T> {
  return reading.catch((cause: unknown) => {
    throw cause instanceof PostriderError
      ? cause
      : broken(file, `The backup can't be read: ${messageOf(cause)}`, cause);
  });
}

function broken(file: string, message: string, cause?: unknown): PostriderError {
  return new PostriderError("invalid", message, { file, hint: "Nothing was restored.", cause });
}

async function insert(tx: Sql, table: string, rows: readonly string[]): Promise<void> {
  await tx.query(
    `insert into postrider.${table} overriding system value
     select * from jsonb_populate_recordset(null::postrider.${table}, $1::jsonb)`,
    [`[${rows.join(",")}]`],
  );
}

/** New rows get ids after the restored ones. */
async function continueIdentity(tx: Sql, table: string): Promise<void> {
  const { rows } = await tx.query<{ sequence: string | null }>(
    `select case when exists (select 1 from information_schema.columns
       where table_schema = 'postrider' and table_name = $1 and column_name = 'id' and is_identity = 'YES')
     then pg_get_serial_sequence('postrider.' || $1, 'id') end as sequence`,
    [table],
  );
  const sequence = rows[0]?.sequence;
  if (sequence) await tx.query(`select setval($1, greatest(1, (select max(id) from postrider.${table})))`, [sequence]);
}
