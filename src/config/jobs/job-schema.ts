/** The schema of a job file, by its kind. */

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
const address = z.string().refine((text) => !addressProblem(text), { error: "expected an email address" });
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
      "last-run: posts that appeared since the job began. A duration such as 7d: posts that are not older. Each post is in one edition only.",
    ),
  tags: names.default([]).describe("Only posts with one of these tags."),
  authors: names.default([]).describe("Only posts by one of these authors."),
  limit: z
    .int()
    .positive()
    .max(100)
    .optional()
    .describe("The greatest number of posts, oldest first. The rest waits for the next edition."),
  order: z.enum(["newest", "oldest"]).default("newest").describe("Which post is first in the email."),
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
    description: z
      .string()
      .default("")
      .describe("What the job is for, in one sentence. `postrider jobs list` shows it."),
    schedule: scheduleSchema(timezone)
      .optional()
      .describe(
        "When the job runs: words such as every friday at 09:00, or a mapping. Without it, an operator runs the job; a publish job acts at once.",
      ),
  };
  const kind = <K extends JobKind>(name: K, what: string) => z.literal(name).describe(what);
  const { pace, stopAfterFailures, ...sending } = sendingSettings;
  return {
    publish: z.strictObject({
      kind: kind("publish", "Publishes every new post once."),
      ...common,
      channels: names.min(1).describe("Names of the channels in postrider.yaml to publish to."),
      after: z
        .record(z.string(), offset(timezone))
        .optional()
        .describe("By channel: how long after the post is ready (+10m), or at which next time (next weekday 09:00)."),
    }),
    campaign: z.strictObject({
      kind: kind("campaign", "Sends one post, or a digest of the posts since the last edition, to a list by email."),
      ...common,
      channels: names.min(1).describe("Names of email channels in postrider.yaml."),
      post: z
        .string()
        .min(1)
        .optional()
        .describe("The file of one post, relative to the site folder. Sends this post instead of a digest."),
      posts: posts.prefault({}).describe("Which posts are in the digest."),
      audience: z
        .strictObject({
          list: z.string().min(1).optional().describe("The list to send to. Default: the channel's list."),
          segment: sending.segment,
        })
        .refine(({ list, segment }) => list !== undefined || segment !== undefined, {
          error: "needs a list or a segment",
        })
        .optional()
        .describe("Who gets it. Default: the channel's list."),
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
          z.strictObject({ file: z.string().min(1).describe("A Markdown file, relative to the site folder.") }),
        ])
        .optional()
        .describe("Text above the posts of a digest: Markdown, or the name of a Markdown file."),
      whenEmpty: z
        .string()
        .min(1)
        .optional()
        .describe("Text of the email when there is no new post. Default: no email is sent then."),
      subject: subject
        .optional()
        .describe(`The subject of a digest, with ${placeholders.map((name) => `{${name}}`).join(", ")} filled in.`),
      template: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]*$/, { error: "expected the name of a file in templates/email, without .mjml" })
        .optional()
        .describe("The name of a file in templates/email, without .mjml. Default: digest."),
      language: z
        .string()
        .min(2)
        .optional()
        .describe("Language of the text around the posts. Default: the site's language."),
      review: z
        .strictObject({
          to: z
            .array(address)
            .min(1)
            .describe("Email addresses of the reviewers. Each gets a test email. One approval is enough."),
          expires: duration
            .prefault("24h")
            .describe("How long the edition waits for approval. After that it is not sent. Default: 24h."),
        })
        .optional()
        .describe("An edition is sent only after a reviewer has approved it."),
    }),
    republish: z.strictObject({
      kind: kind("republish", "Sends a post again, or edits its published copies. An operator decides."),
      ...common,
      post: z.string().min(1).optional().describe("The file of the post, relative to the site folder."),
      channels: names
        .min(1)
        .optional()
        .describe("Names of channels. Default: all channels that the post was published to."),
      mode: z
        .enum(republishModes)
        .optional()
        .describe(
          "retry: what was refused or is uncertain; update: edits what is out, mails nobody; repost: once more to everybody.",
        ),
      reason: z.string().min(1).optional().describe("The reason, recorded in the ledger. A repost needs one."),
      replace: z
        .boolean()
        .optional()
        .describe("With update: if a network can't edit, delete the post there and post it again."),
      ask: z
        .array(z.enum(questions))
        .optional()
        .describe("What the operator fills in when running the job. Other values are fixed by this file."),
    }),
    maintenance: z.strictObject({
      kind: kind("maintenance", "Maintenance: recovers unfinished work, rebuilds feeds, deletes old records."),
      ...common,
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
