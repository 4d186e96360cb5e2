/** The description of the API for programs (OpenAPI 3.1). */

import { republishModes } from "#core/publishing/republish.ts";
import { statusAnswer } from "#desk/answers/publication.ts";
import { cancelCampaign, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
import { auditCampaign, listCampaigns, showCampaign } from "#desk/campaigns/read.ts";
import { retryDelivery } from "#desk/deliveries/retry.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { listEditions, listJobs, showEdition } from "#desk/jobs/read.ts";
import { planJob, runJob } from "#desk/jobs/run.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { changes, decides, finds, shows, takes } from "./open-api-answers.ts";
import { bodyWith } from "./open-api-body.ts";
import { peoplePaths } from "./open-api-people.ts";

/** `posts` repeats `publications` for the first clients. */
const postsAnswer = statusAnswer.extend({ posts: statusAnswer.shape.publications });
const campaignId = {
  name: "id",
  in: "path",
  required: true,
  description: "The campaign's id, or its first characters.",
  schema: { type: "string" },
};
const reason = {
  required: false,
  content: {
    "application/json": {
      schema: {
        type: "object",
        additionalProperties: false,
        properties: { reason: { type: "string", maxLength: 500 }, channel: { type: "string" } },
      },
    },
  },
};
const post = {
  name: "post",
  in: "path",
  required: true,
  description: "The post's path below the content folder or its id, percent-encoded: `2026%2Fhello.md`.",
  schema: { type: "string" },
};
const channelNames = { type: "array", items: { type: "string" }, minItems: 1, description: "Default: all channels." };
const dryRun = { type: "boolean", description: "Returns the plan and does nothing." };
const jobName = { name: "name", in: "path", required: true, schema: { type: "string" } };
const editionNumber = { name: "number", in: "path", required: true, schema: { type: "integer", minimum: 1 } };
const decision = bodyWith({
  by: { type: "string", maxLength: 200, description: "Who decided. Recorded with the edition." },
});
export const openApiDocument = {
  openapi: "3.1.0",
  info: { title: "Postrider", version: "1", description: "Publish, republish and control mailings from programs." },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
  paths: {
    "/posts": {
      get: {
        summary: "Number of deliveries in each state, by post and channel",
        responses: shows({ answers: postsAnswer }),
      },
    },
    "/posts/{post}/publications": {
      parameters: [post],
      post: {
        summary: "Publish a post. Each reader gets it once, even if the request is repeated",
        requestBody: bodyWith({
          channels: channelNames,
          at: {
            type: "string",
            format: "date-time",
            description: "The time to send the post. Default: the post's own date, or now.",
          },
          plan: { type: "string", description: "The hash of a plan. Publishes exactly this plan, or nothing." },
          onChange: {
            type: "boolean",
            description:
              "Set to true if the file has changed. Drafts and posts from before the jobs began are not published.",
          },
          new: {
            type: "boolean",
            description: "true: publish the file as a new post, even if it looks like a renamed one.",
          },
          sameAs: {
            type: "string",
            description: "Publish the file as this existing post, which was renamed: its old file, id or address.",
          },
          dryRun,
        }),
        responses: takes(publishPosts),
      },
    },
    "/posts/{post}/republications": {
      parameters: [post],
      post: {
        summary: "Retry failed deliveries, edit published copies, or send a post again",
        requestBody: bodyWith(
          {
            channels: channelNames,
            mode: { enum: republishModes },
            reason: { type: "string", maxLength: 500, description: "Recorded in the ledger. Required for a repost." },
            replace: {
              type: "boolean",
              description: "With update: if a network can't edit, delete the post there and post it again.",
            },
            correction: {
              type: "string",
              description: "With repost: Markdown text. It is sent above the post, only to readers who got the post.",
            },
            dryRun,
          },
          ["mode"],
        ),
        responses: takes(republishPost),
      },
    },
    "/posts/{post}/withdrawal": {
      parameters: [post],
      put: {
        summary: "Withdraw a post: cancel what was not sent, delete its social posts, show it as withdrawn in feeds",
        requestBody: bodyWith({
          channels: channelNames,
          reason: { type: "string", maxLength: 500 },
          dryRun,
        }),
        responses: changes(withdrawPost),
      },
    },
    "/jobs/{name}/runs": {
      parameters: [jobName],
      post: {
        summary: "Run a job now. For a republish job, the body contains the values that the job file leaves open",
        requestBody: bodyWith({
          post: { type: "string", description: "A file, relative to the site." },
          channels: channelNames,
          mode: { enum: republishModes },
          reason: { type: "string", maxLength: 500, description: "Recorded in the ledger. Required for a repost." },
          dryRun,
        }),
        responses: takes(runJob, planJob),
      },
    },
    "/jobs": {
      get: { summary: "All jobs, their next times, and errors in their files", responses: shows(listJobs) },
    },
    "/jobs/{name}/editions": {
      parameters: [jobName],
      get: { summary: "The editions of a campaign job, with their review state", responses: finds(listEditions) },
    },
    "/jobs/{name}/editions/{number}": {
      parameters: [jobName, editionNumber],
      get: { summary: "One edition: its posts, who decided, and the exact email", responses: finds(showEdition) },
    },
    "/jobs/{name}/editions/{number}/approval": {
      parameters: [jobName, editionNumber],
      put: { summary: "Approve an edition: it is sent", requestBody: decision, responses: decides(approveEdition) },
    },
    "/jobs/{name}/editions/{number}/refusal": {
      parameters: [jobName, editionNumber],
      put: {
        summary: "Decline an edition: it is not sent, and its posts go into the next one",
        requestBody: decision,
        responses: decides(declineEdition),
      },
    },
    "/deliveries/{id}/retries": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", pattern: "^[0-9]+$" } }],
      post: {
        summary: "Try a refused or uncertain delivery again",
        requestBody: bodyWith({ reason: { type: "string", maxLength: 500 } }),
        responses: takes(retryDelivery),
      },
    },
    "/campaigns": { get: { summary: "All campaigns, newest first", responses: shows(listCampaigns) } },
    "/campaigns/{id}": {
      parameters: [campaignId],
      get: { summary: "One campaign: states, rate and time left", responses: finds(showCampaign) },
    },
    "/campaigns/{id}/audit": {
      parameters: [campaignId],
      get: {
        summary: "Compare the totals with the deliveries, and report differences",
        responses: finds(auditCampaign),
      },
    },
    "/campaigns/{id}/pause": {
      parameters: [campaignId],
      put: {
        summary: "Pause: send nothing until it is resumed",
        requestBody: reason,
        responses: changes(pauseCampaign),
      },
      delete: { summary: "Resume", requestBody: reason, responses: changes(resumeCampaign) },
    },
    "/campaigns/{id}/cancellation": {
      parameters: [campaignId],
      put: {
        summary: "Cancel: send nothing more. A cancelled campaign can't be resumed",
        requestBody: reason,
        responses: changes(cancelCampaign),
      },
    },
    ...peoplePaths,
  },
} as const;
