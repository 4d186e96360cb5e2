/** Runs jobs when their time has come, each time once, even with several schedulers. Late runs are recorded as late. */

import { randomUUID } from "node:crypto";
import type { Clock } from "#core/clock.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { JobFile } from "#core/jobs/job-file.ts";
import type { Occurrence, OccurrenceBook, OccurrenceState } from "#core/jobs/occurrence.ts";
import { newestDue } from "#core/jobs/schedule.ts";
import type { Log } from "#core/log.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Once } from "#core/requests/request.ts";

/** A scheduler checks every half minute and may be busy. A later run counts as missed. */
const punctualMs = 10 * 60_000;
/** If a scheduler died, another one takes over while the job still counts as punctual. */
const claimMs = 5 * 60_000;
const firstRetryMs = 60_000;
const longestRetryMs = 3_600_000;

/** One time of a job. */
export interface Run {
  /** The scheduled time, which is also the end of the period that it covers. */
  at: Date;
  /** `job:<name>`, or who ran it. */
  actor: string;
}

export interface Ran {
  state: Exclude<OccurrenceState, "skipped">;
  /** The result in one sentence. */
  outcome: string;
  /** Ids of the posts that are sent because of it. */
  posts?: string[];
}

/** The result of a job that an operator ran. */
export interface Done extends Occurrence {
  posts: string[];
}

/**
 * Runs one kind of job. It immediately does what is harmless if repeated. What must happen exactly once is in the
 * returned function, which runs in the transaction that stores the occurrence.
 */
export type JobVerb<J extends JobFile = JobFile> = (job: J, run: Run) => Promise<(tx: Transaction) => Promise<Ran>>;
export type JobVerbs = { [K in JobFile["kind"]]: JobVerb<Extract<JobFile, { kind: K }>> };

export interface JobPorts {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  occurrences: OccurrenceBook;
  verbs: JobVerbs;
  /** What has to be written down when a job is seen for the first time; it returns a sentence about it. */
  begin(job: JobFile): Promise<(tx: Transaction) => Promise<string>>;
  /** Runs a job that is due, and records it in the audit log as the job's own act. */
  recorded(job: string, work: () => Promise<Done>): Promise<Done>;
  clock: Clock;
  log: Log;
}

interface Due {
  at: Date;
  /** The number of earlier scheduled times that were missed. */
  before: number;
}

/** Runs all due jobs. A job that fails is tried again, with growing delays, and does not block others. */
export async function runDueJobs(jobs: readonly JobFile[], ports: JobPorts): Promise<Occurrence[]> {
  const ran: Occurrence[] = [];
  for (const job of jobs) {
    const occurrence = await runIfDue(job, ports);
    if (occurrence) ran.push(occurrence);
  }
  return ran;
}

/**
 * Runs a job now, because an operator asked for it.
 * @param once - for a request that may come again; default: each is a new one.
 * @throws PostriderError `conflict` while it runs elsewhere
 */
export async function runNow(job: JobFile, actor: string, ports: JobPorts, once?: Once<Done>): Promise<Done> {
  const earlier = await once?.result();
  if (earlier) return { ...earlier, scheduledFor: new Date(earlier.scheduledFor) };
  const { occurrences, clock, transaction } = ports;
  const now = clock.now();
  const claim = randomUUID();
  const at = await makeKnown(job, now, ports, async (tx) => {
    if (await occurrences.claim(tx, job.name, claim, now, later(now, claimMs)))
      return occurrences.freeTime(tx, job.name, now);
    throw new PostriderError("conflict", `"${job.name}" is already running`, {
      hint: "`postrider jobs list` shows the result.",
    });
  });
  try {
    return await run(job, { at, before: 0 }, actor, claim, ports, once);
  } catch (error) {
    await transaction((tx) => occurrences.unclaim(tx, job.name, claim));
    throw error;
  }
}

async function runIfDue(job: JobFile, ports: JobPorts): Promise<Occurrence | null> {
  const { occurrences, clock, log } = ports;
  const now = clock.now();
  const claim = randomUUID();
  let failures = 0;
  try {
    const due = await makeKnown(job, now, ports, async (tx, declared): Promise<Due | null> => {
      failures = declared.failures;
      if (!job.schedule || (declared.retryAt && declared.retryAt > now)) return null;
      const found = newestDue(job.schedule, declared.since, now);
      return found && (await occurrences.claim(tx, job.name, claim, now, later(now, claimMs))) ? found : null;
    });
    if (!due) return null;
    // A failed job does not count as missed, because it was tried in time.
    const isMissed = now.getTime() - due.at.getTime() > punctualMs && failures === 0;
    if (isMissed && job.schedule?.missed === "skip") {
      const skipped = { state: "skipped", outcome: "its time passed while Postrider was not running" } as const;
      return await finish(job, due, "schedule", claim, async () => skipped, ports);
    }
    return await ports.recorded(job.name, () => run(job, due, `job:${job.name}`, claim, ports));
  } catch (error) {
    const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
    log.error(`job ${job.name} failed`, { error: messageOf(error), againInSeconds: wait / 1000 });
    await occurrences.failed(job.name, claim, messageOf(error), later(now, wait));
    return null;
  }
}

type Declared = Awaited<ReturnType<OccurrenceBook["declare"]>>;

/** Makes the job known, in one transaction with `work`. A new job's first time is after now. */
async function makeKnown<T>(
  job: JobFile,
  now: Date,
  { occurrences, begin, transaction, log }: JobPorts,
  work: (tx: Transaction, declared: Declared) => Promise<T>,
): Promise<T> {
  const start = (await occurrences.isKnown(job.name)) ? null : await begin(job);
  return transaction(async (tx) => {
    const declared = await occurrences.declare(tx, job, now);
    const told = start && declared.isNew ? await start(tx) : "";
    if (declared.isNew) log.info(`job ${job.name} starts now${told && `: ${told}`}`);
    return work(tx, declared);
  });
}

async function run(
  job: JobFile,
  due: Due,
  actor: string,
  claim: string,
  ports: JobPorts,
  once?: Once<Done>,
): Promise<Done> {
  const verb = ports.verbs[job.kind] as JobVerb;
  return finish(job, due, actor, claim, await verb(job, { at: due.at, actor }), ports, once);
}

/** The job's effect and its record are one transaction. */
async function finish(
  job: JobFile,
  { at, before }: Due,
  actor: string,
  claim: string,
  work: (tx: Transaction) => Promise<Omit<Ran, "state"> & Pick<Occurrence, "state">>,
  { occurrences, transaction, log }: JobPorts,
  once?: Once<Done>,
): Promise<Done> {
  const done = await transaction(async (tx) => {
    const { posts = [], ...ran } = await work(tx);
    const settled: Occurrence = { job: job.name, scheduledFor: at, actor, missed: before, ...ran };
    await occurrences.finish(tx, claim, settled);
    await once?.mark(tx, { ...settled, posts });
    return { ...settled, posts };
  });
  log.info(`job ${job.name}: ${done.outcome}`, { for: at.toISOString(), missed: before });
  return done;
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
