/** Items of lists about publications, channels, workers and feeds. */

import { z } from "zod";
import { failure, medium, time } from "./common.ts";

const publicationChannel = z.strictObject({
  name: z.string(),
  adapter: z.string(),
  medium,
  list: z.string().nullable(),
  generation: z.int().describe("1, and one more for each repost"),
  prepared: z.int().describe("The number of deliveries"),
  open: z.boolean().describe("Something may still be due"),
  pausedAt: time.nullable(),
  stalledAt: time.nullable(),
  cancelledAt: time.nullable(),
  withdrawnAt: time.nullable(),
});

export const publicationItem = z.strictObject({
  id: z.string().meta({ examples: ["1b4e28ba-2fa1-41d2-883f-0016d3cca427"] }),
  post: z.string(),
  title: z.string(),
  revision: z.string(),
  actor: z.string(),
  reason: z.string().nullable(),
  createdAt: time,
  scheduledFor: time.nullable(),
  releasedAt: time.nullable(),
  channels: z.array(publicationChannel),
});

export const channelItem = z.strictObject({
  name: z.string(),
  adapter: z.string(),
  medium,
  list: z.string().nullable(),
  health: z
    .enum(["ok", "idle", "slowed", "paused", "stalled", "misconfigured"])
    .describe("idle: a publication is open, and no running process sends for it. slowed: a domain asked to wait"),
  problem: z.string().nullable().describe("What is wrong, and what to do"),
  working: z.boolean().describe("A running process sends for it"),
  open: z.int().describe("Publications that may still have something due"),
  paused: z.int().describe("Of these, paused"),
  stalled: z.int().describe("Of these, waiting for the operator after failures"),
  failure: failure.nullable().describe("The newest failure of a stalled publication"),
  slowed: z.array(z.strictObject({ domain: z.string(), until: time })),
  lastPublishedAt: time.nullable(),
});

export const workerItem = z.strictObject({
  id: z.string().meta({ examples: ["1b4e28ba-2fa1-41d2-883f-0016d3cca427"] }),
  host: z.string(),
  pid: z.int(),
  state: z
    .enum(["working", "silent", "gone"])
    .describe("silent: no sign of life for a minute, or its process has ended. gone: it signed off, or was given up"),
  channels: z.array(z.string()),
  startedAt: time,
  seenAt: time,
  goneAt: time.nullable(),
});

export const feedItem = z.strictObject({
  channel: z.string(),
  path: z.string().meta({ examples: ["feed.xml"] }),
  format: z.enum(["rss", "atom", "json"]),
  url: z.string(),
  changedAt: time.describe("When its bytes last changed"),
  gone: z.boolean().describe("Answered with 410"),
  hub: z.string().nullable(),
  bytes: z.int(),
});
