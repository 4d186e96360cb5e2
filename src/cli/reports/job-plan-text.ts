/** What running a job would do, as text. */

import { count, plural, type Terminal } from "#cli/terminal/terminal.ts";
import { type Draft, type DraftAudience, type JobPlan, type Offer, waitsFor } from "#desk/jobs/run.ts";
import { planText } from "./republish-plan.ts";

export function jobPlanText(terminal: Terminal, plan: JobPlan): string {
  if (plan.kind === "maintenance") return plan.tasks.map((task) => `  ${task}`).join("\n");
  if (plan.kind === "republish") return planText(terminal, plan.plan);
  if (plan.baseline !== null)
    return `This would be the first run: existing posts are treated as already published and will not be sent (posts: ${plan.baseline}).`;
  if (plan.kind === "campaign")
    return plan.draft
      ? draftText(terminal, plan.draft, plan.audiences)
      : "There is no new post. No email would be sent.";
  if (plan.offers.length === 0) return "There is no new post. Nothing would be sent.";
  return plan.offers.map((offer) => offerText(terminal, offer)).join("\n");
}

function offerText(terminal: Terminal, { post, channels, notBefore }: Offer): string {
  return [
    `${terminal.style("bold", post.title)}  ${terminal.style("dim", post.url)}`,
    ...channels.map(({ job, channel, at }) => `  ${channel}: at ${at.toISOString()}, by ${job}`),
    ...(notBefore ? [`  ${waitsFor(notBefore)}`] : []),
  ].join("\n");
}

function draftText(terminal: Terminal, { edition, contents }: Draft, audiences: readonly DraftAudience[]): string {
  return [
    terminal.style("bold", edition.title),
    terminal.style("dim", `edition ${edition.number} of ${edition.job}`),
    ...contents.posts.map(({ title, url }) => `  ${title}  ${terminal.style("dim", url)}`),
    ...audiences.map(
      ({ channel, list, pending, suppressed }) =>
        `  ${channel}: ${plural(pending, "reader")} of ${list}${suppressed > 0 ? `, ${count(suppressed)} suppressed` : ""}`,
    ),
    ...(edition.reviewers.length > 0 ? [`  needs the approval of ${edition.reviewers.join(" or ")}`] : []),
  ].join("\n");
}
