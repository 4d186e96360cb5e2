/** Runs a queue's jobs, and translates what came of them into BullMQ's terms. */

import { type Job, RateLimitError } from "bullmq";
import type { Outcome } from "#core/ports.ts";
import type { QueueBackend } from "./backend.ts";

export interface Consumer extends AsyncDisposable {
  readonly name: string;
}

/**
 * @param process - gets a job's data and a signal that aborts when the consumer closes. What it throws makes BullMQ try
 *   again with a growing delay: it stands for a fault of ours, since what a remote does is an `Outcome`.
 * @param concurrency - jobs at once, in this process. Default 1.
 */
export function consume(
  backend: QueueBackend,
  name: string,
  process: (data: unknown, signal: AbortSignal) => Promise<Outcome>,
  concurrency = 1,
): Consumer {
  const stop = new AbortController();
  const worker = backend.worker(
    name,
    async (job: Job) => {
      const outcome = await process(job.data, stop.signal);
      if (!outcome.pauseMs) return;
      // The whole queue waits, on every machine; the job keeps its attempts.
      await worker.rateLimit(outcome.pauseMs);
      throw new RateLimitError();
    },
    {
      concurrency,
      // LISTEN wakes an idle worker at once; the poll only guards against a lost notification.
      drainDelay: 5,
      lockDuration: 30_000,
      stalledInterval: 15_000,
      maxStalledCount: 1_000,
    },
  );
  return {
    name,
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("stopping"));
      await worker.close();
    },
  };
}
