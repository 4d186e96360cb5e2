/** Answers about readers, lists and suppressed addresses. */

import { z } from "zod";
import { time } from "./common.ts";

export const state = z.enum(["unconfirmed", "confirmed", "unsubscribed"]);
export const suppressionReason = z.enum(["hard-bounce", "complaint", "unsubscribe", "manual", "forgotten"]);
const frequency = z.enum(["each", "weekly", "monthly"]);
export const attributes = z.record(z.string(), z.unknown());

export const subscriber = z.strictObject({
  address: z.string().describe("Empty if the reader's data was erased"),
  name: z.string().exactOptional(),
  language: z.string().exactOptional(),
  attributes: attributes.exactOptional(),
  lists: z.array(z.strictObject({ name: z.string(), state, since: time, source: z.string(), frequency })),
  suppressions: z.array(
    z.strictObject({
      reason: suppressionReason,
      list: z.string().exactOptional(),
      since: time,
      evidence: z.string().exactOptional(),
    }),
  ),
});

export const subscriberAnswer = z.strictObject({ subscriber: subscriber.nullable() });

/** One row of the streamed list of readers. */
export const listedSubscriber = z.strictObject({
  address: z.string(),
  name: z.string(),
  list: z.string(),
  state,
  since: time,
  suppressed: suppressionReason.nullable(),
});

export const listCounts = z.strictObject({
  name: z.string(),
  title: z.string(),
  confirmed: z.int(),
  suppressed: z.int().describe("Confirmed readers who get no email because their address is suppressed"),
  unconfirmed: z.int(),
  unsubscribed: z.int(),
});

export const listsAnswer = z.strictObject({ lists: z.array(listCounts) });

/** One row of an export. */
export const exportedSubscription = z.strictObject({
  address: z.string(),
  name: z.string(),
  list: z.string(),
  state: z.string(),
  since: time,
  source: z.string(),
  language: z.string(),
  frequency,
  attributes,
});

/** One row of an export. */
export const suppression = z.strictObject({
  address: z.string().nullable(),
  hash: z.string(),
  reason: suppressionReason,
  list: z.string().nullable(),
  since: time,
  evidence: z.string().nullable(),
});

export const addAnswer = z.strictObject({
  address: z.string(),
  list: z.string(),
  added: z.int(),
  known: z.int(),
  state: state.nullable(),
  suppressed: suppressionReason.exactOptional(),
});

export const bringBackAnswer = z.strictObject({
  address: z.string(),
  list: z.string(),
  resubscribed: z.boolean(),
  was: state.nullable(),
  forgotten: z.boolean(),
  suppressions: z.array(z.strictObject({ reason: suppressionReason, list: z.string().nullable(), since: time })),
});

export const removeAnswer = z.strictObject({ address: z.string(), ended: z.int() });

export const suppressAnswer = z.strictObject({
  address: z.string(),
  suppressed: z.boolean(),
  added: z.boolean(),
  list: z.string().exactOptional(),
});

export const unsuppressAnswer = z.strictObject({ address: z.string(), lifted: z.int() });

export const describeAnswer = z.strictObject({ described: z.literal(true) });

export const forgetAnswer = z.strictObject({ forgotten: z.boolean(), known: z.boolean() });

export const segmentAnswer = z.strictObject({
  list: z.string(),
  expression: z.string(),
  readers: z.int(),
  suppressed: z.int(),
  of: z.int(),
  warnings: z.array(z.string()),
});

export const retainAnswer = z.strictObject({
  dryRun: z.literal(true).exactOptional(),
  unconfirmed: z.int(),
  networks: z.int(),
  engagement: z.int(),
  bounces: z.int(),
  auditLog: z.int().describe("Entries of the audit log"),
});

export const removeListAnswer = z.strictObject({
  list: z.string(),
  subscriptions: z.int().exactOptional(),
  suppressions: z.int().exactOptional(),
});

export const importAnswer = z.strictObject({
  list: z.string(),
  dryRun: z.literal(true).exactOptional(),
  confirmed: z.int(),
  unconfirmed: z.int(),
  unsubscribed: z.int(),
  suppressed: z.int(),
  forgotten: z.int(),
  known: z.int(),
  ended: z.int().describe("Known addresses that get no more email from now on"),
  added: z.int(),
  skipped: z.int(),
  duplicates: z.int(),
  rejectedRows: z.int(),
  rejected: z.array(z.strictObject({ line: z.int(), reason: z.string() })),
  ofOtherLists: z.int(),
  resumedAfter: z.int().exactOptional(),
  encoding: z.string(),
  separator: z.string(),
  consent: z.string(),
  consentColumns: z.array(z.string()),
  columns: z.object({ address: z.string() }),
  unknownStates: z.record(z.string(), z.int()),
  hadUntil: time.exactOptional(),
});

export const receivedAnswer = z.strictObject({ post: z.string(), noted: z.int(), rejectedRows: z.int() });
