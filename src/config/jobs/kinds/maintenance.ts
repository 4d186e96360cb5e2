/** The schema of a job that keeps the installation in order. */

import { z } from "zod";
import { duration } from "#config/values/duration.ts";
import { maintenanceTasks } from "#core/jobs/job-file.ts";
import { common, kindOf } from "./common.ts";

export function maintenanceSchema(timezone: string) {
  return z.strictObject({
    kind: kindOf("maintenance", "Maintenance: recovers unfinished work, rebuilds feeds, deletes old records."),
    ...common(timezone),
    tasks: z
      .array(z.enum(maintenanceTasks))
      .min(1)
      .describe(
        "sweep: recover work that a crash left unfinished. feeds: rebuild the feed files. prune: delete old records.",
      ),
    keep: duration
      .prefault("90d")
      .describe("prune deletes older runs that had nothing to do. Other runs are kept. Default: 90d."),
    keepMails: duration
      .optional()
      .describe("prune deletes the stored emails of campaigns that ended longer ago than this. Default: keep all."),
    keepEvents: duration
      .optional()
      .describe("prune replaces older events of single deliveries by totals. Decisions are kept. Default: keep all."),
  });
}
