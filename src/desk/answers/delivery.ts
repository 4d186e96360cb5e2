/** Answers about single deliveries. */

import { z } from "zod";
import { deliveryStates } from "#core/sending/delivery.ts";
import { medium, time } from "./common.ts";

export const deliveryState = z.enum(deliveryStates);

/** Why it was not accepted. */
export const deliveryFailure = z
  .object({
    kind: z.enum(["temporary", "throttled", "permanent", "uncertain"]).exactOptional(),
    scope: z.enum(["recipient", "channel"]).exactOptional(),
    code: z.string().meta({ examples: ["550"] }),
    message: z.string().meta({ examples: ["550 5.1.1 The mailbox does not exist"] }),
    status: z.int().exactOptional(),
    enhanced: z
      .string()
      .exactOptional()
      .describe("Enhanced status code (RFC 3463)")
      .meta({ examples: ["5.1.1"] }),
    retryAfter: z.number().exactOptional(),
  })
  .describe("Why it was not accepted");

export const listedDelivery = z.strictObject({
  id: z.string().meta({ examples: ["4711"] }),
  campaign: z.string().describe("The publication's id"),
  post: z.string(),
  channel: z.string(),
  medium,
  state: deliveryState,
  attempts: z.int(),
  subscriber: z
    .string()
    .nullable()
    .describe("The reader's id; null for a channel with one destination, and without the permission `readers`"),
  address: z.string().nullable().describe("Also null for forgotten readers"),
  generation: z.int().describe("1, and one more for each repost"),
  createdAt: time,
  dueAt: time.nullable().describe("When it is tried next"),
  intentAt: time.nullable().describe("When the decision to send it was committed, before the first byte"),
  settledAt: time.nullable(),
  failure: deliveryFailure.nullable(),
  remoteId: z.string().nullable(),
  url: z.string().nullable().describe("The address of the published copy"),
});

export const shownDelivery = z.strictObject({
  ...listedDelivery.shape,
  title: z.string(),
  list: z.string().nullable(),
  key: z.string().describe("The idempotency key. Its first 32 characters are the local part of the email's Message-ID"),
  response: z.string().nullable().describe("The other side's answer"),
  looks: z.int().describe("How often the network was asked about an uncertain delivery"),
  lookAt: time.nullable(),
  events: z.array(
    z.strictObject({
      at: time,
      kind: z.string().meta({ examples: ["delivery.uncertain"] }),
      actor: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});

export const verdictAnswer = z.strictObject({
  delivery: z.string().meta({ examples: ["4711"] }),
  verdict: z.enum(["arrived", "send-again", "leave"]),
  state: z.enum(["accepted", "pending", "uncertain"]),
});
