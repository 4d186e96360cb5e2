/** One time at which a declared job ran, or should have. */

import type { Transaction } from "#core/ports/transaction.ts";
import type { JobFile } from "./job-file.ts";

/**
 * - `done`: it did what it is there for.
 * - `nothing`: there was nothing to do.
 * - `waiting`: somebody has to agree first.
 * - `skipped`: its time passed while nothing ran, and its file says to leave it at that.
 */
export type OccurrenceState = "done" | "nothing" | "waiting" | "skipped";

export interface Occurrence {
  job: string;
  scheduledFor: Date;
  /** `schedule`, or who ran it. */
  actor: string;
  /** Earlier missed times that this run replaces. */
  missed: number;
  state: OccurrenceState;
  /** In a sentence. */
  outcome: string;
}

/** What the ledger knows of a declared job. */
export interface DeclaredJob {
  /** Times up to this are settled. */
  since: Date;
  /** It was not known before: what is there now was there before it. */
  isNew: boolean;
  failures: number;
  retryAt: Date | null;
}

export interface JobTrouble {
  name: string;
  failure: string;
  retryAt: Date;
}

/** Which times have come, and their results. */
export interface OccurrenceBook {
  /** Whether the job was ever made known. */
  isKnown(job: string): Promise<boolean>;
  /** Makes the job known, with its schedule: another schedule begins now. */
  declare(tx: Transaction, job: JobFile, now: Date): Promise<DeclaredJob>;
  /** Takes the job, until a time. Returns whether it was free. */
  claim(tx: Transaction, job: string, claim: string, now: Date, until: Date): Promise<boolean>;
  /** This time, or the first moment after it at which the job has not run: a time is run once, and an operator's word is another one. */
  freeTime(tx: Transaction, job: string, at: Date): Promise<Date>;
  /** Records the result and releases the job. @throws PostriderError `conflict` when the claim is another's by now */
  settle(tx: Transaction, claim: string, occurrence: Occurrence): Promise<void>;
  /** Records a run that needed no claim: what it did is in the same transaction. */
  record(tx: Transaction, occurrence: Occurrence): Promise<void>;
  /** Lets the job go, if it is still ours. */
  release(tx: Transaction, job: string, claim: string): Promise<void>;
  /** Keeps why a try failed, and lets the job go if it is still ours. */
  failed(job: string, claim: string, failure: string, retryAt: Date): Promise<void>;
  /** Marks jobs that are no longer declared. If they are declared again, their times start from then. */
  keepOnly(names: readonly string[]): Promise<void>;
  /** Newest first. */
  list(job?: string): Promise<Occurrence[]>;
  /** The newest of each job. */
  newest(): Promise<Occurrence[]>;
  troubles(): Promise<JobTrouble[]>;
  /** Drops what is older and led to nothing. Returns how many. */
  prune(before: Date): Promise<number>;
  /** How many that would be. */
  prunable(before: Date): Promise<number>;
}
