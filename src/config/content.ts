/** The keys of `content:` with which a site changes its preset. What they mean is said in `core/preset.ts`. */

import { z } from "zod";
import { dateSources, fieldNames, handlerNames, slugStyleNames, syntaxNames } from "#core/preset.ts";

const pattern = z.string().min(1, { error: "expected a pattern such as /blog/:file/" });
const names = z.union([
  z
    .string()
    .min(1)
    .transform((name) => [name]),
  z.array(z.string().min(1)),
]);

/** Optional, all of them. */
export const overrides = {
  permalink: pattern.optional(),
  permalinkWithSlug: pattern.optional(),
  permalinkUndated: pattern.optional(),
  permalinkDate: z.enum(["published", "written", "filename"]).optional(),
  permalinkStyles: z.record(z.string().min(1), z.string().min(1)).optional(),
  tokens: z.record(z.string().min(1), z.string().min(1)).optional(),
  tokensFromKeys: z.boolean().optional(),
  slugs: z.enum(slugStyleNames).optional(),
  pathEndsInSlash: z.boolean().optional(),
  slugFrom: z.enum(["file", "title"]).optional(),
  dateFrom: z.array(z.enum(dateSources)).min(1).optional(),
  keys: z.partialRecord(z.enum(fieldNames), names).optional(),
  tagSplit: z.enum(["list", "comma", "space"]).optional(),
  languageInName: z.boolean().optional(),
  leafBundles: z.boolean().optional(),
  authorSeparators: names.optional(),
  authorsFile: z.string().min(1).optional(),
  marks: z.array(z.string().regex(/^[\w-]{1,40}$/, { error: "expected a word such as more" })).optional(),
  extensions: z.array(z.string().regex(/^\.\w{1,12}$/, { error: "expected an ending such as .md" })).optional(),
  exclude: names.optional(),
  relativeImages: z.enum(["beside-post", "hidden"]).optional(),
  assets: z.record(z.string().min(1), z.string()).optional(),
  variables: z.record(z.string().min(1), z.string()).optional(),
  syntax: z.partialRecord(z.enum(syntaxNames), z.boolean()).optional(),
  handlers: z.record(z.string().min(1), z.enum(handlerNames)).optional(),
  checks: z.record(z.string(), z.enum(["off", "warning", "error"])).optional(),
};
