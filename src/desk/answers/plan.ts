/** Answers about kept plans. */

import { z } from "zod";
import { time } from "./common.ts";
import { publishPlan } from "./publication.ts";

export const keptPlanAnswer = z.strictObject({
  hash: z.string().describe("Carry it out with POST /plans/{hash}/execution"),
  asked: z.record(z.string(), z.unknown()).describe("The request that the plan belongs to"),
  plan: publishPlan,
  actor: z.string().describe("Who made it"),
  createdAt: time,
  executedAt: time.nullable().describe("null: not yet"),
  executedBy: z.string().nullable(),
});
