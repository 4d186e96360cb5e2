/** The schema of `postrider.yaml`. */

import { z } from "zod";
import { isTimezone } from "#config/values/timezone.ts";
import { bouncesSchema } from "./bounces.ts";
import { consoleSchema } from "./console.ts";
import { overrides } from "./content.ts";
import { listsSchema } from "./lists.ts";
import { retentionSchema } from "./retention.ts";
import { segmentsSchema } from "./segments.ts";
import { webhooksSchema } from "./webhooks.ts";

const httpUrl = z.url({ protocol: /^https?$/, error: "expected an address that begins with https://" });
const timezone = z.string().refine(isTimezone, { error: "expected a time zone such as Europe/Berlin" });
const language = z.string().refine(isLanguage, { error: "expected a language tag such as en or pt-BR" });

/** Sets default values. Names of adapters, presets, rules and variables are checked elsewhere. */
export const siteFile = z.strictObject({
  site: z
    .strictObject({
      title: z.string().min(1).describe("The name of the blog. Shown in emails, feeds and the archive."),
      url: httpUrl.describe("The address of the blog."),
      description: z.string().default("").describe("What the blog is about, in one sentence."),
      language: language.default("en").describe("Language of the text around posts, and of posts that don't set one."),
      timezone: timezone.default("UTC").describe("Time zone of schedules, and of dates that don't set one."),
      postalAddress: z
        .string()
        .optional()
        .describe("Postal address at the end of every email. Many countries require it by law."),
      logo: z.string().optional().describe("A URL, or a picture file relative to this file."),
    })
    .describe("The blog's name and address."),
  content: z
    .strictObject({
      dir: z.string().min(1).default("content/posts").describe("The folder of the posts, relative to this file."),
      preset: z
        .string()
        .min(1)
        .default("plain")
        .describe("The site generator whose conventions the posts follow: plain, hugo, jekyll…"),
      syndication: z
        .boolean()
        .optional()
        .describe("Whether the address of each copy is written into the post's front matter."),
      ...overrides,
    })
    .prefault({})
    .describe("Where the posts are, and how to read them."),
  pictures: z
    .strictObject({
      attach: z.boolean().optional().describe("Whether pictures are attached to the email instead of linked."),
      hosts: z
        .array(z.string().regex(/^[\w.-]+(:\d+)?$/, { error: "expected a host such as cdn.example.org" }))
        .default([])
        .describe("Hosts besides the site itself from which pictures may be fetched."),
      publish: z
        .union(
          [
            z.literal("server"),
            z.strictObject({
              dir: z.string().min(1).describe("The folder to write to, relative to this file."),
              url: httpUrl.describe("The public address of this folder."),
            }),
          ],
          {
            error: 'expected "server", or a folder and its address: { dir: …, url: https://… }',
          },
        )
        .optional()
        .describe("How converted pictures are published: by `serve` (server), or in a folder that you publish."),
    })
    .prefault({})
    .describe("Pictures in emails."),
  server: z
    .strictObject({
      url: httpUrl.optional().describe("The public address of feeds, archive and unsubscribe links."),
      listen: z
        .string()
        .regex(/^(\[[\da-f:]+\]|[^:\s]+):\d{1,5}$/i, 'expected host:port, such as "127.0.0.1:8420"')
        .default("127.0.0.1:8420")
        .describe("Host and port where `serve` listens."),
      behindProxy: z
        .boolean()
        .default(false)
        .describe("Set to true behind a reverse proxy. The client's address is then read from its headers."),
      requestsPerMinute: z
        .int()
        .min(10)
        .max(1_000_000)
        .default(6_000)
        .describe("How many requests to the API each token may send in a minute."),
      metrics: z.boolean().default(true).describe("Whether /metrics is available."),
    })
    .prefault({})
    .describe("The HTTP server of `postrider serve`."),
  bounces: bouncesSchema.describe("How bounces are handled."),
  writer: z
    .strictObject({
      url: httpUrl.describe("Address of a chat completions endpoint."),
      model: z.string().min(1).describe("Name of the model."),
      token: z.string().min(1).optional().describe("API token of the endpoint."),
      timeoutSeconds: z.int().min(1).max(120).default(20).describe("How long to wait for an answer."),
    })
    .optional()
    .describe("A language model that writes notes for every channel without `writer: false`."),
  retention: retentionSchema.describe("Number of days after which personal data is erased."),
  git: z
    .strictObject({
      secret: z
        .string()
        .min(16, { error: "expected at least 16 characters" })
        .describe("The secret with which the Git host signs its calls of /webhooks/git."),
      branch: z
        .string()
        .regex(/^[\w][\w./-]*$/, { error: "expected the name of a branch" })
        .default("main")
        .describe("The branch to follow."),
    })
    .optional()
    .describe("Lets a Git host report pushes. Postrider then pulls, and the jobs get the new posts."),
  alerts: z
    .strictObject({ url: httpUrl.optional().describe("The incoming webhook of a chat, or of your own program.") })
    .prefault({})
    .describe("Where to report problems."),
  webhooks: webhooksSchema.describe("Addresses of your programs that are told what happens."),
  console: consoleSchema.describe("The pages of `postrider serve` for the people who work with the site."),
  lists: listsSchema.describe("Settings of lists by name. A list with default settings can be left out."),
  segments: segmentsSchema.describe(
    "Segments: expressions about readers by name, such as regulars: \"tag = 'regular'\".",
  ),
  channels: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
        error: "a channel's name has small letters, digits and hyphens, and begins with a letter",
      }),
      z.looseObject({
        adapter: z.string().describe("The network, or your own adapter file such as ./adapters/mine.js."),
      }),
    )
    .refine((channels) => Object.keys(channels).length > 0, { error: "add at least one channel" })
    .describe("Where posts are published. You choose the name of each channel."),
});

export type SiteFile = z.infer<typeof siteFile>;

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
