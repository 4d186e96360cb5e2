/** Updates the schema: numbered SQL files, forward only, each run once. */

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { packageDir } from "#files/package.ts";
import type { Database } from "./database.ts";

const folder = join(packageDir, "migrations");
/** Any constant works, if every process uses the same one ("post" in ASCII). */
const lock = 0x706f7374;

/**
 * Applies missing migrations and returns their names.
 * @throws PostriderError `conflict` if an applied file was changed later, or if the database is newer than this
 * program.
 */
export async function migrate(database: Database): Promise<string[]> {
  return database.transaction((tx) => migrateIn(tx));
}

/**
 * The same within a transaction.
 * @param only - names of the migrations to apply. Default: all.
 */
export async function migrateIn(tx: Sql, only?: readonly string[]): Promise<string[]> {
  const files = await migrationFiles();
  await tx.query("select pg_advisory_xact_lock($1)", [lock]);
  await tx.query("create schema if not exists postrider");
  await tx.query(`create table if not exists postrider.migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await tx.query<{ name: string; checksum: string }>("select name, checksum from postrider.migration");
  const known = new Map(rows.map((row) => [row.name, row.checksum]));
  const unknown = rows.find((row) => !files.some((file) => file.name === row.name));
  if (unknown)
    throw new PostriderError("conflict", `The database was written by a newer Postrider (migration ${unknown.name})`, {
      hint: "Use that version, or restore a backup made with this version.",
    });
  const applied: string[] = [];
  for (const file of files) {
    if (known.has(file.name)) refuseChanged(file, known.get(file.name));
    else if (!only || only.includes(file.name)) applied.push(await apply(tx, file));
  }
  return applied;
}

interface MigrationFile {
  name: string;
  sql: string;
  checksum: string;
}

async function migrationFiles(): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), "utf8");
      // A checkout on Windows may have other line ends; it is the same migration.
      const checksum = createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex");
      return { name: name.replace(/\.sql$/, ""), sql, checksum };
    }),
  );
}

function refuseChanged(file: MigrationFile, checksum: string | undefined): void {
  if (checksum === file.checksum) return;
  throw new PostriderError("conflict", `Migration ${file.name} was changed after it was applied`, {
    hint: "Restore the original file and add a new migration instead.",
    file: `migrations/${file.name}.sql`,
  });
}

async function apply(tx: Sql, file: MigrationFile): Promise<string> {
  await tx.query(file.sql);
  await tx.query("insert into postrider.migration (name, checksum) values ($1, $2)", [file.name, file.checksum]);
  return file.name;
}
