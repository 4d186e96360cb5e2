/** The schema of a job that publishes new posts. */

import { z } from "zod";
import { offsetOf } from "#config/values/timing.ts";
import { common, kindOf, names } from "./common.ts";

export function publishSchema(timezone: string) {
  return z.strictObject({
    kind: kindOf("publish", "Publishes every new post once."),
    ...common(timezone),
    channels: names.min(1).describe("Names of the channels in postrider.yaml to publish to."),
    after: z
      .record(z.string(), offset(timezone))
      .optional()
      .describe(
        "For each channel: how long after the post is ready (+10m), or the next time of this kind (next weekday 09:00).",
      ),
  });
}

/** Replaces a channel's own `after`. */
function offset(timezone: string) {
  return z.string().superRefine((text, context) => {
    if (!offsetOf(text, timezone))
      context.addIssue("expected an offset such as +10m, or a time such as next weekday 09:00");
  });
}
