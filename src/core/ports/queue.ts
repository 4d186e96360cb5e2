/** The queue of jobs. It may lose a job, or deliver it twice. */

import type { Batch } from "#core/publishing/publication.ts";
import type { Transaction } from "./transaction.ts";

/** Puts work on the queue. The queue is only a hint, and the ledger decides. So a job may run twice or never without harm. */
export interface JobQueue {
  /** Adds jobs in the caller's transaction: they exist if and only if it commits. */
  enqueue(tx: Transaction, jobs: readonly Job[]): Promise<void>;
  /** The number of waiting, running and delayed jobs of a channel. */
  depth(channel: string): Promise<number>;
}

export type Job =
  | { kind: "deliver"; batch: Batch; delay?: number }
  | { kind: "release"; publicationId: string; delay: number }
  | { kind: "letter"; id: string; delay: number }
  | { kind: "ping"; channel: string; path: string; delay: number };

/** The result of a job, for the queue. */
export interface Outcome {
  /** How many milliseconds the whole queue should pause; then the job runs again. */
  pauseMs?: number;
}
