/** Answers about kept plans. */

import { z } from "zod";
import { doors } from "#core/audit/audit.ts";
import { time } from "./common.ts";
import { publishPlan } from "./publication.ts";

export const keptPlanAnswer = z.strictObject({
  hash: z.string().describe("Carry it out with POST /plans/{hash}/execution"),
  asked: z.record(z.string(), z.unknown()).describe("The request that the plan belongs to"),
  plan: publishPlan,
  actor: z.string().describe("Who made it"),
  createdAt: time,
  approvals: z
    .array(z.strictObject({ by: z.string(), door: z.enum(doors), at: time }))
    .describe("Who has approved it. An assistant can carry out only what a person has approved"),
  executedAt: time.nullable().describe("null: not yet"),
  executedBy: z.string().nullable(),
});
