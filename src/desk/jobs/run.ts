/** Runs a declared job now, or shows what it would do. */

import { z } from "zod";
import type { Occurrence } from "#core/jobs/occurrence.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import { type RepublishPlan, republishModes } from "#core/publishing/republish.ts";
import { onceFor } from "#core/requests/request.ts";
import { type JobPlan, jobPlanFacts } from "#pipeline/jobs/plan-job.ts";
import type { Done } from "#pipeline/jobs/run-jobs.ts";
import { type Actor, act, fields, given } from "../act.ts";
import { jobPlanAnswer, runAnswer } from "../answers/job.ts";
import type { DeskPorts } from "../ports.ts";

export { type Offer, waitsFor } from "#pipeline/jobs/offer-posts.ts";
export type { DraftAudience, JobPlan } from "#pipeline/jobs/plan-job.ts";
export { openQuestions } from "#pipeline/jobs/republish-job.ts";
export type { Draft } from "#pipeline/jobs/run-campaign.ts";

export interface RunAnswer {
  occurrence: Occurrence;
  /** Ids of the posts that it published. */
  posts: string[];
  publications: PublicationReport[];
}

type RunPorts = Pick<DeskPorts, "jobs" | "ledger" | "mayGo" | "requests">;

/** The values that a job of kind `republish` asks for. */
const answers = {
  post: z.string().min(1).optional().describe("A file, relative to the site"),
  channels: fields.channels,
  mode: z.enum(republishModes).optional(),
  reason: fields.reason.min(1).optional().describe("Recorded in the ledger. Required for a repost"),
};
const runAsked = z.strictObject({ job: z.string().min(1), ...answers });

export const runJob = act({
  name: "jobs.run",
  asks: runAsked,
  needs: "operate",
  answers: runAnswer,
  async run({ job, ...said }, actor: Actor, { jobs, ledger, mayGo, requests }: RunPorts): Promise<RunAnswer> {
    await mayGo();
    const once = onceFor<Done>(actor.request, requests);
    const { posts, ...occurrence } = await jobs.run(job, actor.name, given(said), once);
    const publications = (await Promise.all(posts.map((post) => ledger.report(post)))).flat();
    return { occurrence, posts, publications };
  },
  document: ({ occurrence, publications }) => ({ occurrence, ...occurrence, publications }),
  after: ({ posts, occurrence }: RunAnswer) => ({ posts, state: occurrence.state }),
});

/** Changes nothing. */
export const planJob = act({
  name: "jobs.plan",
  asks: runAsked,
  needs: "check",
  answers: jobPlanAnswer,
  run: async ({ job, ...said }, _: Actor, { jobs }: Pick<RunPorts, "jobs">): Promise<JobPlan> =>
    jobs.plan(job, given(said)),
  document: jobPlanDocument,
});

/** The plan's keys stand under `plan`, as in every dry run, and also at the top level. */
function jobPlanDocument(planned: JobPlan): z.input<typeof jobPlanAnswer> {
  const { kind, ...facts } = jobPlanFacts(planned);
  return { kind, ...facts, plan: "plan" in facts ? (facts["plan"] as RepublishPlan) : facts };
}
