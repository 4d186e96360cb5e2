/** Creating an embedded database takes seconds; tests that are about something else start from a copy of an empty one. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "#store/database/embedded/open.ts";

/** A data folder with nothing but an empty cluster in it. */
export async function prepareCluster(): Promise<{ dir: string; remove(): void }> {
  const dir = mkdtempSync(join(tmpdir(), "postrider-cluster-"));
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const embedded = await openEmbedded(dir, { log });
  await embedded[Symbol.asyncDispose]();
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Does nothing where there is a database already. */
export function copyCluster(from: string, dataDir: string): void {
  if (existsSync(join(dataDir, "pg"))) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  cpSync(join(from, "pg"), join(dataDir, "pg"), { recursive: true });
}
