/** Two databases for readers that write: one with a post that was sent to some readers, and an empty one. */

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Database, openDatabase } from "#store/database/database.ts";
import { migrate } from "#store/database/migrate.ts";
import { restore } from "#store/database/restore.ts";
import { silent } from "../../support/app.ts";

/** The lines of a backup. They are always the same, so that an input can be made again. */
export const ledgerText = readFileSync(fileURLToPath(new URL("ledger.txt", import.meta.url)), "utf8");

let empty: Promise<Database> | undefined;
let filled: Promise<Database> | undefined;

export function emptyDatabase(): Promise<Database> {
  empty ??= openMigrated();
  return empty;
}

/** Its emails were sent just now. */
export function filledDatabase(): Promise<Database> {
  filled ??= openMigrated().then(async (database) => {
    const file = join(mkdtempSync(join(tmpdir(), "postrider-fuzz-ledger-")), "ledger.backup");
    writeFileSync(file, gzipSync(ledgerText));
    await restore(database, file);
    await database.pool.query("update postrider.delivery set settled_at = now()");
    return database;
  });
  return filled;
}

/** Every transaction is undone at its end: the next input finds the same rows. */
export function undoing(database: Database): Database {
  return {
    ...database,
    async transaction(work) {
      const done: Awaited<ReturnType<typeof work>>[] = [];
      const undo = new Error("undone");
      await database
        .transaction(async (tx) => {
          done.push(await work(tx));
          throw undo;
        })
        .catch((error: unknown) => {
          if (error !== undo) throw error;
        });
      const [result] = done;
      return result as Awaited<ReturnType<typeof work>>;
    },
  };
}

async function openMigrated(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), "postrider-fuzz-database-"));
  const database = await openDatabase({ dataDir, connections: 2, log: silent });
  await migrate(database);
  return database;
}
