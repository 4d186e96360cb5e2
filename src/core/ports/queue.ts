/** The queue of jobs, which may lose one or give it twice. */

import type { Batch } from "#core/publishing/publication.ts";
import type { Transaction } from "./transaction.ts";

/** Puts work on the queue. The ledger is the truth and the queue a hint: a job may come twice or never, and nothing goes wrong. */
export interface JobQueue {
  /** In the caller's transaction: the job exists if and only if the transaction commits. */
  enqueue(tx: Transaction, jobs: readonly Job[]): Promise<void>;
  /** Jobs of a channel that wait, run or are delayed. */
  depth(channel: string): Promise<number>;
}

export type Job =
  | { kind: "deliver"; batch: Batch; delay?: number }
  | { kind: "release"; publicationId: string; delay: number }
  | { kind: "letter"; id: string; delay: number }
  | { kind: "ping"; channel: string; path: string; delay: number };

/** What a job came to, for the queue. */
export interface Outcome {
  /** Milliseconds for which nothing more of this queue should be tried; the job then comes again. */
  pauseMs?: number;
}
