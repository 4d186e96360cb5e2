/** What may stand in `postrider.yaml`, key by key. */

import { z } from "zod";
import { bouncesSchema } from "./bounces.ts";
import { overrides } from "./content.ts";
import { listsSchema } from "./lists.ts";
import { retentionSchema } from "./retention.ts";
import { segmentsSchema } from "./segments.ts";
import { isTimezone } from "./timezone.ts";

const httpUrl = z.url({ protocol: /^https?$/, error: "expected an address that begins with https://" });
const timezone = z.string().refine(isTimezone, { error: "expected a time zone such as Europe/Berlin" });
const language = z.string().refine(isLanguage, { error: "expected a language tag such as en or pt-BR" });

/** Defaults are filled in; names of adapters, presets, rules and variables are for whoever knows them. */
export const siteFile = z.strictObject({
  site: z.strictObject({
    title: z.string().min(1),
    url: httpUrl,
    description: z.string().default(""),
    language: language.default("en"),
    timezone: timezone.default("UTC"),
    postalAddress: z.string().optional(),
    logo: z.string().optional(),
  }),
  content: z
    .strictObject({
      dir: z.string().min(1).default("content/posts"),
      preset: z.string().min(1).default("plain"),
      syndication: z.boolean().optional(),
      ...overrides,
    })
    .prefault({}),
  pictures: z
    .strictObject({
      attach: z.boolean().optional(),
      hosts: z
        .array(z.string().regex(/^[\w.-]+(:\d+)?$/, { error: "expected a host such as cdn.example.org" }))
        .default([]),
      publish: z
        .union([z.literal("server"), z.strictObject({ dir: z.string().min(1), url: httpUrl })], {
          error: 'expected "server", or a folder and its address: { dir: …, url: https://… }',
        })
        .optional(),
    })
    .prefault({}),
  server: z
    .strictObject({
      url: httpUrl.optional(),
      listen: z
        .string()
        .regex(/^(\[[\da-f:]+\]|[^:\s]+):\d{1,5}$/i, 'expected host:port, such as "127.0.0.1:8420"')
        .default("127.0.0.1:8420"),
      behindProxy: z.boolean().default(false),
      metrics: z.boolean().default(true),
    })
    .prefault({}),
  bounces: bouncesSchema,
  /** A language model that writes notes, on every channel that doesn't say `writer: false`. */
  writer: z
    .strictObject({
      url: httpUrl,
      model: z.string().min(1),
      token: z.string().min(1).optional(),
      timeoutSeconds: z.int().min(1).max(120).default(20),
    })
    .optional(),
  retention: retentionSchema,
  /** A Git host may tell of a push to this branch. */
  git: z
    .strictObject({
      secret: z.string().min(16, { error: "expected at least 16 characters" }),
      branch: z
        .string()
        .regex(/^[\w][\w./-]*$/, { error: "expected the name of a branch" })
        .default("main"),
    })
    .optional(),
  /** Where it is posted when something goes wrong: an incoming webhook of a chat, or a program's. */
  alerts: z.strictObject({ url: httpUrl.optional() }).prefault({}),
  lists: listsSchema,
  segments: segmentsSchema,
  channels: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
        error: "a channel's name has small letters, digits and hyphens, and begins with a letter",
      }),
      z.looseObject({ adapter: z.string() }),
    )
    .refine((channels) => Object.keys(channels).length > 0, { error: "at least one channel is needed" }),
});

export type SiteFile = z.infer<typeof siteFile>;

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
