/** Runs the jobs of a queue, and translates results into BullMQ's terms. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Job, RateLimitError } from "bullmq";
import type { Outcome } from "#core/ports/queue.ts";
import type { QueueBackend, Runner } from "./backend.ts";

export interface Consumer extends AsyncDisposable {
  readonly name: string;
}

const againMs = 1_000;

/**
 * @param process - gets a job's data, and a signal that aborts when the consumer closes. If it throws, BullMQ tries
 * again with a growing delay. Only our own errors should throw: the result of a remote service is an `Outcome`.
 * @param concurrency - jobs at the same time in this process. Default 1.
 */
export function consume(
  backend: QueueBackend,
  name: string,
  process: (data: unknown, signal: AbortSignal) => Promise<Outcome>,
  concurrency = 1,
): Consumer {
  const stop = new AbortController();
  const open = (): Runner => {
    const worker = backend.worker(
      name,
      async (job: Job) => {
        const outcome = await process(job.data, stop.signal);
        if (!outcome.pauseMs) return;
        // The whole queue waits, on every machine, and the job loses no attempt. Neither Redis nor PostgreSQL accepts a fraction.
        await worker.rateLimit(Math.ceil(outcome.pauseMs));
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
    return worker;
  };
  let worker = open();
  let ready: Promise<unknown> = Promise.resolve();
  /**
   * BullMQ remembers a failed first connection to PostgreSQL as long as the worker lives, and would then ask for its
   * next job in a busy loop. So the worker runs only after the server has answered.
   */
  const start = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        ready = worker.waitUntilReady();
        await ready;
        if (!stop.signal.aborted) await worker.run();
        return;
      } catch {
        await worker.close().catch(() => undefined);
        await sleep(againMs, undefined, { signal: stop.signal }).catch(() => undefined);
        if (!stop.signal.aborted) worker = open();
      }
    }
  };
  void start();
  return {
    name,
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("stopping"));
      // If it were closed before it is ready, its LISTEN connection would stay open. On Redis, this would wait without end.
      if (backend.kind === "postgres") await ready.catch(() => undefined);
      await worker.close();
    },
  };
}
