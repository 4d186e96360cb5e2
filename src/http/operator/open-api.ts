/** The API, described for programs (OpenAPI 3.1). */

import { republishModes } from "#core/publishing/republish.ts";

const campaignId = {
  name: "id",
  in: "path",
  required: true,
  description: "The campaign's id, or enough of its beginning.",
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
const answers = {
  200: { description: "As it is now.", content: { "application/json": {} } },
  401: { description: "The token is missing or wrong.", content: { "application/problem+json": {} } },
};
const found = {
  ...answers,
  404: { description: "There is no such thing.", content: { "application/problem+json": {} } },
};
const changed = {
  ...found,
  409: { description: "It was cancelled, or is finished.", content: { "application/problem+json": {} } },
};

const post = {
  name: "post",
  in: "path",
  required: true,
  description: "The post's path below the content folder or its id, percent-encoded: `2026%2Fhello.md`.",
  schema: { type: "string" },
};
const channelNames = { type: "array", items: { type: "string" }, minItems: 1, description: "Default: all." };
const dryRun = { type: "boolean", description: "Answers with the plan and does nothing." };
const bodyWith = (properties: object, required: readonly string[] = []) => ({
  required: required.length > 0,
  content: { "application/json": { schema: { type: "object", additionalProperties: false, properties, required } } },
});
const taken = {
  200: { description: "The plan, where only that was asked for.", content: { "application/json": {} } },
  202: { description: "Decided; the workers do it.", content: { "application/json": {} } },
  400: { description: "The body or the post is not as it has to be.", content: { "application/problem+json": {} } },
  401: answers[401],
  404: { description: "There is no such thing.", content: { "application/problem+json": {} } },
  409: { description: "It is different from what was shown.", content: { "application/problem+json": {} } },
};

const jobName = { name: "name", in: "path", required: true, schema: { type: "string" } };
const editionNumber = { name: "number", in: "path", required: true, schema: { type: "integer", minimum: 1 } };
const decision = bodyWith({
  by: { type: "string", maxLength: 200, description: "Who decided; kept with the edition." },
});
const decided = {
  ...found,
  409: { description: "It was decided before.", content: { "application/problem+json": {} } },
};

export const openApiDocument = {
  openapi: "3.1.0",
  info: { title: "Postrider", version: "1", description: "What operators' programs may ask and do." },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
  paths: {
    "/posts": { get: { summary: "Every post by channel: how many deliveries are in each state", responses: answers } },
    "/posts/{post}/publications": {
      parameters: [post],
      post: {
        summary: "Publish: each reader gets it once, however often this is asked",
        requestBody: bodyWith({
          channels: channelNames,
          at: { type: "string", format: "date-time", description: "Not before." },
          plan: { type: "string", description: "The hash of a plan: exactly that, or nothing." },
          onChange: {
            type: "boolean",
            description:
              "Asked because the file has changed: leaves alone a draft, and what was there before the jobs began.",
          },
          dryRun,
        }),
        responses: taken,
      },
    },
    "/posts/{post}/republications": {
      parameters: [post],
      post: {
        summary: "Again, on purpose: what failed, an edit of what is out, or to everybody once more",
        requestBody: bodyWith(
          {
            channels: channelNames,
            mode: { enum: republishModes },
            reason: { type: "string", maxLength: 500, description: "A repost needs one." },
            replace: {
              type: "boolean",
              description: "With update: where a network can't edit, deletes the post there and posts it again.",
            },
            correction: {
              type: "string",
              description: "With repost: Markdown that stands above the mail, which goes to those who got the post.",
            },
            dryRun,
          },
          ["mode"],
        ),
        responses: taken,
      },
    },
    "/posts/{post}/withdrawal": {
      parameters: [post],
      put: {
        summary: "Take a post back: cancel what has not gone, delete its notes, show it as withdrawn in feeds",
        requestBody: bodyWith({
          channels: channelNames,
          reason: { type: "string", maxLength: 500 },
          dryRun,
        }),
        responses: changed,
      },
    },
    "/jobs/{name}/runs": {
      parameters: [jobName],
      post: {
        summary: "Run a declared job now; a job of kind republish is told what it asks",
        requestBody: bodyWith({
          post: { type: "string", description: "A file, relative to the site." },
          channels: channelNames,
          mode: { enum: republishModes },
          reason: { type: "string", maxLength: 500, description: "A repost needs one." },
          dryRun,
        }),
        responses: taken,
      },
    },
    "/jobs": {
      get: { summary: "Every declared job, its next times, and what is wrong with the files", responses: answers },
    },
    "/jobs/{name}/editions": {
      parameters: [jobName],
      get: { summary: "What a campaign has sent, and what waits for a reviewer", responses: found },
    },
    "/jobs/{name}/editions/{number}": {
      parameters: [jobName, editionNumber],
      get: { summary: "One edition: its posts, who decided, and the mail as it goes out", responses: found },
    },
    "/jobs/{name}/editions/{number}/approval": {
      parameters: [jobName, editionNumber],
      put: { summary: "Agree to an edition: it goes out", requestBody: decision, responses: decided },
    },
    "/jobs/{name}/editions/{number}/refusal": {
      parameters: [jobName, editionNumber],
      put: { summary: "Nobody gets it; its posts are in the next edition", requestBody: decision, responses: decided },
    },
    "/deliveries/{id}/retries": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", pattern: "^[0-9]+$" } }],
      post: {
        summary: "Send one delivery that was refused or is uncertain again, as the same delivery",
        requestBody: bodyWith({ reason: { type: "string", maxLength: 500 } }),
        responses: taken,
      },
    },
    "/campaigns": { get: { summary: "Every campaign, newest first", responses: answers } },
    "/campaigns/{id}": {
      parameters: [campaignId],
      get: { summary: "States, rate and time left", responses: found },
    },
    "/campaigns/{id}/audit": { parameters: [campaignId], get: { summary: "Do the sums add up?", responses: found } },
    "/campaigns/{id}/pause": {
      parameters: [campaignId],
      put: { summary: "Send nothing more until it is resumed", requestBody: reason, responses: changed },
      delete: { summary: "Go on", requestBody: reason, responses: changed },
    },
    "/campaigns/{id}/cancellation": {
      parameters: [campaignId],
      put: { summary: "Send nothing more, ever", requestBody: reason, responses: changed },
    },
  },
} as const;
