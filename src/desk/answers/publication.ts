/** Answers about posts: their state in the ledger, plans, and results of publishing. */

import { z } from "zod";
import { counts, diagnostic, excluded, failure, medium, pause, receipt, refused, time } from "./common.ts";

const channel = z.strictObject({
  adapter: z.string(),
  medium,
  publication: z.string().describe("The id to use with `campaigns`"),
  counts,
  excluded: excluded.exactOptional(),
  links: z.array(z.string()).describe("Addresses of the published copies, at most 20"),
  stalled: failure.exactOptional(),
  paused: pause.exactOptional(),
  cancelledAt: time.exactOptional(),
  withdrawnAt: time.exactOptional(),
  scheduledFor: time.exactOptional(),
  gate: z
    .strictObject({ until: time, tries: z.int(), said: z.string(), over: z.boolean() })
    .exactOptional()
    .describe("The channel waits until the post's page is online"),
  freezing: z.boolean().exactOptional().describe("The list of recipients is still being written: the counts will grow"),
  failures: z.array(
    z.strictObject({
      state: z.enum(["refused", "uncertain", "retrying"]),
      code: z.string(),
      message: z.string(),
      count: z.int(),
    }),
  ),
  nextAttemptAt: time.exactOptional(),
});

export const publication = z.strictObject({
  id: z.string(),
  post: z.string(),
  title: z.string(),
  revision: z.string(),
  url: z.string(),
  publishedAt: time,
  scheduledFor: time.exactOptional(),
  channels: z.record(z.string(), channel),
});

const hadElsewhere = z.array(
  z.strictObject({
    readers: z.int(),
    source: z.string(),
    importedAt: z.string().nullable(),
    why: z.enum(["published", "seen", "dated", "listed"]),
    since: z.string().nullable(),
    postDate: z.string(),
  }),
);

const plannedChannel = z.strictObject({
  channel: z.string(),
  adapter: z.string(),
  medium,
  action: z.enum(["send", "reschedule", "resume", "none"]),
  reason: z.string().exactOptional(),
  publication: z.string().exactOptional(),
  from: z.string().exactOptional(),
  at: z.string().exactOptional(),
  afterMs: z.number().exactOptional(),
  gated: z.literal(true).exactOptional(),
  audience: z.strictObject({
    recipients: z.int(),
    excluded,
    hadElsewhere: hadElsewhere.exactOptional(),
    fingerprint: z.string(),
  }),
  subject: z.string().exactOptional(),
  text: z.string().exactOptional(),
  bytes: z.int(),
  digest: z.string(),
  diff: z.array(z.string()),
});

export const publishPlan = z.strictObject({
  hash: z.string().describe("Equal plans have equal hashes"),
  posts: z.array(
    z.strictObject({
      post: z.string(),
      path: z.string(),
      title: z.string(),
      url: z.string(),
      revision: z.string(),
      status: z.string(),
      checks: z.array(diagnostic),
      channels: z.array(plannedChannel),
    }),
  ),
});

export const publishAnswer = z.strictObject({
  plan: publishPlan.exactOptional().describe("Only for a dry run"),
  publications: z.array(publication).exactOptional(),
  refused: refused.exactOptional(),
  leftAlone: z.string().exactOptional().describe("Why a post whose file has changed was not published"),
});

export const statusAnswer = z.strictObject({ publications: z.array(publication) });

export const republishPlan = z.strictObject({
  postId: z.string(),
  mode: z.string(),
  revision: z.string(),
  withdrawn: z.boolean(),
  steps: z.array(
    z.strictObject({
      channel: z.string(),
      adapter: z.string(),
      medium,
      action: z.enum(["send", "edit", "replace", "none"]),
      reason: z.string(),
      recipients: z.int(),
      again: z.int().describe("Recipients who already received the post"),
      maybeAgain: z.int(),
      shows: z.string().nullable(),
      wants: z.string(),
      diff: z.array(z.string()),
    }),
  ),
});

export const republishAnswer = z.strictObject({
  plan: republishPlan.nullable().describe("null: the post has errors, and nothing was done"),
  done: z.int().describe("Number of deliveries and copies that were sent or edited"),
  publications: z.array(publication).exactOptional(),
  refused: refused.exactOptional(),
});

const openCopy = z.strictObject({
  deliveryId: z.string(),
  publicationId: z.string(),
  channel: z.string(),
  receipt,
});

export const withdrawAnswer = z.strictObject({
  plan: z.strictObject({
    postId: z.string(),
    title: z.string(),
    marks: z.boolean().describe("The post is marked as withdrawn: nothing more of it is sent"),
    steps: z.array(
      z.strictObject({
        channel: z.string(),
        adapter: z.string(),
        medium,
        actions: z.array(z.enum(["cancel", "retract", "show-withdrawn", "none"])),
        reason: z.string(),
        copies: z.array(openCopy),
        pending: z.int(),
      }),
    ),
    editions: z.array(
      z.strictObject({
        job: z.string(),
        number: z.int(),
        state: z.enum(["waiting", "approved"]),
        postId: z.string(),
        channels: z.array(z.string()),
        open: z.boolean(),
        reached: z.boolean(),
      }),
    ),
  }),
  withdrawn: z.array(
    z.strictObject({
      channel: z.string(),
      retracted: z.int(),
      cancelled: z.int(),
      unscheduled: z.boolean(),
      sending: z.int().describe("In transmission when the post was withdrawn: these may still arrive"),
      problems: z.array(z.string()).describe("Why some copies still exist"),
    }),
  ),
});
