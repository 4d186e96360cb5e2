/** Schedules as operators write them: cron's five fields, or words such as `every friday at 09:00`. */

import { z } from "zod";
import { missedRules, type Schedule } from "#core/schedule.ts";
import { CronError, cronTimes } from "#formats/cron.ts";
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
          timezone: z
            .string()
            .optional()
            .describe("Whose clocks are meant: a name such as Europe/London. Default: the site's time zone."),
          missed: z
            .enum(missedRules)
            .optional()
            .describe(
              "What passed while nothing ran is made up for once (run-once, the default), or left at that (skip).",
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
        return complain("", 'needs one of "cron" and "when"');
      const key = given.cron === undefined ? "when" : "cron";
      const cron = given.cron ?? cronOf(text);
      if (!cron) return complain(key, `"${text}" is neither five fields of cron nor words that are known; ${examples}`);
      // A wrong zone hides no wrong time.
      const trouble = troubleWith(text, cron, known ? zone : "UTC");
      if (trouble) return complain(key, trouble);
      if (!known) return z.NEVER;
      return { text, cron, timezone: zone, missed: given.missed ?? "run-once", next: cronTimes(cron, zone) };
    });
}

/** Why a schedule can't be kept; empty: it can. */
function troubleWith(text: string, cron: string, zone: string): string {
  try {
    // A day such as 31 February never comes.
    return cronTimes(cron, zone)(new Date()) ? "" : `"${text}" names a time that never comes`;
  } catch (error) {
    if (!(error instanceof CronError)) throw error;
    return `"${text}" is no schedule: ${error.message}`;
  }
}

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const ordinals: Record<string, string> = { first: "1", second: "2", third: "3", fourth: "4" };
const cronFields = /^\S+(\s+\S+){4}$/;

/** Five fields for what was written; `null` where neither form fits. */
export function cronOf(text: string): string | null {
  const said = text.trim().toLowerCase().replace(/\s+/g, " ");
  const [what, time] = parted(said);
  if (what === "every hour" && !time) return "0 * * * *";
  const step = /^every (\d+) (minute|hour)s$/.exec(what);
  if (step && !time) return everyFew(Number(step[1]), step[2] === "hour");
  if (time) {
    const day = dayFields(what);
    return day && `${time.minute} ${time.hour} ${day}`;
  }
  return cronFields.test(said) && !said.startsWith("every ") && !said.startsWith("on ") ? text.trim() : null;
}

function parted(said: string): [string, { hour: number; minute: number } | null] {
  const match = /^(.*) at (?:(\d{1,2}):(\d\d)|(noon|midnight))$/.exec(said);
  if (!match) return [said, null];
  const [, what = "", hour, minute, name] = match;
  const time = name ? { hour: name === "noon" ? 12 : 0, minute: 0 } : { hour: Number(hour), minute: Number(minute) };
  return [what, time];
}

/** Only steps that come out even: others would be shorter around the hour, or around midnight. */
function everyFew(number: number, isHours: boolean): string | null {
  if (number < 1 || (isHours ? 24 : 60) % number !== 0) return null;
  return isHours ? `0 */${number} * * *` : `*/${number} * * * *`;
}

/** Day of the month, month, day of the week. */
function dayFields(what: string): string | null {
  if (what === "every day") return "* * *";
  if (what === "every weekday") return "* * 1-5";
  if (/^on the last day of (every|the) month$/.test(what)) return "L * *";
  const ofMonth = /^on the (\w+) (?:of|in) (?:every|the) month$|^every month on the (\w+)$/.exec(what);
  const date = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(ofMonth?.[1] ?? ofMonth?.[2] ?? "");
  if (date) return `${Number(date[1])} * *`;
  const weekday = /^on the (first|second|third|fourth|last) (\w+) (?:of|in) (?:every|the) month$/.exec(what);
  if (weekday) {
    const [, which = "", name = ""] = weekday;
    const day = days.indexOf(name);
    return day < 0 ? null : `* * ${day}#${ordinals[which] ?? "L"}`;
  }
  const list = /^every ([a-z, ]+)$/.exec(what)?.[1]?.split(/\s*,\s*(?:and )?|\s+and\s+/) ?? [];
  const numbers = list.map((name) => days.indexOf(name));
  return numbers.length > 0 && numbers.every((number) => number >= 0) ? `* * ${numbers.join(",")}` : null;
}
