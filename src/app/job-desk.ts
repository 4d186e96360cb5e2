/** Declared jobs at work: what each kind needs of the site, the ledger and the queue. */

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Jobs } from "#config/jobs.ts";
import type { EmailRecipient, Envelope, Transport } from "#core/adapter.ts";
import type { Edition, EditionBook } from "#core/edition.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import { sha256 } from "#core/idempotency.ts";
import type { CampaignJob, JobFile, RepublishJob } from "#core/job-file.ts";
import type { Occurrence, OccurrenceBook } from "#core/occurrence.ts";
import type { SendingPorts } from "#core/ports.ts";
import type { Post } from "#core/post.ts";
import type { Channel } from "#core/publication.ts";
import { signToken, verifyToken } from "#core/token.ts";
import { beginCampaign, type CampaignPorts, type Draft, draftEdition, runCampaign } from "#pipeline/campaign.ts";
import { runMaintenance, runRepublication } from "#pipeline/housekeeping.ts";
import { type Decision, decideEdition, type ReviewPorts, tendReviews } from "#pipeline/review.ts";
import { type JobPorts, runDueJobs, runNow } from "#pipeline/run-jobs.ts";
import { sweep } from "#pipeline/sweep.ts";
import { type AlarmPlan, planAlarms, setAlarms } from "#queue/alarms.ts";
import type { QueueBackend } from "#queue/backend.ts";
import type { Database } from "#store/database.ts";
import { openEditions } from "#store/editions.ts";
import { openOccurrences } from "#store/occurrences.ts";
import { jobsOf } from "./jobs.ts";
import { archivePlace } from "./links.ts";
import type { SiteContext } from "./site.ts";

const testMailMs = 60_000;

export interface JobDesk {
  occurrences: OccurrenceBook;
  editions: EditionBook;
  /** Reads the files anew. */
  read(): Promise<Jobs>;
  /** Runs what is due, sends test mails to reviewers, lets expire what nobody agreed to. */
  tend(): Promise<Occurrence[]>;
  /** @param asked - what a `republish` job leaves open. @throws PostriderError */
  run(name: string, actor: string, asked?: Partial<RepublishJob>): Promise<Occurrence>;
  /** The edition that a campaign would send now; `null`: there is nothing new. Changes nothing. */
  draft(job: CampaignJob): Promise<Draft | null>;
  decide(decision: Decision): Promise<Edition>;
  /** What a link to a review is for; `null`: we did not make it. */
  reviewOf(token: string): { job: string; number: number; reviewer: string } | null;
  /** What the alarm clocks lack, and with `set` no longer. */
  alarms(jobs: readonly JobFile[], set: boolean): Promise<AlarmPlan>;
}

export interface DeskParts {
  site: SiteContext;
  database: Database;
  backend: QueueBackend;
  ports: SendingPorts;
  channels: readonly Channel[];
  lists(): Promise<string[]>;
  secret: string;
}

export function openJobDesk(parts: DeskParts): JobDesk {
  const { site, database, backend, ports, channels } = parts;
  const { ledger, queue, clock, log } = ports;
  const occurrences = openOccurrences(database);
  const editions = openEditions(database);
  const now = () => clock.now();
  const post = (path: string) => readyPost(site, path);
  const campaigns: CampaignPorts = {
    ...{ ledger, queue, editions, channels, post, now },
    site: site.config.site,
    archived: (postId, list) => archivePlace(site, postId, list),
    posts: () => goodPosts(site),
    text: (path) => readText(join(site.config.dir, path)),
    digest: (digest) => site.renderer.digest(digest),
    email: (each, list) => site.renderer.email(each, list),
  };
  const reviews: ReviewPorts = {
    ...{ ledger, queue, editions, now, log },
    sendTest: (channel, mail, list, address) => sendTest(ports, channel, mail, list, address),
    reviewUrl: ({ job, number }, reviewer) =>
      site.config.serverUrl
        ? `${site.config.serverUrl}/reviews/${signToken(parts.secret, "review", [job, String(number), reviewer])}`
        : null,
  };
  const jobPorts: JobPorts = {
    ...{ transaction: database.transaction, occurrences, clock, log },
    begin: async (job) => (job.kind === "campaign" ? beginCampaign(job, campaigns) : async () => ""),
    verbs: {
      campaign: (job, run) => runCampaign(job, run, campaigns),
      republish: (job, run) => runRepublication(job, run, { ...ports, channels, post }),
      maintenance: (job) => runMaintenance(job, maintenance(parts, occurrences)),
      // Posts are offered when they appear; the schedule says when they go.
      publish: async () => async () => ({ state: "nothing", outcome: "posts go out when they appear" }),
    },
  };
  const read = async (): Promise<Jobs> => jobsOf(site, channels, await parts.lists());
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
    async run(name, actor, asked = {}) {
      const job = await jobNamed(name, await read());
      if (job.kind === "publish")
        throw new PostriderError("invalid", `"${name}" publishes posts when they appear`, {
          hint: "`postrider publish <post>` publishes one now.",
        });
      const occurrence = await runNow(job.kind === "republish" ? { ...job, ...asked } : job, actor, jobPorts);
      await tendReviews(reviews);
      return occurrence;
    },
    draft: (job) => draftEdition(job, { at: now(), actor: "cli" }, campaigns),
    decide: (decision) => decideEdition(decision, reviews),
    reviewOf(token) {
      const [job = "", number = "", reviewer = ""] = verifyToken(parts.secret, "review", token) ?? [];
      return job ? { job, number: Number(number), reviewer } : null;
    },
    alarms: (jobs, set) =>
      (set ? setAlarms : planAlarms)(
        backend,
        jobs.filter(({ kind }) => kind !== "publish"),
      ),
  };
}

async function jobNamed(name: string, { jobs, problems, names }: Jobs): Promise<JobFile> {
  const job = jobs.find((each) => each.name === name);
  if (job) return job;
  const [problem] = problems.filter(({ file }) => file?.includes(`/${name}.`));
  if (problem) throw problem;
  const known = names.length > 0 ? `Declared are ${names.join(", ")}.` : "Files in jobs/ declare them.";
  throw new PostriderError("not_found", `There is no job "${name}"`, { hint: known });
}

/** Every post of the folder that may be written about. */
async function goodPosts({ content }: SiteContext): Promise<Post[]> {
  const posts: Post[] = [];
  for (const path of await content.list()) {
    const { post, diagnostics } = await content.read(path);
    if (post && post.status !== "draft" && !diagnostics.some(({ severity }) => severity === "error")) posts.push(post);
  }
  return posts;
}

async function readyPost({ config, content, clock }: SiteContext, path: string): Promise<Post> {
  const { post, diagnostics } = await content.read(join(config.dir, path));
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (!post || error || post.status === "draft" || post.status === "held")
    throw new PostriderError("invalid", error?.message ?? "This post is a draft", { file: path });
  if (new Date(post.publishedAt) > clock.now())
    throw new PostriderError("invalid", `This post is dated ${post.publishedAt}`, { file: path });
  return post;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new PostriderError("not_found", `The text can't be read: ${messageOf(cause)}`, { file, cause });
  }
}

function maintenance({ database, ports, channels }: DeskParts, occurrences: OccurrenceBook) {
  return {
    async sweep() {
      await sweep(
        channels.map(({ name }) => name),
        ports,
      );
      return "looked after what was left behind";
    },
    async feeds() {
      let files = 0;
      for (const { name } of channels.filter(({ medium }) => medium === "feed")) {
        const transport = await ports.transport(name);
        files += (await transport.rebuild?.(AbortSignal.timeout(testMailMs)))?.length ?? 0;
      }
      return `${files} files`;
    },
    async prune(keepSeconds: number) {
      const before = new Date(ports.clock.now().getTime() - keepSeconds * 1000);
      const limits = await database.pool.query(
        "delete from postrider.pace where at < $1 and (blocked_until is null or blocked_until < $1)",
        [before],
      );
      return `${await occurrences.prune(before)} runs that came to nothing, ${limits.rowCount ?? 0} old limits`;
    },
  };
}

/** The ledger never learns of it, and whoever leaves by its link leaves nothing. */
async function sendTest(
  { transport, links, clock }: SendingPorts,
  channel: string,
  mail: Envelope<"email">["rendition"],
  list: string,
  address: string,
): Promise<void> {
  const recipient: EmailRecipient = {
    address,
    list: { name: list, title: list },
    ...links("test", list, channel),
    viewUrl: mail.url,
  };
  const opened = (await transport(channel)) as Transport<"email">;
  // Each test is a mail of its own: a fixed id would make mailbox providers drop the second one.
  const envelope: Envelope<"email"> = {
    key: sha256(randomUUID()),
    rendition: mail,
    recipient,
    publishedAt: clock.now(),
  };
  await opened.send(envelope, AbortSignal.timeout(testMailMs));
}
