/** Schedules as operators write them: cron's five fields, or words such as `every friday at 09:00`. */

import { z } from "zod";
import { missedRules, type Schedule } from "#core/jobs/schedule.ts";
import { CronError, cronTimes } from "#formats/cron.ts";
import { cronOf } from "./schedule-words.ts";
import { isTimezone } from "./timezone.ts";

const examples =
  "for instance every friday at 09:00, every weekday at 7:30, every 15 minutes, on the first monday of every month at 10:00";

/** @param fallback - the site's time zone. */
export function scheduleSchema(fallback: string) {
  const words = z.string().min(1);
  return z
    .union(
      [
        words,
        z.strictObject({
          cron: z
            .string()
            .optional()
            .describe("The five fields of cron: minute, hour, day of the month, month, day of the week."),
          when: z.string().optional().describe(`In words: ${examples}.`),
          timezone: z.string().optional().describe("A time zone such as Europe/London. Default: the site's time zone."),
          missed: z
            .enum(missedRules)
            .optional()
            .describe(
              "What to do about times that passed while Postrider was not running: run once (run-once, the default), or nothing (skip).",
            ),
        }),
      ],
      { error: "expected words such as every friday at 09:00, or a mapping with cron or when" },
    )
    .transform((value, context): Schedule => {
      const given = typeof value === "string" ? { when: value } : value;
      const complain = (path: string, message: string): never => {
        context.addIssue({ code: "custom", path: typeof value === "string" || !path ? [] : [path], message });
        return z.NEVER;
      };
      const zone = given.timezone ?? fallback;
      const known = isTimezone(zone);
      if (!known) complain("timezone", "expected a time zone such as Europe/Berlin");
      const text = given.cron ?? given.when;
      if (text === undefined || (given.cron !== undefined && given.when !== undefined))
        return complain("", 'set either "cron" or "when"');
      const key = given.cron === undefined ? "when" : "cron";
      const cron = given.cron ?? cronOf(text);
      if (!cron) return complain(key, `"${text}" is not a known schedule. Use five cron fields, or words: ${examples}`);
      // With a wrong time zone, the time is still checked.
      const trouble = troubleWith(text, cron, known ? zone : "UTC");
      if (trouble) return complain(key, trouble);
      if (!known) return z.NEVER;
      return { text, cron, timezone: zone, missed: given.missed ?? "run-once", next: cronTimes(cron, zone) };
    });
}

/** Why a schedule is invalid; empty: it is valid. */
function troubleWith(text: string, cron: string, zone: string): string {
  try {
    // A day such as 31 February never comes.
    return cronTimes(cron, zone)(new Date()) ? "" : `"${text}" describes a time that never occurs`;
  } catch (error) {
    if (!(error instanceof CronError)) throw error;
    return `"${text}" is not a valid schedule: ${error.message}`;
  }
}
