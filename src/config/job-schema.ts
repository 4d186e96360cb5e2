/** What a file in `jobs/` may say, by its kind. */

import { z } from "zod";
import { maintenanceTasks, questions } from "#core/job-file.ts";
import { republishModes } from "#core/republish.ts";
import { addressProblem } from "#core/subscriber.ts";
import { duration } from "./duration.ts";
import { scheduleSchema } from "./schedule.ts";
import { sendingSettings } from "./sending.ts";
import { offsetOf } from "./timing.ts";

const names = z.array(z.string().min(1));
const address = z.string().refine((text) => !addressProblem(text), { error: "expected an address of mail" });
const placeholders = ["number", "date", "count", "first", "site"];
const subject = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    for (const [whole, name = ""] of text.matchAll(/\{([^{}]*)\}/g))
      if (!placeholders.includes(name))
        context.addIssue(`there is no ${whole}; known: ${placeholders.map((each) => `{${each}}`).join(", ")}`);
  });

const posts = z.strictObject({
  since: z
    .union([z.literal("last-run"), duration], { error: "expected last-run, or a duration such as 7d" })
    .default("last-run"),
  tags: names.default([]),
  authors: names.default([]),
  limit: z.int().positive().max(100).optional(),
  order: z.enum(["newest", "oldest"]).default("newest"),
  group: z.enum(["none", "tag", "author"]).default("none"),
});

/** In place of a channel's own `after`. */
function offset(timezone: string) {
  return z.string().superRefine((text, context) => {
    if (!offsetOf(text, timezone))
      context.addIssue("expected an offset such as +10m, or a time such as next weekday 09:00");
  });
}

/** One schema for each kind. @param timezone - the site's, for schedules that name none. */
export function jobSchemas(timezone: string) {
  const common = { description: z.string().default(""), schedule: scheduleSchema(timezone).optional() };
  const { pace, stopAfterFailures, ...sending } = sendingSettings;
  return {
    publish: z.strictObject({
      kind: z.literal("publish"),
      ...common,
      channels: names.min(1),
      after: z.record(z.string(), offset(timezone)).optional(),
    }),
    campaign: z.strictObject({
      kind: z.literal("campaign"),
      ...common,
      channels: names.min(1),
      post: z.string().min(1).optional(),
      posts: posts.prefault({}),
      audience: z
        .strictObject({ list: z.string().min(1).optional(), segment: z.string().min(1).optional() })
        .refine(({ list, segment }) => list !== undefined || segment !== undefined, {
          error: "needs a list or a segment",
        })
        .optional(),
      pace: pace.unwrap().extend({ stopAfterFailures }).optional(),
      stopAfterFailures,
      ...sending,
      intro: z.union([z.string().min(1), z.strictObject({ file: z.string().min(1) })]).optional(),
      whenEmpty: z.string().min(1).optional(),
      subject: subject.optional(),
      template: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]*$/, { error: "expected the name of a file in templates/email, without its ending" })
        .optional(),
      language: z.string().min(2).optional(),
      review: z.strictObject({ to: z.array(address).min(1), expires: duration.prefault("24h") }).optional(),
    }),
    republish: z.strictObject({
      kind: z.literal("republish"),
      ...common,
      post: z.string().min(1).optional(),
      channels: names.min(1).optional(),
      mode: z.enum(republishModes).optional(),
      reason: z.string().min(1).optional(),
      replace: z.boolean().optional(),
      ask: z.array(z.enum(questions)).optional(),
    }),
    maintenance: z.strictObject({
      kind: z.literal("maintenance"),
      ...common,
      tasks: z.array(z.enum(maintenanceTasks)).min(1),
      keep: duration.prefault("90d"),
    }),
  };
}

export type Declaration = z.output<ReturnType<typeof jobSchemas>[keyof ReturnType<typeof jobSchemas>]>;

/** JSON Schema (2020-12), for editors. */
export function jobJsonSchema(): unknown {
  const { $schema, ...rest } = z.toJSONSchema(z.discriminatedUnion("kind", kindsOf()), { io: "input" });
  return { $schema, title: "A job of Postrider", ...rest };
}

function kindsOf() {
  const { publish, campaign, republish, maintenance } = jobSchemas("UTC");
  return [publish, campaign, republish, maintenance] as const;
}
