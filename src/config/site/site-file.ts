/** What may stand in `postrider.yaml`, key by key. */

import { z } from "zod";
import { isTimezone } from "#config/values/timezone.ts";
import { bouncesSchema } from "./bounces.ts";
import { overrides } from "./content.ts";
import { listsSchema } from "./lists.ts";
import { retentionSchema } from "./retention.ts";
import { segmentsSchema } from "./segments.ts";

const httpUrl = z.url({ protocol: /^https?$/, error: "expected an address that begins with https://" });
const timezone = z.string().refine(isTimezone, { error: "expected a time zone such as Europe/Berlin" });
const language = z.string().refine(isLanguage, { error: "expected a language tag such as en or pt-BR" });

/** Defaults are filled in; names of adapters, presets, rules and variables are for whoever knows them. */
export const siteFile = z.strictObject({
  site: z
    .strictObject({
      title: z.string().min(1).describe("Above mails, in feeds, in the archive."),
      url: httpUrl.describe("Where the blog is."),
      description: z.string().default("").describe("What it is about, in a sentence."),
      language: language.default("en").describe("Of posts that name none, and of the words around them."),
      timezone: timezone.default("UTC").describe("Of dates that name none, and of schedules."),
      postalAddress: z.string().optional().describe("Below every mail: in many countries the law asks for it."),
      logo: z.string().optional().describe("An address, or a picture's file, from the folder of this file on."),
    })
    .describe("What the blog is called, and where it is."),
  content: z
    .strictObject({
      dir: z.string().min(1).default("content/posts").describe("The folder of the posts, from that of this file on."),
      preset: z.string().min(1).default("plain").describe("Whose conventions the posts follow: plain, hugo, jekyll…"),
      syndication: z.boolean().optional().describe("Writes the address of each copy into the post's front matter."),
      ...overrides,
    })
    .prefault({})
    .describe("Where the posts are, and how they are meant."),
  pictures: z
    .strictObject({
      attach: z.boolean().optional().describe("Every picture travels in the mail."),
      hosts: z
        .array(z.string().regex(/^[\w.-]+(:\d+)?$/, { error: "expected a host such as cdn.example.org" }))
        .default([])
        .describe("From where pictures may be fetched besides the site itself."),
      publish: z
        .union(
          [
            z.literal("server"),
            z.strictObject({
              dir: z.string().min(1).describe("The folder, from that of this file on."),
              url: httpUrl.describe("Where what lies in it is found."),
            }),
          ],
          {
            error: 'expected "server", or a folder and its address: { dir: …, url: https://… }',
          },
        )
        .optional()
        .describe("Where converted pictures are found: `serve` gives them out, or a folder that you publish."),
    })
    .prefault({})
    .describe("What becomes of the pictures of a mail."),
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
        .describe("A proxy stands before it, and its word on where a request came from counts."),
      metrics: z.boolean().default(true).describe("Whether /metrics is answered."),
    })
    .prefault({})
    .describe("How `postrider serve` is reached."),
  bounces: bouncesSchema.describe("What is done about mails that come back."),
  writer: z
    .strictObject({
      url: httpUrl.describe("Of an endpoint for chat completions."),
      model: z.string().min(1).describe("The model's name there."),
      token: z.string().min(1).optional().describe("What the endpoint asks for."),
      timeoutSeconds: z.int().min(1).max(120).default(20).describe("How long it may take."),
    })
    .optional()
    .describe("A language model that writes notes, on every channel that doesn't say `writer: false`."),
  retention: retentionSchema.describe("After how many days what is known of people is erased."),
  git: z
    .strictObject({
      secret: z
        .string()
        .min(16, { error: "expected at least 16 characters" })
        .describe("With which the Git host signs what it sends to /webhooks/git."),
      branch: z
        .string()
        .regex(/^[\w][\w./-]*$/, { error: "expected the name of a branch" })
        .default("main")
        .describe("The branch whose pushes count."),
    })
    .optional()
    .describe("A Git host may tell of a push: it is pulled, and what appears goes to the jobs."),
  alerts: z
    .strictObject({ url: httpUrl.optional().describe("An incoming webhook of a chat, or a program's.") })
    .prefault({})
    .describe("Where it is posted when something goes wrong."),
  lists: listsSchema.describe("What readers see of a list, and what is seen of them. Not every list must be here."),
  segments: segmentsSchema.describe("Expressions about readers, by a name: regulars: \"tag = 'regular'\"."),
  channels: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
        error: "a channel's name has small letters, digits and hyphens, and begins with a letter",
      }),
      z.looseObject({ adapter: z.string().describe("The network, or a file of your own such as ./adapters/mine.js.") }),
    )
    .refine((channels) => Object.keys(channels).length > 0, { error: "add at least one channel" })
    .describe("Where posts go, each under a name of yours."),
});

export type SiteFile = z.infer<typeof siteFile>;

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
