/** The schema of a job that sends a post or a digest to a list by email. */

import { z } from "zod";
import { duration } from "#config/values/duration.ts";
import { sendingSettings } from "#config/values/sending.ts";
import { addressProblem } from "#core/readers/subscriber.ts";
import { common, kindOf, names } from "./common.ts";

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
    .describe("The maximum number of posts. The oldest come first; the others wait for the next edition."),
  order: z.enum(["newest", "oldest"]).default("newest").describe("Which post is first in the email."),
  group: z.enum(["none", "tag", "author"]).default("none").describe("One heading for each tag or author."),
});

export function campaignSchema(timezone: string) {
  const { pace, stopAfterFailures, ...sending } = sendingSettings;
  return z.strictObject({
    kind: kindOf("campaign", "Sends one post, or a digest of the posts since the last edition, to a list by email."),
    ...common(timezone),
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
  });
}
