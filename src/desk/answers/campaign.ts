/** Answers about campaigns. */

import { z } from "zod";
import { counts, excluded, time } from "./common.ts";

export const campaign = z.strictObject({
  id: z.string(),
  channel: z.string(),
  post: z.string(),
  title: z.string(),
  list: z.string().nullable(),
  state: z.enum(["scheduled", "freezing", "sending", "paused", "stopped", "cancelled", "done"]),
  reason: z.string().nullable(),
  actor: z.string(),
  createdAt: time,
  scheduledFor: time.nullable(),
  startedAt: time.nullable(),
  counts,
  working: z.boolean().describe("A running process sends the emails of this channel"),
  perSecond: z.number().describe("Emails per second, average of the last minute"),
  secondsLeft: z.number().nullable(),
  subjects: z.strictObject({ sent: z.array(z.int()), chosen: z.int().nullable() }).exactOptional(),
  engagement: z
    .strictObject({
      opened: z.int(),
      prefetched: z.int().describe("Opened only by programs, as far as that can be known"),
      clicked: z.int(),
      links: z.array(z.strictObject({ url: z.string(), clicked: z.int(), prefetched: z.int() })),
    })
    .exactOptional(),
});

export const campaignsAnswer = z.strictObject({ campaigns: z.array(campaign) });

const audit = z.strictObject({
  id: z.string(),
  channel: z.string(),
  candidates: z.int(),
  prepared: z.int(),
  deliveries: z.int(),
  counts,
  excluded,
  alarms: z.array(z.strictObject({ at: time, kind: z.string(), data: z.unknown() })),
  open: z.int(),
  problems: z.array(z.string()).describe("Empty if there is no problem"),
});

export const auditAnswer = z.strictObject({
  ok: z.boolean(),
  campaign: z.string(),
  channels: z.array(audit),
  audits: z.array(audit),
});

export const retryAnswer = z.strictObject({ delivery: z.string(), state: z.literal("pending") });
