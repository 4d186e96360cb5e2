/** Where store and queue can live: every suite that depends on it runs on each of them. */

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { describe, inject } from "vitest";
import { copyCluster } from "./prepared-database.ts";
import { lendDatabase } from "./shared-database.ts";

export interface Backend {
  /** Absent: embedded in `dataDir`. */
  databaseUrl?: string;
  queueUrl?: string;
  /** An empty folder of this test's own. */
  dataDir: string;
}

export interface BackendOptions {
  /** Without tables, as a new one is. Default: they are there, and have no rows. */
  empty?: boolean;
}

/** Gives a backend of the test's own, and takes it away again when disposed. */
export type OpenBackend = (options?: BackendOptions) => Promise<Backend & AsyncDisposable>;

/** Set while mutants are tested: thousands of runs want the fastest of the backends alone, or with Redis. */
const servers = process.env["TEST_BACKEND"];
const onServerOnly = servers === "postgres" || servers === "postgres and redis";

/** Runs the same suite on the embedded database, on a PostgreSQL server, and with the queue on Redis. */
export function describeOnEveryBackend(title: string, suite: (open: OpenBackend) => void): void {
  describe.skipIf(onServerOnly)(`${title}, embedded`, () => suite((options) => openBackend({ ...options })));
  const url = inject("postgresUrl");
  const redis = servers === "postgres" ? null : inject("redisUrl");
  describe.skipIf(!url)(`${title}, on a PostgreSQL server`, () =>
    suite((options) => openBackend({ ...options, postgres: url })),
  );
  describe.skipIf(!url || !redis)(`${title}, with the queue on Redis`, () =>
    suite((options) => openBackend({ ...options, postgres: url, redis })),
  );
}

export async function openBackend({
  postgres = onServerOnly ? inject("postgresUrl") : null,
  redis,
  empty = false,
}: BackendOptions & {
  postgres?: string | null;
  redis?: string | null;
}): Promise<Backend & AsyncDisposable> {
  const dataDir = mkdtempSync(join(tmpdir(), "postrider-test-"));
  const database = postgres ? await createDatabase(postgres, empty) : undefined;
  const embedded = database ? undefined : await openEmbeddedIn(join(dataDir, "data"), empty);
  const queueUrl = redis ? await emptyRedis(redis) : undefined;
  return {
    dataDir,
    ...(database && { databaseUrl: database.url }),
    ...(queueUrl && { queueUrl }),
    async [Symbol.asyncDispose]() {
      await database?.drop();
      await embedded?.giveBack();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function openEmbeddedIn(dataDir: string, empty: boolean): Promise<{ giveBack(): Promise<void> } | undefined> {
  if (!empty) return { giveBack: await lendDatabase(dataDir) };
  copyCluster(inject("emptyCluster"), dataDir);
  return undefined;
}

async function createDatabase(server: string, empty: boolean): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await command(server, `create database ${name}${empty ? "" : ` template ${inject("postgresTemplate")}`}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => command(server, `drop database if exists ${name} with (force)`) };
}

async function command(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Each test worker has a Redis database of its own, out of the sixteen. */
async function emptyRedis(server: string): Promise<string> {
  const url = `${server}/${Number(process.env["VITEST_POOL_ID"] ?? 0) % 16}`;
  const redis = new Redis(url);
  await redis.flushdb();
  redis.disconnect();
  return url;
}
