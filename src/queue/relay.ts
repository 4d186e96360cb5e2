/**
 * Moves jobs from the outbox to Redis. Adding twice is harmless, because the outbox row's id is the job's id. Nothing
 * is lost.
 */

import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Job } from "#core/ports/queue.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { QueueBackend } from "./backend.ts";
import { queuedJob } from "./job-queue.ts";

const pollMs = 250;
const atOnce = 500;

export interface Relay extends AsyncDisposable {
  /** Moves jobs until the outbox is empty. */
  drain(): Promise<void>;
}

/** Does nothing if the queue takes part in the caller's transaction. */
export function openRelay(
  backend: QueueBackend,
  transaction: <T>(work: (tx: Sql) => Promise<T>) => Promise<T>,
  log: Log,
): Relay {
  if (backend.kind === "postgres")
    return { drain: async () => undefined, [Symbol.asyncDispose]: async () => undefined };
  let stopped = false;
  let running = Promise.resolve();
  const drain = async (): Promise<void> => {
    while (!stopped && (await transaction((tx) => moveSome(tx, backend))) === atOnce);
  };
  const again = (): void => {
    if (stopped) return;
    running = drain().catch((error) =>
      log.warn("jobs can't reach the queue and wait in the database", { error: messageOf(error) }),
    );
  };
  const timer = setInterval(() => void running.then(again), pollMs);
  return {
    async drain() {
      await running;
      await drain();
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** The rows are deleted after Redis has the jobs. After a crash in between, the jobs are added again with the same ids. */
async function moveSome(tx: Sql, backend: QueueBackend): Promise<number> {
  const { rows } = await tx.query<{ id: string; job: Job }>(
    `delete from postrider.outbox where id in (
       select id from postrider.outbox order by created_at limit $1 for update skip locked) returning id, job`,
    [atOnce],
  );
  const byQueue = Map.groupBy(
    rows.map((row) => queuedJob(row.job, `outbox-${row.id}`)),
    (job) => job.queue,
  );
  for (const [name, group] of byQueue) await backend.queue(name).addBulk(group);
  return rows.length;
}
