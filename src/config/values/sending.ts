/** The settings of every email channel: how it sends to many readers. */

import { z } from "zod";
import { messageOf } from "#core/errors.ts";
import { parseSegment } from "#core/readers/segment.ts";
import { type SendingRules, stopCanaryAtDefault } from "#core/sending/sending.ts";
import { suggestion } from "#core/spelling.ts";
import { isTimezone } from "./timezone.ts";

const count = z.int().positive();
const rate = {
  perSecond: count.optional().describe("The maximum number of emails per second."),
  perMinute: count.optional().describe("The maximum number of emails per minute."),
  perHour: count.optional().describe("The maximum number of emails per hour."),
  perDay: count.optional().describe("The maximum number of emails per day."),
};
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time of day such as "22:00"' });
const timezone = z.string().refine(isTimezone, { error: "expected a time zone such as Europe/Berlin" });

export const quietHours = z
  .strictObject({
    from: time.describe("Start, such as 22:00."),
    to: time.describe("End, such as 07:00."),
    timezone: timezone.optional().describe("A time zone such as Europe/London. Default: the site's time zone."),
  })
  .describe("Nothing is sent between these times of the day.");

export const sendingSettings = {
  pace: z
    .strictObject({
      ...rate,
      domains: z
        .record(z.string().toLowerCase(), z.strictObject(rate))
        .optional()
        .describe("Limits by the domain of the recipients."),
      warmUp: z
        .strictObject({
          start: z.iso.date().describe("The first day, such as 2027-01-05."),
          perDay: z
            .array(count)
            .min(1)
            .describe(
              "Number of emails on the first day, the second day, and so on. After the last of them the limit ends.",
            ),
        })
        .optional()
        .describe("Warm-up of a new sender: few emails at first, then more."),
    })
    .optional()
    .describe("How fast emails are sent. Default: as fast as the relay accepts them."),
  segment: z
    .string()
    .min(1)
    .optional()
    .describe("Send only to this part of the list: the name of a segment in postrider.yaml, or an expression."),
  holdSeconds: z
    .number()
    .min(0)
    .optional()
    .describe("Seconds to wait before the first email. Until then you can cancel it. Default: 0."),
  canary: z
    .strictObject({
      share: z.number().positive().max(1).default(0.01).describe("Size of the first share: 0.01 is 1 %."),
      minimum: count.default(50).describe("The smallest number of readers in the first share."),
      waitSeconds: z.number().positive().default(600).describe("How long the other readers wait."),
      stopAtFailures: z
        .number()
        .positive()
        .max(1)
        .default(stopCanaryAtDefault)
        .describe("The campaign stops if more than this share of the first emails was refused or is uncertain."),
    })
    .optional()
    .describe("A small share of the readers gets the email first. The others follow if it went well."),
  subjectTest: z
    .strictObject({
      share: z.number().positive().max(1).default(0.2).describe("The share of readers who get the test: 0.2 is 20 %."),
      waitSeconds: z
        .number()
        .positive()
        .default(4 * 3600)
        .describe("How long the other readers wait."),
      winner: z
        .enum(["by-hand", "fewest-left"])
        .default("by-hand")
        .describe(
          "How the winner is chosen: by you (by-hand), or by the smallest share of readers who left or complained (fewest-left).",
        ),
    })
    .optional()
    .describe("If a post has several subjects, a share of the readers gets them first as a test."),
  stopAfterFailures: count
    .optional()
    .describe("The campaign pauses after this number of refused or uncertain emails. Default: never."),
  stopAtComplaints: z
    .number()
    .positive()
    .max(1)
    .optional()
    .describe("The campaign pauses if complaints exceed this share of the accepted emails. Default: 0.003."),
  readerTime: time.optional().describe("The local time at which each reader gets the email, such as 08:00."),
  quiet: quietHours.optional(),
  lateAfterHours: z
    .number()
    .positive()
    .optional()
    .describe("An email that is this many hours late is not sent until you resume it. Default: 12."),
};
const schema = z.strictObject(sendingSettings);

/** Splits the settings into those that every email channel has and those of the adapter. */
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

/** @param fallback - the site's time zone, for quiet hours and readers without one. */
export function sendingSchema(fallback: string, segments: Readonly<Record<string, string>>): z.ZodType<SendingRules> {
  return schema.transform(({ quiet, readerTime, segment, ...rules }, context) => ({
    ...rules,
    ...(segment !== undefined && { segment: segmentNamed(segment, segments, context) }),
    ...(readerTime && { readerTime: { at: readerTime, timezone: fallback } }),
    ...(quiet && { quiet: { timezone: fallback, ...quiet } }),
  })) as unknown as z.ZodType<SendingRules>;
}

/** Replaces a segment's name by its expression, because the name may mean something else when the publication is sent. */
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
