/** The routes of `routes.ts`, as the description of the API shows them. */

import { z } from "zod";
import { campaignsAnswer } from "#desk/answers/campaign.ts";
import { editionsAnswer, jobsAnswer } from "#desk/answers/job.ts";
import { statusAnswer } from "#desk/answers/publication.ts";
import { cancelCampaign, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
import { auditCampaign, pageCampaigns, showCampaign } from "#desk/campaigns/read.ts";
import { retryDelivery } from "#desk/deliveries/retry.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { pageEditions, pageJobs, showEdition } from "#desk/jobs/read.ts";
import { planJob, runJob } from "#desk/jobs/run.ts";
import { pagePosts } from "#desk/posts/pages.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { defaultReason } from "../caller.ts";
import { campaignPages, editionPages, jobPages, postPages } from "../resources/pages.ts";
import { tryingRoutes } from "../resources/trying.ts";
import type { Verb } from "./operation.ts";
import { peopleVerbs } from "./people.ts";

/** `posts` repeats `publications` for the first clients. */
const allPosts = statusAnswer.extend({ posts: statusAnswer.shape.publications });
/** Only without parameters, for the first clients. */
function firstPage(page: z.ZodObject, before: z.ZodRawShape): z.ZodObject {
  const repeated = Object.entries(before).map(([name, each]) => [
    name,
    z.optional(each).describe("Only without parameters, for clients of earlier versions"),
  ]);
  return page.extend(Object.fromEntries(repeated));
}

const defaults = { reason: defaultReason };
const ofCampaign = { names: { id: "campaign" }, defaults };
const ofEdition = { names: { name: "job", number: "number" } };
const ended = "The campaign was cancelled or is finished.";
const changed = "Something has changed since the plan was made.";
const decision = z.strictObject({
  by: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("Who decided. Recorded with the edition")
    .meta({ examples: ["Ada"] }),
});
const control = pauseCampaign.asks.omit({ campaign: true }).partial({ reason: true });

const ofPosts: readonly Verb[] = [
  {
    ...postPages,
    answers: z.union([allPosts.describe("Without parameters: all posts at once"), pagePosts.answers]),
  },
  {
    ...{ id: "publishPost", method: "post", path: "/posts/{post}/publications" },
    summary: "Publish a post. Each reader gets it once, even if the request is repeated",
    ...{ act: publishPosts, names: { post: "posts" }, status: 202, planned: publishPosts.answers, conflict: changed },
    example: { channels: ["newsletter"], dryRun: true },
  },
  {
    ...{ id: "republishPost", method: "post", path: "/posts/{post}/republications" },
    summary: "Retry failed deliveries, edit published copies, or send a post again",
    ...{ act: republishPost, names: { post: "post" }, status: 202, planned: republishPost.answers, conflict: changed },
    example: { mode: "retry", dryRun: true },
  },
  {
    ...{ id: "withdrawPost", method: "put", path: "/posts/{post}/withdrawal" },
    summary: "Withdraw a post: cancel what was not sent, delete its social posts, show it as withdrawn in feeds",
    ...{ act: withdrawPost, names: { post: "post" }, defaults },
    conflict: "This database is a copy that must not send.",
  },
];

const ofJobs: readonly Verb[] = [
  { ...jobPages, answers: firstPage(pageJobs.answers, jobsAnswer.shape) },
  {
    ...{ id: "runJob", method: "post", path: "/jobs/{name}/runs" },
    summary: "Run a job now. For a republish job, the body contains the values that the job file leaves open",
    ...{ act: runJob, names: { name: "job" }, status: 202, planned: planJob.answers, conflict: changed },
    body: runJob.asks.omit({ job: true }).extend({ dryRun: publishPosts.asks.shape.dryRun }),
  },
  { ...editionPages, answers: firstPage(pageEditions.answers, editionsAnswer.shape) },
  {
    ...{ id: "showEdition", method: "get", path: "/jobs/{name}/editions/{number}" },
    summary: "One edition: its posts, who decided, and the exact email",
    ...{ act: showEdition, ...ofEdition },
  },
  {
    ...{ id: "approveEdition", method: "put", path: "/jobs/{name}/editions/{number}/approval" },
    summary: "Approve an edition: it is sent",
    ...{ act: approveEdition, ...ofEdition, body: decision, example: { by: "Ada" } },
    conflict: "The edition was already approved or declined.",
  },
  {
    ...{ id: "declineEdition", method: "put", path: "/jobs/{name}/editions/{number}/refusal" },
    summary: "Decline an edition: it is not sent, and its posts go into the next one",
    ...{ act: declineEdition, ...ofEdition, body: decision, example: { by: "Ada" } },
    conflict: "The edition was already approved or declined.",
  },
];

const ofCampaigns: readonly Verb[] = [
  { ...campaignPages, answers: firstPage(pageCampaigns.answers, campaignsAnswer.shape) },
  {
    ...{ id: "showCampaign", method: "get", path: "/campaigns/{id}" },
    summary: "One campaign: states, rate and time left",
    ...{ act: showCampaign, ...ofCampaign },
  },
  {
    ...{ id: "auditCampaign", method: "get", path: "/campaigns/{id}/audit" },
    summary: "Compare the totals with the deliveries, and report differences",
    ...{ act: auditCampaign, ...ofCampaign },
  },
  {
    ...{ id: "pauseCampaign", method: "put", path: "/campaigns/{id}/pause" },
    summary: "Pause: send nothing until it is resumed",
    ...{ act: pauseCampaign, ...ofCampaign, conflict: ended },
  },
  {
    ...{ id: "resumeCampaign", method: "delete", path: "/campaigns/{id}/pause" },
    summary: "Resume",
    ...{ act: resumeCampaign, ...ofCampaign, body: control, conflict: ended },
  },
  {
    ...{ id: "cancelCampaign", method: "put", path: "/campaigns/{id}/cancellation" },
    summary: "Cancel: send nothing more. A cancelled campaign can't be resumed",
    ...{ act: cancelCampaign, ...ofCampaign, conflict: ended },
  },
];

export const verbs: readonly Verb[] = [
  ...ofPosts,
  ...ofJobs,
  ...ofCampaigns,
  ...tryingRoutes,
  ...peopleVerbs,
  {
    ...{ id: "retryDelivery", method: "post", path: "/deliveries/{id}/retries" },
    summary: "Try a refused or uncertain delivery again",
    ...{ act: retryDelivery, names: { id: "delivery" }, defaults, status: 202 },
    conflict: "The delivery is neither refused nor uncertain.",
  },
];
