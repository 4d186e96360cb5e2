/** Items of lists about readers. */

import { z } from "zod";
import { time } from "./common.ts";
import { attributes, listCounts, state, subscriber, suppression, suppressionReason } from "./reader.ts";

export const readerItem = z.strictObject({
  id: z.string().meta({ examples: ["1204"] }),
  address: z.string().meta({ examples: ["ada@example.org"] }),
  name: z.string().nullable(),
  language: z.string().nullable(),
  attributes,
  createdAt: time,
  lists: z.array(z.strictObject({ name: z.string(), state, since: time })),
  suppressed: suppressionReason
    .nullable()
    .describe("Why they get no email from any list; null: they are not suppressed"),
});

export const shownReader = z.strictObject({ id: z.string().meta({ examples: ["1204"] }), ...subscriber.shape });

export const suppressionItem = z.strictObject({ id: z.string().meta({ examples: ["17"] }), ...suppression.shape });

export const bounceItem = z.strictObject({
  id: z.string().meta({ examples: ["31"] }),
  at: time,
  kind: z.enum(["hard", "soft", "complaint", "auto-reply", "unsubscribe", "unknown"]),
  counts: z.boolean().describe("Whether it counts towards a suppression"),
  status: z.string().nullable().describe("Enhanced status code (RFC 3463)"),
  source: z.string(),
  why: z.string(),
  diagnostic: z.string().nullable(),
  effect: z.enum(["suppressed", "counted", "noted", "unsubscribed"]),
  delivery: z.string().nullable().describe("The id of the delivery that came back"),
  subscriber: z.string().nullable().describe("The id of the reader"),
});

export const listItem = z.strictObject({
  ...listCounts.shape,
  channels: z.array(z.string()).describe("The channels that send to it"),
});

export const segmentItem = z.strictObject({
  name: z.string(),
  expression: z.string().meta({ examples: ['city = "Bern"'] }),
  list: z.string(),
  readers: z.int().describe("Readers who would get an email"),
  suppressed: z.int(),
  of: z.int().describe("All readers of the list who get email"),
  warnings: z.array(z.string()),
});
