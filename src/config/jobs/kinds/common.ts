/** The keys that job files of every kind have. */

import { z } from "zod";
import { scheduleSchema } from "#config/values/schedule.ts";
import type { JobFile } from "#core/jobs/job-file.ts";

export const names = z.array(z.string().min(1));

/** @param what - what jobs of this kind do, for editors. */
export function kindOf<K extends JobFile["kind"]>(name: K, what: string) {
  return z.literal(name).describe(what);
}

/** @param timezone - the site's time zone, for schedules without one. */
export function common(timezone: string) {
  return {
    description: z
      .string()
      .default("")
      .describe("What the job is for, in one sentence. `postrider jobs list` shows it."),
    schedule: scheduleSchema(timezone)
      .optional()
      .describe(
        "When the job runs: words such as every friday at 09:00, or a mapping. Without it, an operator runs the job; a publish job acts at once.",
      ),
  };
}
