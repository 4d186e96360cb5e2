/** Answers about jobs, their runs and their editions. */

import { z } from "zod";
import { medium, rules, time } from "./common.ts";
import { publication, republishPlan } from "./publication.ts";

const schedule = z.object({
  text: z.string(),
  cron: z.string(),
  timezone: z.string(),
  missed: z.enum(["run-once", "skip"]),
});

export const occurrence = z.strictObject({
  job: z.string(),
  scheduledFor: time,
  actor: z.string(),
  missed: z.int().describe("Earlier missed times that this run replaces"),
  state: z.enum(["done", "nothing", "waiting", "skipped"]),
  outcome: z.string(),
});

export const job = z.object({
  name: z.string(),
  kind: z.enum(["publish", "campaign", "republish", "maintenance"]),
  description: z.string(),
  schedule: schedule.exactOptional(),
  next: z.array(time),
  last: occurrence.nullable(),
  trouble: z.strictObject({ name: z.string(), failure: z.string(), retryAt: time }).nullable(),
});

export const jobsAnswer = z.strictObject({
  jobs: z.array(job),
  problems: z.array(z.strictObject({ file: z.string(), line: z.int().nullable(), message: z.string() })),
});

export const runAnswer = z.strictObject({
  ...occurrence.shape,
  occurrence,
  publications: z.array(publication),
});

const planned = z.object({ id: z.string(), title: z.string(), url: z.string() });

const editionChannel = z.strictObject({
  name: z.string(),
  adapter: z.string(),
  medium,
  list: z.string().exactOptional(),
  sending: rules.exactOptional(),
});

export const jobPlanAnswer = z
  .object({
    kind: z.enum(["publish", "campaign", "republish", "maintenance"]),
    plan: z.union([
      republishPlan,
      z.object({
        baseline: z.int().nullable().exactOptional().describe("First run: number of existing posts that are not sent"),
        posts: z.array(planned).exactOptional(),
        tasks: z.array(z.string()).exactOptional(),
      }),
    ]),
  })
  .describe("The keys of `plan` also exist next to it");

export const edition = z.strictObject({
  job: z.string(),
  number: z.int(),
  postId: z.string(),
  revision: z.string(),
  title: z.string(),
  scheduledFor: time,
  actor: z.string(),
  channels: z.array(editionChannel),
  state: z.enum(["waiting", "approved", "declined", "expired"]),
  publicationId: z.string().nullable(),
  reviewers: z.array(z.string()),
  expiresAt: time.nullable(),
  askedAt: time.nullable(),
  decidedAt: time.nullable(),
  decidedBy: z.string().nullable(),
});

export const editionsAnswer = z.strictObject({ editions: z.array(edition) });

export const editionAnswer = z.strictObject({ edition });

export const shownEditionAnswer = z.strictObject({
  edition,
  posts: z.array(z.strictObject({ postId: z.string(), url: z.string() })),
  mails: z
    .record(z.string(), z.strictObject({ subject: z.string(), html: z.string(), text: z.string() }))
    .describe("One object for each list"),
});

const names = z.array(z.string());

export const timersAnswer = z.strictObject({
  alarms: z.strictObject({ added: names, changed: names, removed: names }),
  done: z.boolean(),
});
