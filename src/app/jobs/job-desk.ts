/** Declared jobs at work: what each kind needs of the site, the ledger and the queue. */

import { basename, join, parse } from "node:path";
import type { Jobs } from "#config/jobs/jobs.ts";
import { ConfigError, PostriderError } from "#core/errors.ts";
import type { EditionBook } from "#core/jobs/edition.ts";
import type { Answers, JobFile } from "#core/jobs/job-file.ts";
import type { Occurrence, OccurrenceBook } from "#core/jobs/occurrence.ts";
import { nextTimes } from "#core/jobs/schedule.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { signToken, verifyToken } from "#core/readers/token.ts";
import type { JobsPort } from "#desk/ports.ts";
import { runMaintenance } from "#pipeline/jobs/housekeeping.ts";
import { runOffers } from "#pipeline/jobs/offer-posts.ts";
import { type RehearsalPorts, rehearse } from "#pipeline/jobs/rehearse.ts";
import { answered, runRepublication } from "#pipeline/jobs/republish-job.ts";
import { decideEdition, type ReviewPorts, tendReviews } from "#pipeline/jobs/review.ts";
import { beginCampaign, type CampaignPorts, runCampaign } from "#pipeline/jobs/run-campaign.ts";
import { type JobPorts, runDueJobs, runNow } from "#pipeline/jobs/run-jobs.ts";
import { whyLeftAlone } from "#pipeline/publishing/changed-post.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import { sendTestMail } from "#pipeline/sending/test-mail.ts";
import { planAlarms, setAlarms } from "#queue/alarms.ts";
import type { QueueBackend } from "#queue/backend.ts";
import type { Database } from "#store/database/database.ts";
import { openEditions } from "#store/jobs/editions.ts";
import { openOccurrences } from "#store/jobs/occurrences.ts";
import { seenPosts } from "#store/jobs/seen-posts.ts";
import type { FeedDesk } from "../feed-desk.ts";
import { archivePlace } from "../links.ts";
import { leftOutIn, type SiteContext } from "../site.ts";
import { goodPosts, readText, readyPost, standingPosts } from "./job-posts.ts";
import { jobsOf } from "./jobs.ts";
import { openMaintenance } from "./maintenance.ts";

export interface JobDesk extends JobsPort {
  occurrences: OccurrenceBook;
  editions: EditionBook;
  /** Reads the files anew. */
  read(): Promise<Jobs>;
  /** Runs what is due, sends test mails to reviewers, lets expire what nobody agreed to. */
  tend(): Promise<Occurrence[]>;
  /** What a link to a review is for; `null`: we did not make it. */
  reviewOf(token: string): { job: string; number: number; reviewer: string } | null;
}

/** A test mail to a reviewer. */
const testMs = 60_000;
/** How many of the next times are shown. */
const timesShown = 5;

export interface DeskParts {
  site: SiteContext;
  database: Database;
  backend: QueueBackend;
  ports: SendingPorts;
  channels: readonly Channel[];
  lists(): Promise<string[]>;
  recognition: Recognition;
  feeds: FeedDesk;
  secret: string;
}

export function openJobDesk(parts: DeskParts): JobDesk {
  const { site, database, backend, ports, channels, recognition } = parts;
  const { ledger, queue, clock, log } = ports;
  const occurrences = openOccurrences(database);
  const editions = openEditions(database);
  const now = () => clock.now();
  /** A rehearsal writes down nothing. */
  const postsFor = (keep: boolean) => ({
    post: async (path: string) => {
      const post = await readyPost(site, path);
      return (await recognition.identify([post], { keep }))[0] ?? post;
    },
    posts: async () => recognition.recognise(await goodPosts(site), { keep }),
    standing: async () => recognition.recognise(await standingPosts(site), { keep }),
  });
  const [running, rehearsing] = [postsFor(true), postsFor(false)];
  const campaigns: CampaignPorts = {
    ...{ ledger, queue, editions, channels, now, post: running.post, posts: running.posts },
    site: site.config.site,
    leftOut: leftOutIn(site),
    archived: (postId, list) => archivePlace(site, postId, list),
    text: (path) => readText(join(site.config.dir, path)),
    digest: (digest) => site.renderer.digest(digest),
    email: (each, list) => site.renderer.email(each, list),
  };
  const reviews: ReviewPorts = {
    ...{ ledger, queue, editions, now, log },
    async sendTest(channel, mail, list, address) {
      await sendTestMail({ channel, mail, list }, address, ports, AbortSignal.timeout(testMs));
    },
    reviewUrl: ({ job, number }, reviewer) =>
      site.config.serverUrl
        ? `${site.config.serverUrl}/reviews/${signToken(parts.secret, "review", [job, String(number), reviewer])}`
        : null,
  };
  const read = async (): Promise<Jobs> => jobsOf(site, channels, await parts.lists());
  /** The jobs that posts are offered to; the one that somebody runs now does not wait for its time. */
  const offering = async (name: string) => {
    const jobs = (await read()).jobs
      .filter((job) => job.kind === "publish")
      .map(({ schedule, ...job }) => (schedule && job.name !== name ? { ...job, schedule } : job));
    return { ledger, queue, seen: seenPosts, jobs, channels, leftOut: leftOutIn(site), now };
  };
  const maintenance = openMaintenance(database, ports, channels, parts.feeds, occurrences);
  const republications = { ...ports, channels, post: running.post };
  const jobPorts: JobPorts = {
    ...{ transaction: database.transaction, occurrences, clock, log },
    begin: async (job) => (job.kind === "campaign" ? beginCampaign(job, campaigns) : async () => ""),
    verbs: {
      campaign: (job, run) => runCampaign(job, run, campaigns),
      republish: (job, run) => runRepublication(job, run, republications),
      maintenance: (job) => runMaintenance(job, maintenance),
      publish: async ({ name }) => runOffers(await running.standing(), await offering(name)),
    },
  };
  const rehearsals: RehearsalPorts = {
    ...{ maintenance, ledger, occurrences },
    campaigns: { ...campaigns, post: rehearsing.post, posts: rehearsing.posts },
    republications: { ...republications, post: rehearsing.post },
    offers: async (name) => ({ posts: await rehearsing.standing(), ports: await offering(name) }),
  };
  let complaints = "";
  const sayOnce = ({ problems }: Jobs): void => {
    const text = problems.map(({ located }) => located).join("\n");
    if (text !== complaints) for (const { located } of problems) log.error(located);
    complaints = text;
  };
  return {
    occurrences,
    editions,
    read,
    async overview() {
      const { jobs, problems } = await read();
      const [last, troubles] = await Promise.all([occurrences.newest(), occurrences.troubles()]);
      return {
        problems,
        jobs: jobs.map((job) => ({
          job,
          next: job.schedule ? nextTimes(job.schedule, now(), timesShown) : [],
          last: last.find((each) => each.job === job.name) ?? null,
          trouble: troubles.find(({ name }) => name === job.name) ?? null,
        })),
      };
    },
    async tend() {
      const jobs = await read();
      sayOnce(jobs);
      await occurrences.keepOnly(jobs.names);
      const ran = await runDueJobs(
        jobs.jobs.filter(({ kind }) => kind !== "publish"),
        jobPorts,
      );
      await tendReviews(reviews);
      return ran;
    },
    async run(name, actor, said = {}) {
      const done = await runNow(toldTo(await jobNamed(name, await read()), said), actor, jobPorts);
      await tendReviews(reviews);
      return done;
    },
    whyLeftAlone: (post) => whyLeftAlone(post, { ledger, seen: seenPosts }),
    rehearse: async (name, said = {}) => rehearse(toldTo(await jobNamed(name, await read()), said), rehearsals),
    decide: (decision) => decideEdition(decision, reviews),
    reviewOf(token) {
      const [job = "", number = "", reviewer = ""] = verifyToken(parts.secret, "review", token) ?? [];
      return job ? { job, number: Number(number), reviewer } : null;
    },
    async alarms(set) {
      const { jobs, problems } = await read();
      const timed = jobs.filter(({ kind }) => kind !== "publish");
      return { alarms: await (set ? setAlarms : planAlarms)(backend, timed), problems };
    },
  };
}

async function jobNamed(name: string, { jobs, problems, names }: Jobs): Promise<JobFile> {
  const job = jobs.find((each) => each.name === name);
  if (job) return job;
  const [first, ...others] = problems.filter(({ file }) => file && parse(file).name === name);
  if (first) throw ConfigError.all([placed(first), ...others.map(placed)]);
  const known = names.length > 0 ? `Declared jobs: ${names.join(", ")}.` : "Add a job file to jobs/.";
  throw new PostriderError("not_found", `There is no job "${name}"`, { hint: known });
}

/** By the path from the folder of the site on: a program elsewhere may ask. */
function placed({ message, file = "", line = 1 }: ConfigError): ConfigError {
  return new ConfigError(message, { file: `jobs/${basename(file)}`, line });
}

/** @throws PostriderError `invalid` for answers that nobody asked for */
function toldTo(job: JobFile, said: Answers): JobFile {
  if (job.kind === "republish") return answered(job, said);
  const [first] = Object.keys(said);
  if (first === undefined) return job;
  throw new PostriderError("invalid", `"${job.name}" is of kind ${job.kind} and does not ask for ${first}`);
}
