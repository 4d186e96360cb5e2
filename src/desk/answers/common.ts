/** Parts that many answers have. An answer is a JSON document, and these schemas describe it. */

import { z } from "zod";
import { deliveryStates } from "#core/sending/delivery.ts";
import type { SendingRules } from "#core/sending/sending.ts";

/** A time: a `Date` in the code, ISO 8601 in UTC in the document. */
export const time = z.union([z.date(), z.iso.datetime()]).describe("ISO 8601, UTC");

export const medium = z.enum(["email", "feed", "note"]);

export const counts = z
  .strictObject(
    Object.fromEntries(deliveryStates.map((state) => [state, z.int()])) as Record<
      (typeof deliveryStates)[number],
      z.ZodInt
    >,
  )
  .describe("Number of deliveries in each state");

export const excluded = z.record(z.string(), z.int()).describe("Readers on the list who get nothing: reason -> number");

export const failure = z.object({ code: z.string(), message: z.string() });

export const receipt = z
  .object({ remoteId: z.string().exactOptional(), url: z.string().exactOptional() })
  .describe("The provider's answer");

export const diagnostic = z.strictObject({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  line: z.int().describe("The first line is 1"),
  message: z.string(),
});

/** Posts that were not published, with the reasons. */
export const refused = z.array(
  z.strictObject({ path: z.string(), status: z.string(), diagnostics: z.array(diagnostic) }),
);

/** A pause and its reason. */
export const pause = z.strictObject({ at: time, reason: z.string() });

export const rules = z
  .custom<SendingRules>((value) => typeof value === "object" && value !== null)
  .describe("Rules of sending: rate limits, delays, quiet hours, limits of failures");
