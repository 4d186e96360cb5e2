/** Runs declared jobs when they are due or requested, plans them, and handles reviews. */

import { basename, parse } from "node:path";
import type { Jobs } from "#config/jobs/jobs.ts";
import { ConfigError, PostriderError } from "#core/errors.ts";
import type { EditionBook } from "#core/jobs/edition.ts";
import type { Answers, JobFile } from "#core/jobs/job-file.ts";
import type { Occurrence, OccurrenceBook } from "#core/jobs/occurrence.ts";
import { nextTimes } from "#core/jobs/schedule.ts";
import type { Log } from "#core/log.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { verifyToken } from "#core/readers/token.ts";
import type { JobOverview, JobsPort } from "#desk/ports.ts";
import type { OfferPorts } from "#pipeline/jobs/offer-posts.ts";
import { planJob } from "#pipeline/jobs/plan-job.ts";
import { answered } from "#pipeline/jobs/republish-job.ts";
import { decideEdition, tendReviews } from "#pipeline/jobs/review.ts";
import { runDueJobs, runNow } from "#pipeline/jobs/run-jobs.ts";
import { whyLeftAlone } from "#pipeline/publishing/changed-post.ts";
import type { QueueBackend } from "#queue/backend.ts";
import { planTimers, setTimers } from "#queue/job-timers.ts";
import { openEditions } from "#store/jobs/editions.ts";
import { openOccurrences } from "#store/jobs/occurrences.ts";
import { seenPosts } from "#store/jobs/seen-posts.ts";
import { type JobParts, offerPorts, planningPorts, reviewPorts, runningPorts } from "./job-ports.ts";
import { jobsOf } from "./jobs.ts";

export interface JobDesk extends JobsPort {
  occurrences: OccurrenceBook;
  editions: EditionBook;
  /** Reads the job files again. */
  read(): Promise<Jobs>;
  /** Runs due jobs, sends test emails to reviewers, and expires editions that nobody approved in time. */
  tend(): Promise<Occurrence[]>;
  /** The jobs that new posts are offered to, from the current files. */
  offering(channels: readonly Channel[]): Promise<OfferPorts>;
  /** The edition and reviewer of a review link; `null` if we did not sign it. */
  reviewOf(token: string): { job: string; number: number; reviewer: string } | null;
}

/** The number of next times that are shown. */
const timesShown = 5;

export interface DeskParts extends Omit<JobParts, "occurrences" | "editions" | "read"> {
  backend: QueueBackend;
  /** Lists with readers. */
  lists(): Promise<string[]>;
}

export function openJobDesk({ backend, lists, ...opened }: DeskParts): JobDesk {
  const { site, database, channels, secret } = opened;
  const { ledger, clock, log } = opened.ports;
  const occurrences = openOccurrences(database);
  const editions = openEditions(database);
  const read = async (): Promise<Jobs> => jobsOf(site, channels, await lists());
  const readAndTell = openTelling(read, log);
  const parts: JobParts = { ...opened, occurrences, editions, read };
  const [running, planning, reviews] = [runningPorts(parts), planningPorts(parts), reviewPorts(parts)];
  return {
    occurrences,
    editions,
    read,
    overview: async () => overview(await read(), occurrences, clock.now()),
    async tend() {
      const { jobs, names } = await readAndTell();
      await occurrences.keepOnly(names);
      const ran = await runDueJobs(jobs.filter(runsByClock), running);
      await tendReviews(reviews);
      return ran;
    },
    async run(name, actor, said = {}, once) {
      const done = await runNow(withAnswers(await jobNamed(name, await read()), said), actor, running, once);
      await tendReviews(reviews);
      return done;
    },
    plan: async (name, said = {}) => planJob(withAnswers(await jobNamed(name, await read()), said), planning),
    offering: async (watched) => offerPorts(parts, watched, await readAndTell()),
    whyLeftAlone: (post) => whyLeftAlone(post, { ledger, seen: seenPosts }),
    decide: (decision) => decideEdition(decision, reviews),
    reviewOf(token) {
      const [job = "", number = "", reviewer = ""] = verifyToken(secret, "review", token) ?? [];
      return job ? { job, number: Number(number), reviewer } : null;
    },
    async timers(set) {
      const { jobs, problems } = await read();
      return { timers: await (set ? setTimers : planTimers)(backend, jobs.filter(runsByClock)), problems };
    },
  };
}

/** A `publish` job runs when a post appears; its schedule says when the post goes out. */
function runsByClock({ kind }: JobFile): boolean {
  return kind !== "publish";
}

/** Logs mistakes in the files, once until they change. */
function openTelling(read: () => Promise<Jobs>, log: Log): () => Promise<Jobs> {
  let told = "";
  return async () => {
    const jobs = await read();
    const problems = jobs.problems.map(({ located }) => located);
    if (problems.join("\n") !== told) for (const problem of problems) log.error(problem);
    told = problems.join("\n");
    return jobs;
  };
}

async function overview(
  { jobs, problems }: Jobs,
  occurrences: OccurrenceBook,
  now: Date,
): Promise<{ jobs: JobOverview[]; problems: readonly ConfigError[] }> {
  const [newest, troubles] = await Promise.all([occurrences.newest(), occurrences.troubles()]);
  const shown = jobs.map((job) => ({
    job,
    next: job.schedule ? nextTimes(job.schedule, now, timesShown) : [],
    last: newest.find((each) => each.job === job.name) ?? null,
    trouble: troubles.find(({ name }) => name === job.name) ?? null,
  }));
  return { jobs: shown, problems };
}

async function jobNamed(name: string, { jobs, problems, names }: Jobs): Promise<JobFile> {
  const job = jobs.find((each) => each.name === name);
  if (job) return job;
  const [first, ...others] = problems.filter(({ file }) => file && parse(file).name === name);
  if (first) throw ConfigError.all([placed(first), ...others.map(placed)]);
  const known = names.length > 0 ? `Declared jobs: ${names.join(", ")}.` : "Add a job file to jobs/.";
  throw new PostriderError("not_found", `There is no job "${name}"`, { hint: known });
}

/** With paths relative to the site's folder, because the caller may be on another machine. */
function placed({ message, file = "", line = 1 }: ConfigError): ConfigError {
  return new ConfigError(message, { file: `jobs/${basename(file)}`, line });
}

/** @throws PostriderError `invalid` for values that the job does not ask for */
function withAnswers(job: JobFile, said: Answers): JobFile {
  if (job.kind === "republish") return answered(job, said);
  const [first] = Object.keys(said);
  if (first === undefined) return job;
  throw new PostriderError("invalid", `"${job.name}" is of kind ${job.kind} and does not ask for ${first}`);
}
