/** Opens PostgreSQL: a server by its address, or the embedded one in the data folder. Both use the same client. */

import pg from "pg";
import { actingNow } from "#core/audit/acting.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { type Embedded, openEmbedded } from "./embedded/open.ts";
import { type HolderWatch, holderStopped } from "./holder.ts";
import { record } from "./record-act.ts";

export interface Database extends AsyncDisposable {
  readonly kind: "embedded" | "server";
  /** `client`: another process on this machine holds the embedded database and serves us. */
  readonly role: "owner" | "client";
  readonly pool: pg.Pool;
  /** The folder of the embedded database. */
  readonly folder: string | null;
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
}

export interface DatabaseOptions {
  /** `postgres://…`; absent: embedded in `dataDir`. */
  url?: string;
  dataDir: string;
  /** Upper limit of connections. Must be larger than the number of workers, because BullMQ keeps one open for each. */
  connections: number;
  log: Log;
  /** For a client of the embedded database: gets news of the process that has it open. Default: the log. */
  holder?: HolderWatch;
}

/** PostgreSQL 15 introduced `unique nulls not distinct`, which the suppressions need. */
const oldestServer = 150_000;

/** @throws PostriderError `unavailable` when there is no answer, `invalid` when the server is too old. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const embedded = options.url ? null : await openEmbedded(options.dataDir, { log: options.log });
  const pool = new pg.Pool({
    ...(embedded ? embedded.connection : { connectionString: options.url }),
    max: options.connections,
    connectionTimeoutMillis: 20_000,
    keepAlive: true,
    // BullMQ's statements have no schema; ours always name it.
    options: "-c search_path=bullmq,public",
    application_name: "postrider",
  });
  // A broken connection is replaced, and its running statement fails; without this listener the error would end the
  // process. Connections break together, so one message is enough.
  let isLost = false;
  const { holder } = embedded?.role === "client" ? options : {};
  const lost = (error: Error): void => {
    if (isLost) return;
    isLost = true;
    if (!holder) {
      options.log.warn("database connection lost", { error: messageOf(error) });
      return;
    }
    holder.lost();
    void embedded?.isAbandoned().then((abandoned) => {
      if (abandoned) return holder.gone();
      isLost = false;
      holder.back();
    });
  };
  pool.on("error", lost);
  pool.on("connect", (client) => {
    if (!holder) isLost = false;
    client.on("error", lost);
  });
  try {
    await checkServer(pool);
  } catch (error) {
    await close(pool, embedded);
    if (error instanceof PostriderError) throw error;
    throw embedded?.role === "client" ? holderStopped(error) : unreachable(error);
  }
  return {
    kind: embedded ? "embedded" : "server",
    role: embedded?.role ?? "client",
    folder: embedded ? options.dataDir : null,
    pool,
    transaction: (work) => transaction(pool, work),
    [Symbol.asyncDispose]: () => close(pool, embedded),
  };
}

/** Commits the work, or rolls it back and rethrows the error. Work of an act is recorded with it in the audit log. */
async function transaction<T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const acting = actingNow();
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client as Sql);
    const isRecord = acting !== null && (await record(client as Sql, acting));
    await client.query("commit");
    if (acting && isRecord) acting.isRecorded = true;
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** @throws the database's error if it does not answer */
export async function checkAnswers({ pool }: Pick<Database, "pool">): Promise<void> {
  await pool.query("select 1");
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; name: string; readOnly: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
       current_setting('transaction_read_only') as "readOnly"`,
  );
  const [row] = rows;
  if (row && row.version < oldestServer)
    throw new PostriderError("invalid", `PostgreSQL ${row.name} is too old: 15 or later is needed`, {
      hint: "Set DATABASE_URL to a newer server, or remove it to use the embedded database.",
    });
  if (row?.readOnly === "on")
    throw new PostriderError("invalid", "This PostgreSQL server is read-only: it may be a replica", {
      hint: "Set DATABASE_URL to the primary server. A replica may be out of date.",
    });
}

function unreachable(cause: unknown): PostriderError {
  return new PostriderError("unavailable", `The database does not answer: ${messageOf(cause)}`, {
    hint: "Check DATABASE_URL, the server and your access to it. Without DATABASE_URL, Postrider uses the embedded database.",
    cause,
  });
}

async function close(pool: pg.Pool, embedded: Embedded | null): Promise<void> {
  await pool.end();
  await embedded?.[Symbol.asyncDispose]();
}
