/**
 * BullMQ on PostgreSQL (shared with the ledger) or on Redis. The other files of this folder don't know which, except
 * where they join a transaction.
 */

import {
  type AdvancedRepeatOptions,
  type ConnectionOptions,
  createPostgresBackend,
  type JobSchedulerJson,
  type JobSchedulerTemplateOptions,
  type JobsOptions,
  type PgPool,
  type Processor,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
} from "bullmq";
import { Redis } from "ioredis";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { cronTimes } from "#formats/cron.ts";

/** The members of BullMQ's classes that we use. Their types differ between backends, these members don't. */
export interface Jobs {
  addBulk(jobs: { name: string; data: unknown; opts: JobsOptions }[]): Promise<unknown>;
  getJobCountByTypes(...types: ("waiting" | "active" | "delayed" | "prioritized")[]): Promise<number>;
  upsertJobScheduler(
    id: string,
    repeat: { pattern: string; tz: string },
    template: { name: string; data: unknown; opts: JobSchedulerTemplateOptions },
  ): Promise<unknown>;
  getJobSchedulers(): Promise<JobSchedulerJson[]>;
  removeJobScheduler(id: string): Promise<boolean>;
  /** Rejects if the first connection failed: all later calls then fail in the same way. */
  waitUntilReady(): Promise<unknown>;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}
export interface Runner {
  /** See `Jobs`. */
  waitUntilReady(): Promise<unknown>;
  /** Takes jobs until it is closed. */
  run(): Promise<void>;
  rateLimit(milliseconds: number): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface QueueBackend extends AsyncDisposable {
  readonly kind: "postgres" | "redis";
  /** A queue whose jobs are added on `sql`: the caller's transaction. PostgreSQL only. */
  queueIn(sql: Sql, name: string): Jobs;
  queue(name: string): Jobs;
  /** A worker that does nothing until `run` is called. */
  worker(name: string, processor: Processor, options: WorkerSettings): Runner;
  /** Updates BullMQ's own tables. Does nothing on Redis. */
  migrate(sql: Sql): Promise<void>;
  /** Throws PostriderError `unavailable`. */
  check(): Promise<void>;
}

/** The timers use our own schedule parser, because BullMQ's differs when clocks change. */
const settings: AdvancedRepeatOptions = {
  repeatStrategy: (after, { pattern = "", tz = "UTC" }) => cronTimes(pattern, tz)(new Date(after))?.getTime(),
};

type WorkerSettings = Omit<WorkerOptions, "connection">;

/** The part of `pg.Pool` that BullMQ uses. */
interface Pool extends Sql {
  connect(): Promise<unknown>;
}

export interface QueueOptions {
  /** `redis://…` or `rediss://…`; absent: the pool's PostgreSQL. */
  url?: string;
  pool: Pool;
  log: Log;
}

export function openBackend({ url, pool, log }: QueueOptions): QueueBackend {
  const backend = url ? redisBackend(url, log) : postgresBackend(pool);
  const queues = new Map<string, Jobs>();
  const report = (error: Error): void => log.warn("queue connection", { error: messageOf(error) });
  return {
    kind: url ? "redis" : "postgres",
    queueIn: (sql, name) => postgresQueue(transactionPool(sql), name, true),
    queue(name) {
      const known = queues.get(name);
      if (known) return known;
      const queue = backend.queue(name);
      queue.on("error", report);
      queues.set(name, queue);
      queue.waitUntilReady().catch(() => queues.get(name) === queue && queues.delete(name));
      return queue;
    },
    worker(name, processor, options) {
      const worker = backend.worker(name, processor, { ...options, autorun: false });
      worker.on("error", report);
      return worker;
    },
    migrate: backend.migrate,
    check: backend.check,
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
}

interface Backend {
  queue(name: string): Jobs;
  worker(name: string, processor: Processor, options: WorkerSettings): Runner;
  migrate(sql: Sql): Promise<void>;
  check(): Promise<void>;
  close(): Promise<void>;
}

function postgresBackend(pool: Pool): Backend {
  const connection = poolOf(
    (text, values) => pool.query(text, values),
    () => pool.connect(),
  );
  return {
    queue: (name) => postgresQueue(connection, name, false),
    worker: (name, processor, options) =>
      new Worker(name, processor, { settings, ...options, connection }, createPostgresBackend),
    migrate: (sql) => runMigrations(sql as Parameters<typeof runMigrations>[0]).then(() => undefined),
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function postgresQueue(connection: PgPool, name: string, skipMetasUpdate: boolean): Jobs {
  return new Queue(name, { settings, connection, skipMetasUpdate }, createPostgresBackend);
}

/**
 * A pool with only one transaction's client. BullMQ adds a job with a single statement, so the job becomes part of
 * the transaction. This is not an official interface: `test/queue` tests it, and the version is pinned.
 */
function transactionPool(sql: Sql): PgPool {
  const query: Query = (text, values) => sql.query(text, values);
  return poolOf(query, async () => ({ query, release() {}, on() {}, removeListener() {}, removeAllListeners() {} }));
}

type Query = (text: string, values?: unknown[]) => unknown;

/** As much of a pool as BullMQ uses. Its listeners are not among it: every worker and queue adds one and takes none away. */
function poolOf(query: Query, connect: () => Promise<unknown>): PgPool {
  const pool = { options: { keepAlive: true }, query, connect, on: () => pool, removeAllListeners: () => pool };
  return { ...pool, end: async () => undefined } as unknown as PgPool;
}

function redisBackend(url: string, log: Log): Backend {
  // BullMQ needs commands to wait for a lost server instead of failing (docs.bullmq.io, "Going to production").
  const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  redis.on("error", (error: Error) => log.debug("redis", { error: messageOf(error) }));
  const connection = redis as unknown as ConnectionOptions;
  return {
    queue: (name) => new Queue(name, { settings, connection }),
    worker: (name, processor, options) => new Worker(name, processor, { settings, ...options, connection }),
    migrate: () => Promise.resolve(),
    async check() {
      const probe = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null, lazyConnect: true });
      probe.on("error", () => undefined);
      try {
        await probe.connect();
        await probe.ping();
      } catch (cause) {
        throw new PostriderError("unavailable", `Redis does not answer: ${messageOf(cause)}`, {
          hint: "Check QUEUE_URL. Without QUEUE_URL the queue is in PostgreSQL.",
          cause,
        });
      } finally {
        probe.disconnect();
      }
    },
    close: async () => redis.disconnect(),
  };
}
