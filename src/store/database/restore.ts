/** Fills a database from a backup. The file may be damaged, or made by somebody who means harm: every line is checked. */

import { messageOf, PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { atOnce, type BackupCounts, format, migrations, mostCharacters, tablesOf, version } from "./backup.ts";
import { type BackupLines, openBackupLines } from "./backup-lines.ts";
import type { Database } from "./database.ts";
import { fenceCopy } from "./fence.ts";
import { migrateIn } from "./migrate.ts";

/**
 * Fills an empty database from a backup, completely or not at all. A backup of an earlier version is restored into
 * the schema of that version, which is then updated.
 * @throws PostriderError `conflict` if the database contains posts or subscribers, `invalid` for a file that is
 * incomplete or of a newer version.
 */
export async function restore(database: Database, file: string): Promise<BackupCounts> {
  return database.transaction(async (tx) => {
    await refuseFull(tx);
    return await readable(file, restoreIn(tx, file));
  });
}

async function restoreIn(tx: Sql, file: string): Promise<BackupCounts> {
  await using lines = openBackupLines(file);
  const theirs = await schemaOf(lines, file);
  const ours = await migrations(tx);
  refuseOtherSchema(theirs, ours, file);
  if (theirs.length < ours.length) {
    await tx.query("drop schema postrider cascade");
    await migrateIn(tx, theirs);
  }
  // Otherwise the triggers would log past events again, and tell webhooks of them.
  await tx.query("set local postrider.restoring = 'on'");
  await tx.query("alter table postrider.delivery disable trigger user");
  await tx.query("alter table postrider.event disable trigger user");
  await tx.query("delete from postrider.setting");
  await tx.query("delete from postrider.worker");
  await tx.query("delete from postrider.event");
  const tables = await tablesOf(tx);
  const counts = await restoreLines(tx, tables, lines, file);
  for (const table of tables) await continueIdentity(tx, table);
  await tx.query("alter table postrider.delivery enable trigger user");
  await tx.query("alter table postrider.event enable trigger user");
  await migrateIn(tx);
  await tx.query("select postrider.count_anew()");
  await renewFeeds(tx);
  await fenceCopy(tx);
  return counts;
}

/** A backup of an earlier version lacks some of our migrations, and not always the last ones. */
function refuseOtherSchema(theirs: readonly string[], ours: readonly string[], file: string): void {
  const newer = theirs.find((name) => !ours.includes(name));
  if (newer)
    throw new PostriderError("invalid", `The backup was made by a newer Postrider (migration ${newer})`, {
      file,
      hint: "Nothing was restored. Use that version, or a later one.",
    });
  if (theirs.length === 0 || new Set(theirs).size < theirs.length)
    throw broken(file, "The backup's first line is damaged: its list of migrations is empty or repeats one");
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
async function schemaOf(lines: BackupLines, file: string): Promise<string[]> {
  const line = await lines.next();
  if (line === null) throw broken(file, "The backup is empty");
  const header = objectIn(line);
  if (header["format"] !== format) throw broken(file, "This file is not a Postrider backup");
  if (header["version"] !== version)
    throw broken(file, `The backup has the format ${JSON.stringify(header["version"])}. This version reads ${version}`);
  const names = header["migrations"];
  const areNames = Array.isArray(names) && names.every((name) => typeof name === "string");
  if (!areNames) throw broken(file, "The backup's first line is damaged: it has no list of migrations");
  return names;
}

/** A damaged line is an empty object. */
function objectIn(line: string): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

async function restoreLines(
  tx: Sql,
  tables: readonly string[],
  lines: BackupLines,
  file: string,
): Promise<BackupCounts> {
  const counts: BackupCounts = {};
  const rows = rowsInto(tx, counts, file);
  for (let line = await lines.next(); line !== null; line = await lines.next()) {
    if (line.startsWith("{")) {
      await rows.flush();
      await readEnd(line, lines, { tables, counts, file });
      return counts;
    }
    const space = line.indexOf(" ");
    const table = tables.find((name) => name === line.slice(0, space));
    if (!table) throw broken(file, "The backup contains a table that this version does not know");
    await rows.add(table, line.slice(space + 1));
  }
  throw incomplete(file);
}

/** Characters. The embedded database takes 10 seconds to find the mistake in 60 MB; here it is found at once. */
const longRow = 1_000_000;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function damagedRow(table: string, file: string): PostriderError {
  return broken(file, `The backup has a damaged row of the table ${table}`);
}

interface Rows {
  add(table: string, row: string): Promise<void>;
  flush(): Promise<void>;
}

/** Inserts many rows of a table at once, and counts them. */
function rowsInto(tx: Sql, counts: BackupCounts, file: string): Rows {
  let into = "";
  let rows: string[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const inserted = await insert(tx, into, rows);
    if (inserted !== rows.length) throw damagedRow(into, file);
    counts[into] = (counts[into] ?? 0) + inserted;
    rows = [];
    characters = 0;
  };
  return {
    async add(table, row) {
      if (row.length > longRow && !isJson(row)) throw damagedRow(table, file);
      if (table !== into || rows.length >= atOnce || characters + row.length > mostCharacters) await flush();
      into = table;
      rows.push(row);
      characters += row.length;
    },
    flush,
  };
}

interface Restored {
  tables: readonly string[];
  counts: BackupCounts;
  file: string;
}

/** The last line has the numbers of rows. */
async function readEnd(line: string, lines: BackupLines, { tables, counts, file }: Restored): Promise<void> {
  const end = objectIn(line)["end"];
  if (typeof end !== "object" || end === null) throw broken(file, "The backup has a damaged line");
  const expected: BackupCounts = { ...end };
  if (tables.some((table) => (expected[table] ?? 0) !== (counts[table] ?? 0))) throw incomplete(file);
  // Reading to the end also checks the file's checksum.
  if ((await lines.next()) !== null) throw broken(file, "The backup goes on after its last line");
}

function incomplete(file: string): PostriderError {
  return broken(file, "The backup is incomplete: rows or its end are missing");
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

/** @returns the number of rows */
async function insert(tx: Sql, table: string, rows: readonly string[]): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into postrider.${table} overriding system value
     select * from jsonb_populate_recordset(null::postrider.${table}, $1::jsonb)`,
    [`[${rows.join(",")}]`],
  );
  return rowCount ?? 0;
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
