/** Adds jobs to queues: inside the caller's transaction on PostgreSQL, through the outbox on Redis. */

import type { JobsOptions } from "bullmq";
import type { Job, JobQueue } from "#core/ports/queue.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { QueueBackend } from "./backend.ts";

/** Finished jobs are removed, because the ledger is the record. Failed jobs are kept for a week, to look at them. */
const defaults: JobsOptions = { removeOnComplete: true, removeOnFail: { age: 7 * 24 * 3600, count: 1_000 } };

/** The queue of publications to release. */
export const releases = "releases";

/** The queue of notifications to hubs. */
export const pings = "pings";

/** The queue of emails about subscriptions. */
export const letters = "letters";

/** Each channel has its own queue, with its own pace, pause and workers. */
export function deliveries(channel: string): string {
  return `deliver.${channel}`;
}

export function openJobQueue(backend: QueueBackend): JobQueue {
  return {
    async enqueue(tx: Sql, jobs) {
      if (backend.kind === "postgres") await addAll((name) => backend.queueIn(tx, name), jobs);
      else await toOutbox(tx, jobs);
    },
    async depth(channel) {
      return backend.queue(deliveries(channel)).getJobCountByTypes("waiting", "active", "delayed", "prioritized");
    },
  };
}

/** The BullMQ job for a job of ours. With `id`, adding it a second time has no effect. */
export function queuedJob(job: Job, id?: string): { queue: string; name: string; data: unknown; opts: JobsOptions } {
  // PostgreSQL's queue accepts only whole milliseconds.
  const opts = { ...defaults, ...(job.delay && { delay: Math.ceil(job.delay) }), ...(id && { jobId: id }) };
  if (job.kind === "release")
    return { queue: releases, name: job.kind, data: { publicationId: job.publicationId }, opts };
  if (job.kind === "letter") return { queue: letters, name: job.kind, data: { id: job.id }, opts };
  if (job.kind === "ping")
    // A hub that does not answer is notified again for about an hour and a half; feed readers that poll don't need it.
    return {
      queue: pings,
      name: job.kind,
      data: { channel: job.channel, path: job.path },
      opts: { ...opts, attempts: 12, backoff: { type: "exponential", delay: 3_000 } },
    };
  return { queue: deliveries(job.batch.channel), name: job.kind, data: job.batch, opts };
}

/** One statement for each queue. Not in parallel: a transaction has one connection. */
async function addAll(
  queueOf: (name: string) => ReturnType<QueueBackend["queue"]>,
  jobs: readonly Job[],
): Promise<void> {
  const byQueue = Map.groupBy(
    jobs.map((job) => queuedJob(job)),
    (job) => job.queue,
  );
  for (const [name, group] of byQueue) await queueOf(name).addBulk(group);
}

async function toOutbox(tx: Sql, jobs: readonly Job[]): Promise<void> {
  await tx.query("insert into postrider.outbox (job) select * from jsonb_array_elements($1)", [JSON.stringify(jobs)]);
  await tx.query("notify postrider_outbox");
}
