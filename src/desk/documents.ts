/** The answers of acts as JSON documents: the same for `--json` and for the API. */

import type { Reading } from "#core/posts/content.ts";
import type { Audit, Campaign } from "#core/sending/campaign.ts";
import { type JobPlan, jobPlanFacts } from "#pipeline/jobs/plan-job.ts";
import { mailPage } from "#pipeline/pages/mail-page.ts";
import type { EditionAnswer } from "./jobs/read.ts";
import type { RunAnswer } from "./jobs/run.ts";
import type { JobsPort, SitePorts } from "./ports.ts";
import type { PublishAnswer } from "./posts/publish.ts";
import { isRefused } from "./posts/read.ts";
import type { RepublishAnswer } from "./posts/republish.ts";
import type { WithdrawAnswer } from "./posts/withdraw.ts";

export { mailPage };

type PlaceOf = SitePorts["placeOf"];

/** @param placeOf - a post's path as whoever asked knows it. */
export function publishDocument({ plan, publications, refused, leftAlone }: PublishAnswer, placeOf?: PlaceOf) {
  return {
    ...(plan ? { plan } : { publications }),
    ...(refused.length > 0 && { refused: refusedDocuments(refused, placeOf) }),
    ...(leftAlone.length > 0 && { leftAlone: leftAlone.map(({ why }) => why).join("; ") }),
  };
}

export function republishDocument({ reading, plan, done, publications }: RepublishAnswer, placeOf?: PlaceOf) {
  return {
    plan,
    done,
    ...(publications.length > 0 && { publications }),
    ...(!plan && { refused: refusedDocuments([reading], placeOf) }),
  };
}

export function withdrawDocument({ plan, withdrawn }: WithdrawAnswer) {
  return { plan, withdrawn };
}

export function runDocument({ occurrence, publications }: RunAnswer) {
  return { occurrence, ...occurrence, publications };
}

export function auditDocument({ ok, campaign, audits }: { ok: boolean; campaign: Campaign; audits: Audit[] }) {
  return { ok, campaign: campaign.id, channels: audits, audits };
}

export function jobsDocument(
  { jobs, problems }: Awaited<ReturnType<JobsPort["overview"]>>,
  { placeOf }: Pick<SitePorts, "placeOf">,
) {
  return {
    jobs: jobs.map(({ job, ...rest }) => ({ ...job, ...rest })),
    problems: problems.map(({ file = "", line = null, message }) => ({ file: file && placeOf(file), line, message })),
  };
}

/** What a job would do: under `plan`, as for every other dry run, and at the top beside its kind. */
export function jobPlanDocument(planned: JobPlan) {
  const { kind, ...facts } = jobPlanFacts(planned);
  return { kind, ...facts, plan: "plan" in facts ? facts["plan"] : facts };
}

export function editionDocument({ edition, posts, mails }: EditionAnswer) {
  const shown = Object.entries(mails).map(([list, mail]) => [
    list,
    { subject: mail.subject, ...mailPage(mail, mail.url) },
  ]);
  return { edition, posts, mails: Object.fromEntries(shown) };
}

/** `refused`: the posts of which nothing went out, and why. */
export function refusedDocuments(readings: readonly Reading[], placeOf: PlaceOf = (path) => path) {
  return readings
    .filter(isRefused)
    .map(({ path, post, diagnostics }) => ({ path: placeOf(path), status: post?.status ?? "held", diagnostics }));
}
