/** Parts of many answers. An answer is a JSON document; these schemas describe it for programs. */

import { z } from "zod";
import { deliveryStates } from "#core/sending/delivery.ts";
import type { SendingRules } from "#core/sending/sending.ts";

/** A moment: a `Date` here, ISO 8601 in UTC in the document. */
export const time = z.union([z.date(), z.iso.datetime()]).describe("ISO 8601, UTC");

export const medium = z.enum(["email", "feed", "note"]);

export const counts = z
  .strictObject(
    Object.fromEntries(deliveryStates.map((state) => [state, z.int()])) as Record<
      (typeof deliveryStates)[number],
      z.ZodInt
    >,
  )
  .describe("Deliveries in each state");

export const excluded = z
  .record(z.string(), z.int())
  .describe("Who is on the list and gets nothing: reason -> how many");

export const failure = z.object({ code: z.string(), message: z.string() });

export const receipt = z
  .object({ remoteId: z.string().exactOptional(), url: z.string().exactOptional() })
  .describe("What the other side answered");

export const diagnostic = z.strictObject({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  line: z.int().describe("From 1"),
  message: z.string(),
});

/** Posts of which nothing went out, and why. */
export const refused = z.array(
  z.strictObject({ path: z.string(), status: z.string(), diagnostics: z.array(diagnostic) }),
);

/** A pause, and why. */
export const pause = z.strictObject({ at: time, reason: z.string() });

export const rules = z
  .custom<SendingRules>((value) => typeof value === "object" && value !== null)
  .describe("How a channel sends: pace, hold, quiet hours, when to stop");
