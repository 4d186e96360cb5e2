/** What each kind of job needs from the site, the ledger and the queue. */

import { join } from "node:path";
import type { Jobs } from "#config/jobs/jobs.ts";
import type { EditionBook } from "#core/jobs/edition.ts";
import type { OccurrenceBook } from "#core/jobs/occurrence.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { signToken } from "#core/readers/token.ts";
import { audited } from "#desk/audited.ts";
import { runMaintenance } from "#pipeline/jobs/housekeeping.ts";
import { type OfferPorts, runOffers } from "#pipeline/jobs/offer-posts.ts";
import type { JobPlanPorts } from "#pipeline/jobs/plan-job.ts";
import { runRepublication } from "#pipeline/jobs/republish-job.ts";
import type { ReviewPorts } from "#pipeline/jobs/review.ts";
import { beginCampaign, type CampaignPorts, runCampaign } from "#pipeline/jobs/run-campaign.ts";
import type { Done, JobPorts } from "#pipeline/jobs/run-jobs.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import { sendTestMail } from "#pipeline/sending/test-mail.ts";
import { openAuditBook } from "#store/audit/audit-book.ts";
import type { Database } from "#store/database/database.ts";
import { seenPosts } from "#store/jobs/seen-posts.ts";
import type { FeedDesk } from "../feed-desk.ts";
import { archivePlace } from "../links.ts";
import { leftOutIn, type SiteContext } from "../site.ts";
import { goodPosts, readText, readyPost, standingPosts } from "./job-posts.ts";
import { openMaintenance } from "./maintenance.ts";

/** Time limit for a test email to a reviewer. */
const testMs = 60_000;

export interface JobParts {
  site: SiteContext;
  database: Database;
  ports: SendingPorts;
  channels: readonly Channel[];
  recognition: Recognition;
  feeds: FeedDesk;
  /** Signs the links of reviews. */
  secret: string;
  occurrences: OccurrenceBook;
  editions: EditionBook;
  /** Reads the job files again. */
  read(): Promise<Jobs>;
}

/** The posts of the folder, with the ids under which the ledger knows them. @param keep - `false` for a plan, which stores nothing */
function postsFor({ site, recognition }: JobParts, keep: boolean) {
  return {
    post: async (path: string) => {
      const post = await readyPost(site, path);
      return (await recognition.identify([post], { keep }))[0] ?? post;
    },
    posts: async () => recognition.recognise(await goodPosts(site), { keep }),
    standing: async () => recognition.recognise(await standingPosts(site), { keep }),
  };
}

function campaignPorts(
  { site, ports, channels, editions }: JobParts,
  posts: ReturnType<typeof postsFor>,
): CampaignPorts {
  const { ledger, queue, clock } = ports;
  return {
    ...{ ledger, queue, editions, channels, post: posts.post, posts: posts.posts },
    now: () => clock.now(),
    site: site.config.site,
    leftOut: leftOutIn(site),
    archived: (postId, list) => archivePlace(site, postId, list),
    text: (path) => readText(join(site.config.dir, path)),
    digest: (digest) => site.renderer.digest(digest),
    email: (each, list) => site.renderer.email(each, list),
  };
}

export function reviewPorts({ site, ports, editions, secret }: JobParts): ReviewPorts {
  const { ledger, queue, clock, log } = ports;
  return {
    ...{ ledger, queue, editions, log, now: () => clock.now() },
    async sendTest(channel, mail, list, address) {
      await sendTestMail({ channel, mail, list }, address, ports, AbortSignal.timeout(testMs));
    },
    reviewUrl: ({ job, number }, reviewer) =>
      site.config.serverUrl
        ? `${site.config.serverUrl}/reviews/${signToken(secret, "review", [job, String(number), reviewer])}`
        : null,
  };
}

/**
 * The jobs that posts are offered to.
 * @param running - the job that an operator runs now. It does not wait for its time, and its run is recorded by the
 * caller.
 */
export function offerPorts(
  { site, ports, occurrences }: JobParts,
  channels: readonly Channel[],
  { jobs: declared }: Jobs,
  running?: string,
): OfferPorts {
  const { ledger, queue, clock } = ports;
  const publishing = declared.filter((job) => job.kind === "publish");
  return {
    ...{ ledger, queue, seen: seenPosts, channels, leftOut: leftOutIn(site), now: () => clock.now() },
    jobs: publishing.map(({ schedule, ...job }) => (schedule && job.name !== running ? { ...job, schedule } : job)),
    async record(tx, name, outcome) {
      const job = publishing.find((each) => each.name === name);
      if (!job || name === running) return;
      const now = clock.now();
      await occurrences.declare(tx, job, now);
      const scheduledFor = await occurrences.freeTime(tx, name, now);
      const run = { job: name, scheduledFor, actor: `job:${name}`, missed: 0 };
      await occurrences.record(tx, { ...run, state: "done", outcome });
    },
  };
}

export function runningPorts(parts: JobParts): JobPorts {
  const { database, ports, channels, feeds, occurrences } = parts;
  const posts = postsFor(parts, true);
  const campaigns = campaignPorts(parts, posts);
  const maintenance = openMaintenance(database, ports, channels, feeds, occurrences);
  const republications = { ...ports, channels, post: posts.post };
  return {
    ...{ transaction: database.transaction, occurrences, clock: ports.clock, log: ports.log },
    recorded: (job, work) => {
      const actor = { name: `job:${job}`, door: "job" } as const;
      const after = ({ posts, state }: Done) => ({ posts, state });
      return audited({ name: "jobs.run", asked: { job }, actor, after }, { audit: openAuditBook(database) }, work);
    },
    begin: async (job) => (job.kind === "campaign" ? beginCampaign(job, campaigns) : async () => ""),
    verbs: {
      campaign: (job, run) => runCampaign(job, run, campaigns),
      republish: (job, run) => runRepublication(job, run, republications),
      maintenance: (job) => runMaintenance(job, maintenance),
      publish: async ({ name }) =>
        runOffers(await posts.standing(), offerPorts(parts, channels, await parts.read(), name)),
    },
  };
}

export function planningPorts(parts: JobParts): JobPlanPorts {
  const { database, ports, channels, feeds, occurrences } = parts;
  const posts = postsFor(parts, false);
  return {
    ...{ occurrences, ledger: ports.ledger },
    maintenance: openMaintenance(database, ports, channels, feeds, occurrences),
    campaigns: campaignPorts(parts, posts),
    republications: { ...ports, channels, post: posts.post },
    offers: async (name) => ({
      posts: await posts.standing(),
      ports: offerPorts(parts, channels, await parts.read(), name),
    }),
  };
}
