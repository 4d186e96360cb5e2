/** `after`, `postsADay`, `gate` and `quiet`: when a post may go to a channel. */

import { z } from "zod";
import type { Timing } from "#core/publishing/timing.ts";
import { quietFor } from "#core/sending/sending.ts";
import { CronError, cronTimes } from "#formats/cron.ts";
import { duration } from "./duration.ts";
import { cronOf } from "./schedule-words.ts";
import { quietHours } from "./sending.ts";

const gateDefaultSeconds = 24 * 3600;

const after = z.string().min(1);
const gate = z.union(
  [z.literal("live"), z.strictObject({ live: duration.describe("How long to wait for the page, such as 6h.") })],
  {
    error: "expected live, or { live: 6h } for how long to wait",
  },
);

const keys = {
  after: after
    .optional()
    .describe("When to publish: a time after the post is ready (+10m), or the next time such as next weekday 09:00."),
  postsADay: z
    .int()
    .positive()
    .optional()
    .describe("The maximum number of posts per day. Other posts wait for a day that is not full."),
  gate: gate
    .optional()
    .describe("live: wait until the post's page is online, for a day at most. { live: 6h } waits for 6 hours at most."),
};
export const timingKeys = { email: keys, note: { ...keys, quiet: quietHours.optional() } };
const schemas = { email: z.strictObject(timingKeys.email), note: z.strictObject(timingKeys.note) };

/** Splits the settings into timing and the rest. Feeds have no timing, because readers fetch them at any time. */
export function splitTiming(
  settings: Record<string, unknown>,
  medium: string,
): { timing: Record<string, unknown>; own: Record<string, unknown> } {
  const shape = medium === "feed" ? {} : schemas[medium as keyof typeof schemas].shape;
  const entries = Object.entries(settings);
  return {
    timing: Object.fromEntries(entries.filter(([key]) => Object.hasOwn(shape, key))),
    own: Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(shape, key))),
  };
}

/** @param fallback - the site's time zone. */
export function timingSchema(medium: "email" | "note", fallback: string): z.ZodType<Timing> {
  return schemas[medium].transform((given, context): Timing => {
    const { after: wait, postsADay, gate: waitsFor } = given;
    const hours = "quiet" in given ? given.quiet : undefined;
    const quiet = hours && { ...hours, timezone: hours.timezone ?? fallback };
    const moved = wait === undefined ? (ready: Date) => ready : offsetOf(wait, fallback);
    if (!moved) {
      context.addIssue({
        code: "custom",
        path: ["after"],
        message: `expected an offset such as +10m, or a time such as next weekday 09:00, found "${wait}"`,
      });
      return z.NEVER;
    }
    // Calculated by the local clock and not in seconds, because a night in which clocks change has a different length.
    const morning = quiet && offsetOf(`next ${quiet.to}`, quiet.timezone);
    return {
      at(ready) {
        const time = moved(ready);
        return quiet && morning && quietFor(quiet, time) > 0 ? morning(time) : time;
      },
      timezone: quiet?.timezone ?? fallback,
      ...(postsADay && { postsADay }),
      ...(waitsFor && { gateSeconds: waitsFor === "live" ? gateDefaultSeconds : waitsFor.live }),
    };
  }) as unknown as z.ZodType<Timing>;
}

/** `+10m` after the post is ready, or the next such local time; `null` for anything else. */
export function offsetOf(text: string, timezone: string): ((ready: Date) => Date) | null {
  const offset = /^\+\s*(\S.*)$/.exec(text.trim());
  if (offset) {
    const parsed = duration.safeParse(offset[1]);
    return parsed.success ? (ready) => new Date(ready.getTime() + parsed.data * 1000) : null;
  }
  const [, day = "day", time = ""] = /^next(?: (\w+))?(?: at)? (\d{1,2}:\d\d)$/i.exec(text.trim()) ?? [];
  const cron = time && cronOf(`every ${day} at ${time}`);
  if (!cron) return null;
  try {
    const next = cronTimes(cron, timezone);
    return (ready) => next(ready) ?? ready;
  } catch (error) {
    if (error instanceof CronError) return null;
    throw error;
  }
}
