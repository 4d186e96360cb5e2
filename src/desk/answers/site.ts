/** Answers about feeds, checks, previews, test emails and the database. */

import { z } from "zod";
import { diagnostic, refused } from "./common.ts";

export const buildAnswer = z.strictObject({ files: z.array(z.string()) });

export const withdrawItemAnswer = z.strictObject({ post: z.string(), withdrawn: z.array(z.string()) });

export const armAnswer = z.strictObject({ armed: z.literal(true), changed: z.boolean() });

const checkedPost = z.strictObject({
  path: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  publishedAt: z.string().nullable(),
  summary: z.string().nullable(),
  revision: z.string().nullable(),
  status: z.string(),
  leftOut: z.record(z.string(), z.string()),
  diagnostics: z.array(diagnostic),
});

export const checkAnswer = z.strictObject({
  posts: z.array(checkedPost),
  rules: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(["error", "warning"]),
      findings: z.int(),
      posts: z.int(),
    }),
  ),
});

export const previewAnswer = z.strictObject({
  files: z.array(z.string()),
  leftOut: z.record(z.string(), z.string()),
  diagnostics: z.array(diagnostic),
});

export const measureAnswer = z.strictObject({ counts: z.array(z.int()), limit: z.int().nullable() });

export const testAnswer = z.strictObject({
  tests: z.array(z.strictObject({ to: z.string(), accepted: z.boolean(), message: z.string() })),
  refused: refused.exactOptional(),
});
