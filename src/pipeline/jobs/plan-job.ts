/** Shows what running a job would do. */

import type { EditionChannel } from "#core/jobs/edition.ts";
import type { JobFile } from "#core/jobs/job-file.ts";
import type { OccurrenceBook } from "#core/jobs/occurrence.ts";
import type { AudienceLedger } from "#core/ports/deciding.ts";
import type { Post } from "#core/posts/post.ts";
import type { RepublishPlan } from "#core/publishing/republish.ts";
import { type Maintenance, planMaintenance } from "./housekeeping.ts";
import { type Offer, type OfferPorts, planOffers } from "./offer-posts.ts";
import { planOfJob, type RepublishJobPorts } from "./republish-job.ts";
import { type CampaignPorts, type Draft, draftEdition, leavesOut } from "./run-campaign.ts";

/** `baseline`: it would be the first run; this number of existing posts would count as published and not be sent. */
export type JobPlan =
  | { kind: "publish"; baseline: number | null; offers: Offer[] }
  | { kind: "campaign"; baseline: number | null; draft: Draft | null; audiences: DraftAudience[] }
  | { kind: "republish"; plan: RepublishPlan }
  | { kind: "maintenance"; tasks: string[] };

export interface DraftAudience {
  channel: string;
  list: string | undefined;
  pending: number;
  suppressed: number;
}

export interface JobPlanPorts {
  campaigns: CampaignPorts;
  republications: RepublishJobPorts;
  maintenance: Maintenance;
  offers(job: string): Promise<{ posts: Post[]; ports: OfferPorts }>;
  ledger: Pick<AudienceLedger, "audienceOf">;
  occurrences: Pick<OccurrenceBook, "isKnown">;
}

/** @throws PostriderError in the same cases as the run itself */
export async function planJob(job: JobFile, ports: JobPlanPorts): Promise<JobPlan> {
  switch (job.kind) {
    case "publish": {
      const offers = await ports.offers(job.name);
      return { kind: "publish", ...(await planOffers(offers.posts, offers.ports)) };
    }
    case "campaign": {
      const baseline = (await ports.occurrences.isKnown(job.name)) ? null : await leavesOut(job, ports.campaigns);
      const draft =
        baseline === null ? await draftEdition(job, { at: ports.campaigns.now(), actor: "" }, ports.campaigns) : null;
      return { kind: "campaign", baseline, draft, audiences: await audiencesOf(draft?.edition.channels ?? [], ports) };
    }
    case "republish":
      return { kind: "republish", plan: (await planOfJob(job, ports.republications)).plan };
    case "maintenance":
      return { kind: "maintenance", tasks: await planMaintenance(job, ports.maintenance) };
  }
}

function audiencesOf(
  channels: readonly EditionChannel[],
  { ledger }: Pick<JobPlanPorts, "ledger">,
): Promise<DraftAudience[]> {
  return Promise.all(
    channels.map(async (channel) => ({
      channel: channel.name,
      list: channel.list,
      ...(await ledger.audienceOf({ ...channel, config: null })),
    })),
  );
}

/** The facts of a plan as JSON values, without emails and texts of posts. */
export function jobPlanFacts(planned: JobPlan): { kind: JobPlan["kind"] } & Record<string, unknown> {
  switch (planned.kind) {
    case "campaign": {
      const { kind, baseline, draft, audiences } = planned;
      return {
        kind,
        baseline,
        edition: draft?.edition ?? null,
        posts: draft?.contents.posts.map(named) ?? [],
        audiences,
      };
    }
    case "publish": {
      const { kind, baseline, offers } = planned;
      return { kind, baseline, posts: offers.map(({ post, ...rest }) => ({ ...named(post), ...rest })) };
    }
    default:
      return planned;
  }
}

function named({ id, title, url }: Post): Pick<Post, "id" | "title" | "url"> {
  return { id, title, url };
}
