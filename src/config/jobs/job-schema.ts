/** What a file in `jobs/` may say, by its kind. */

import { z } from "zod";
import { duration } from "#config/values/duration.ts";
import { scheduleSchema } from "#config/values/schedule.ts";
import { sendingSettings } from "#config/values/sending.ts";
import { offsetOf } from "#config/values/timing.ts";
import { type JobFile, maintenanceTasks, questions } from "#core/jobs/job-file.ts";
import { republishModes } from "#core/publishing/republish.ts";
import { addressProblem } from "#core/readers/subscriber.ts";

type JobKind = JobFile["kind"];

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
    .default("last-run")
    .describe(
      "last-run: what appeared since the job began; a duration such as 7d: at most so old. A post is in one edition only.",
    ),
  tags: names.default([]).describe("Only posts with one of these tags."),
  authors: names.default([]).describe("Only posts by one of these authors."),
  limit: z
    .int()
    .positive()
    .max(100)
    .optional()
    .describe("At most so many, the oldest first; the rest waits for the next edition."),
  order: z.enum(["newest", "oldest"]).default("newest").describe("Which stands first in the mail."),
  group: z.enum(["none", "tag", "author"]).default("none").describe("One heading for each tag or author."),
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
  const common = {
    description: z.string().default("").describe("What it is for, in a sentence; `postrider jobs list` shows it."),
    schedule: scheduleSchema(timezone)
      .optional()
      .describe(
        "When it runs: words such as every friday at 09:00, or a mapping. Absent: when an operator runs it; a job that publishes: at once.",
      ),
  };
  const kind = <K extends JobKind>(name: K, what: string) => z.literal(name).describe(what);
  const { pace, stopAfterFailures, ...sending } = sendingSettings;
  return {
    publish: z.strictObject({
      kind: kind("publish", "Publishes every post that appears, once."),
      ...common,
      channels: names.min(1).describe("Names of channels of postrider.yaml, to which the posts go."),
      after: z
        .record(z.string(), offset(timezone))
        .optional()
        .describe("By channel: so long after the post is ready (+10m), or at the next such time (next weekday 09:00)."),
    }),
    campaign: z.strictObject({
      kind: kind("campaign", "Mails one post, or a digest of the posts since the last edition, to a list."),
      ...common,
      channels: names.min(1).describe("Names of channels of mail of postrider.yaml."),
      post: z.string().min(1).optional().describe("A file, from the folder of the site on: this post, and no digest."),
      posts: posts.prefault({}).describe("Which posts a digest has."),
      audience: z
        .strictObject({
          list: z.string().min(1).optional().describe("The list that is mailed. Default: that of the channel."),
          segment: sending.segment,
        })
        .refine(({ list, segment }) => list !== undefined || segment !== undefined, {
          error: "needs a list or a segment",
        })
        .optional()
        .describe("Who gets it. Default: the list of the channel."),
      pace: pace
        .unwrap()
        .extend({ stopAfterFailures })
        .optional()
        .describe(pace.description ?? ""),
      stopAfterFailures,
      ...sending,
      intro: z
        .union([
          z.string().min(1),
          z.strictObject({ file: z.string().min(1).describe("A Markdown file, from the folder of the site on.") }),
        ])
        .optional()
        .describe("Words above the posts of a digest: Markdown, or the file that holds it."),
      whenEmpty: z
        .string()
        .min(1)
        .optional()
        .describe("Words of a mail for when there is no new post. Default: then there is no mail."),
      subject: subject
        .optional()
        .describe(`The subject of a digest, with ${placeholders.map((name) => `{${name}}`).join(", ")} filled in.`),
      template: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]*$/, { error: "expected the name of a file in templates/email, without its ending" })
        .optional()
        .describe("A file of templates/email, without its ending. Default: digest."),
      language: z.string().min(2).optional().describe("Of the words around the posts. Default: the site's."),
      review: z
        .strictObject({
          to: z.array(address).min(1).describe("Addresses of those who get a test mail; one of them is enough."),
          expires: duration.prefault("24h").describe("After so long nobody gets the edition. Default 24h."),
        })
        .optional()
        .describe("Nobody gets an edition before somebody has looked at it and agreed."),
    }),
    republish: z.strictObject({
      kind: kind("republish", "Sends a post again, or edits it where it stands, on an operator's word."),
      ...common,
      post: z.string().min(1).optional().describe("A file, from the folder of the site on."),
      channels: names.min(1).optional().describe("Names of channels. Default: all where the post is."),
      mode: z
        .enum(republishModes)
        .optional()
        .describe(
          "retry: what was refused or is uncertain; update: edits what is out, mails nobody; repost: once more to everybody.",
        ),
      reason: z.string().min(1).optional().describe("Why; kept in the ledger. A repost needs one."),
      replace: z
        .boolean()
        .optional()
        .describe("With update: where a network can't edit, the post is deleted there and posted again."),
      ask: z
        .array(z.enum(questions))
        .optional()
        .describe("What the operator has to say. What is fixed here can't be changed."),
    }),
    maintenance: z.strictObject({
      kind: kind("maintenance", "Keeps house."),
      ...common,
      tasks: z
        .array(z.enum(maintenanceTasks))
        .min(1)
        .describe("sweep: heal what a crash left; feeds: write them anew; prune: drop what was kept long enough."),
      keep: duration
        .prefault("90d")
        .describe("prune keeps runs with nothing to do if they are younger. What led to something stays. Default 90d."),
      keepMails: duration
        .optional()
        .describe(
          "prune drops mails as they went out, of campaigns that are over for so long. Default: they are kept.",
        ),
      keepEvents: duration
        .optional()
        .describe(
          "prune sums up what happened to single deliveries so long ago. Decisions stay. Default: all is kept.",
        ),
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
