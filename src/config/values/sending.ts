/** The settings that every channel of mail has, whatever its adapter: how it sends to many. */

import { z } from "zod";
import { messageOf } from "#core/errors.ts";
import { parseSegment } from "#core/readers/segment.ts";
import { type SendingRules, stopCanaryAtDefault } from "#core/sending/sending.ts";
import { suggestion } from "#core/spelling.ts";
import { isTimezone } from "./timezone.ts";

const count = z.int().positive();
const rate = {
  perSecond: count.optional().describe("At most so many mails a second."),
  perMinute: count.optional().describe("At most so many mails a minute."),
  perHour: count.optional().describe("At most so many mails an hour."),
  perDay: count.optional().describe("At most so many mails a day."),
};
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time of day such as "22:00"' });
const timezone = z.string().refine(isTimezone, { error: "expected a time zone such as Europe/Berlin" });

export const quietHours = z
  .strictObject({
    from: time.describe("When it begins, such as 22:00."),
    to: time.describe("When it ends, such as 07:00."),
    timezone: timezone.optional().describe("Whose clocks are meant. Default: the site's time zone."),
  })
  .describe("Between these times of the day nothing goes out.");

export const sendingSettings = {
  pace: z
    .strictObject({
      ...rate,
      domains: z
        .record(z.string().toLowerCase(), z.strictObject(rate))
        .optional()
        .describe("Limits for recipients of a domain, by its name."),
      warmUp: z
        .strictObject({
          start: z.iso.date().describe("The first day, such as 2027-01-05."),
          perDay: z
            .array(count)
            .min(1)
            .describe("Mails on the first day, the second, and so on; after the last, no such limit."),
        })
        .optional()
        .describe("How a new address of a sender is made known: few mails at first, then more."),
    })
    .optional()
    .describe("How fast mails go out. Default: as fast as the relay takes them."),
  segment: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Only those of the list whom this describes: a name from `segments` of postrider.yaml, or an expression.",
    ),
  holdSeconds: z
    .number()
    .min(0)
    .optional()
    .describe("Seconds between the decision and the first mail, in which it can be taken back. Default 0."),
  canary: z
    .strictObject({
      share: z.number().positive().max(1).default(0.01).describe("How large the first share is, of 1."),
      minimum: count.default(50).describe("It has at least so many readers."),
      waitSeconds: z.number().positive().default(600).describe("How long the rest waits."),
      stopAtFailures: z
        .number()
        .positive()
        .max(1)
        .default(stopCanaryAtDefault)
        .describe("The rest is stopped when more than this share of the first was refused or is uncertain."),
    })
    .optional()
    .describe("A share of the readers gets it first; the rest follows unless it was stopped."),
  subjectTest: z
    .strictObject({
      share: z.number().positive().max(1).default(0.2).describe("How many of the readers try the subjects, of 1."),
      waitSeconds: z
        .number()
        .positive()
        .default(4 * 3600)
        .describe("How long the rest waits."),
      winner: z
        .enum(["by-hand", "fewest-left"])
        .default("by-hand")
        .describe("Who chooses: you, or the smallest share of readers that left or complained."),
    })
    .optional()
    .describe("Where a post has several subjects, a share of the readers tries them before the rest."),
  stopAfterFailures: count
    .optional()
    .describe("Pauses the campaign after so many refused or uncertain mails. Default: never."),
  stopAtComplaints: z
    .number()
    .positive()
    .max(1)
    .optional()
    .describe("Pauses it when more than this share of the accepted mails was complained of. Default 0.003."),
  readerTime: time.optional().describe("Each reader gets it when their own clock shows this, such as 08:00."),
  quiet: quietHours.optional(),
  lateAfterHours: z
    .number()
    .positive()
    .optional()
    .describe("Hours after which what should have gone waits for somebody's word. Default 12."),
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
