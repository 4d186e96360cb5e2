/** Creating a database takes seconds, and so do its migrations; tests that are about something else start from a copy. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openBackend } from "#queue/backend.ts";
import { type DatabaseOptions, openDatabase } from "#store/database/database.ts";
import { openEmbedded } from "#store/database/embedded/open.ts";
import { migrate } from "#store/database/migrate.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };

export interface Clusters {
  /** A data folder of the embedded database with nothing but an empty cluster in it. */
  empty: string;
  /** The same with all tables, and no rows. */
  prepared: string;
  remove(): void;
}

export async function prepareClusters(): Promise<Clusters> {
  const dir = mkdtempSync(join(tmpdir(), "postrider-cluster-"));
  const [empty, prepared] = [join(dir, "empty"), join(dir, "prepared")];
  const embedded = await openEmbedded(empty, { log });
  await embedded[Symbol.asyncDispose]();
  copyCluster(empty, prepared);
  await prepare({ dataDir: prepared });
  return { empty, prepared, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Makes all tables, ours and the queue's, as the application does when it opens. */
export async function prepare(where: Pick<DatabaseOptions, "url" | "dataDir">): Promise<void> {
  await using database = await openDatabase({ ...where, connections: 2, log });
  await migrate(database);
  await using backend = openBackend({ pool: database.pool, log });
  const client = await database.pool.connect();
  await backend.migrate(client).finally(() => client.release());
}

/** Does nothing where there is a database already. */
export function copyCluster(from: string, dataDir: string): void {
  keepEngine();
  if (existsSync(join(dataDir, "pg"))) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  cpSync(join(from, "pg"), join(dataDir, "pg"), { recursive: true });
}

declare global {
  var embeddedEngine: WebAssembly.Module | undefined;
}

/**
 * V8 shares the compiled code of a WebAssembly module between all threads that have it, for as long as anybody has it: an
 * embedded database that is opened again starts in half the time.
 */
function keepEngine(): void {
  const folder = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  globalThis.embeddedEngine ??= new WebAssembly.Module(readFileSync(join(folder, "pglite.wasm")));
}
