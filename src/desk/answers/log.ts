/** Answers of the audit log. */

import { z } from "zod";
import { doors } from "#core/audit/audit.ts";
import { time } from "./common.ts";

export const logEntry = z.strictObject({
  number: z.string().describe("Counts up. Entries never change"),
  id: z.string().describe("The act's id. Its entry and its effects have the same"),
  at: time,
  actor: z.string().describe("Who did it"),
  door: z.enum(doors).describe("Where the request came from"),
  act: z.string().describe("What was done, such as campaigns.pause"),
  about: z.record(z.string(), z.unknown()).describe("The fields of the request, without personal data of readers"),
  reason: z.string().nullable(),
  plan: z.string().nullable().describe("The hash of the plan that was carried out"),
  before: z.unknown(),
  after: z.unknown(),
  result: z
    .enum(["done", "failed", "refused"])
    .nullable()
    .describe("null: it changed something, but the process ended before it could record how the act ended"),
  message: z.string().nullable().describe("The error, if it failed or was refused"),
});
