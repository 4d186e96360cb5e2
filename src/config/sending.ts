/** The settings that every channel of mail has, whatever its adapter: how it sends to many. */

import { z } from "zod";
import { messageOf } from "#core/errors.ts";
import { parseSegment } from "#core/segment.ts";
import { type SendingRules, stopCanaryAtDefault } from "#core/sending.ts";
import { suggestion } from "#core/spelling.ts";
import { isTimezone } from "./timezone.ts";

const count = z.int().positive();
const rate = {
  perSecond: count.optional(),
  perMinute: count.optional(),
  perHour: count.optional(),
  perDay: count.optional(),
};
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time of day such as "22:00"' });
const timezone = z.string().refine(isTimezone, { error: "expected a time zone such as Europe/Berlin" });

/** Between these times of the day nothing goes out. */
export const quietHours = z.strictObject({ from: time, to: time, timezone: timezone.optional() });

export const sendingSettings = {
  pace: z
    .strictObject({
      ...rate,
      domains: z.record(z.string().toLowerCase(), z.strictObject(rate)).optional(),
      warmUp: z.strictObject({ start: z.iso.date(), perDay: z.array(count).min(1) }).optional(),
    })
    .optional(),
  /** A name from `segments`, or an expression. */
  segment: z.string().min(1).optional(),
  holdSeconds: z.number().min(0).optional(),
  canary: z
    .strictObject({
      share: z.number().positive().max(1).default(0.01),
      minimum: count.default(50),
      waitSeconds: z.number().positive().default(600),
      stopAtFailures: z.number().positive().max(1).default(stopCanaryAtDefault),
    })
    .optional(),
  subjectTest: z
    .strictObject({
      share: z.number().positive().max(1).default(0.2),
      waitSeconds: z
        .number()
        .positive()
        .default(4 * 3600),
      winner: z.enum(["by-hand", "fewest-left"]).default("by-hand"),
    })
    .optional(),
  stopAfterFailures: count.optional(),
  stopAtComplaints: z.number().positive().max(1).optional(),
  readerTime: time.optional(),
  quiet: quietHours.optional(),
  lateAfterHours: z.number().positive().optional(),
};
const schema = z.strictObject(sendingSettings);

/** Parted into what every mail channel has and what only its adapter knows. */
export function splitSending(settings: Record<string, unknown>): {
  sending: Record<string, unknown>;
  own: Record<string, unknown>;
} {
  const entries = Object.entries(settings);
  return {
    sending: Object.fromEntries(entries.filter(([key]) => key in sendingSettings)),
    own: Object.fromEntries(entries.filter(([key]) => !(key in sendingSettings))),
  };
}

/** @param fallback - the site's time zone, for quiet hours that name none and readers that have told none. */
export function sendingSchema(fallback: string, segments: Readonly<Record<string, string>>): z.ZodType<SendingRules> {
  return schema.transform(({ quiet, readerTime, segment, ...rules }, context) => ({
    ...rules,
    ...(segment !== undefined && { segment: segmentNamed(segment, segments, context) }),
    ...(readerTime && { readerTime: { at: readerTime, timezone: fallback } }),
    ...(quiet && { quiet: { timezone: fallback, ...quiet } }),
  })) as unknown as z.ZodType<SendingRules>;
}

/** What goes out is decided by the expression as it was when the publication was: a name may mean something else by then. */
function segmentNamed(
  wanted: string,
  segments: Readonly<Record<string, string>>,
  context: z.core.$RefinementCtx,
): string {
  const known = Object.hasOwn(segments, wanted) ? segments[wanted] : undefined;
  if (known !== undefined) return known;
  try {
    parseSegment(wanted);
  } catch (error) {
    const names = Object.keys(segments);
    const message = /^[a-z][a-z0-9-]*$/.test(wanted)
      ? `unknown segment "${wanted}"; ${suggestion(wanted, names) || `known: ${names.join(", ") || "none"}`}`
      : messageOf(error);
    context.addIssue({ code: "custom", path: ["segment"], message });
  }
  return wanted;
}
