/** One time at which a declared job ran, or should have. */

import type { Transaction } from "#core/ports/transaction.ts";
import type { JobFile } from "./job-file.ts";

/**
 * - `done`: the job did its work.
 * - `nothing`: there was nothing to do.
 * - `waiting`: an edition needs approval.
 * - `skipped`: its time was missed, and the job file says `skip`.
 */
export type OccurrenceState = "done" | "nothing" | "waiting" | "skipped";

export interface Occurrence {
  job: string;
  scheduledFor: Date;
  /** `schedule`, or who ran it. */
  actor: string;
  /** The number of earlier missed times that this run replaces. */
  missed: number;
  state: OccurrenceState;
  /** The result in one sentence. */
  outcome: string;
}

/** The ledger's data about a declared job. */
export interface DeclaredJob {
  /** All times up to this one are handled. */
  since: Date;
  /** The job was not known before: existing posts are older than the job. */
  isNew: boolean;
  failures: number;
  retryAt: Date | null;
}

export interface JobTrouble {
  name: string;
  failure: string;
  retryAt: Date;
}

/** The times of jobs, and their results. */
export interface OccurrenceBook {
  /** Whether the job is known. */
  isKnown(job: string): Promise<boolean>;
  /** Records the job with its schedule. A changed schedule begins now. */
  declare(tx: Transaction, job: JobFile, now: Date): Promise<DeclaredJob>;
  /** Claims the job until a time. Returns whether it was free. */
  claim(tx: Transaction, job: string, claim: string, now: Date, until: Date): Promise<boolean>;
  /** This time, or the first moment after it that is not used yet: each time runs once, and a run by an operator needs its own time. */
  freeTime(tx: Transaction, job: string, at: Date): Promise<Date>;
  /** Records the result and releases the job. @throws PostriderError `conflict` if another process has claimed it by now */
  finish(tx: Transaction, claim: string, occurrence: Occurrence): Promise<void>;
  /** Records a run without a claim. Its effect is in the same transaction. */
  record(tx: Transaction, occurrence: Occurrence): Promise<void>;
  /** Releases the job, if it is still ours. */
  unclaim(tx: Transaction, job: string, claim: string): Promise<void>;
  /** Records why a try failed, and releases the job if it is still ours. */
  failed(job: string, claim: string, failure: string, retryAt: Date): Promise<void>;
  /** Marks jobs that are no longer declared. If they are declared again, their times start from then. */
  keepOnly(names: readonly string[]): Promise<void>;
  /** Newest first. */
  list(job?: string): Promise<Occurrence[]>;
  /** The newest of each job. */
  newest(): Promise<Occurrence[]>;
  troubles(): Promise<JobTrouble[]>;
  /** Deletes older runs that had nothing to do. Returns how many. */
  prune(before: Date): Promise<number>;
  /** How many runs `prune` would delete. */
  prunable(before: Date): Promise<number>;
}
