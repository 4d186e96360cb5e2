/** The keys of `content` that change a preset. `core/posts/preset.ts` explains them. */

import { z } from "zod";
import { dateSources, fieldNames, handlerNames, slugStyleNames, syntaxNames } from "#core/posts/preset.ts";

const pattern = z.string().min(1, { error: "expected a pattern such as /blog/:file/" });
const names = z.union([
  z
    .string()
    .min(1)
    .transform((name) => [name]),
  z.array(z.string().min(1)),
]);

/** All of them are optional. */
export const overrides = {
  permalink: pattern.optional().describe("The address of a post under site.url, such as /blog/:file/."),
  permalinkWithSlug: pattern.optional().describe("The same for posts whose front matter has a slug."),
  permalinkUndated: pattern.optional().describe("The same for posts whose file name has no date."),
  permalinkDate: z
    .enum(["published", "written", "filename"])
    .optional()
    .describe("Which date the date tokens of the pattern use."),
  permalinkStyles: z
    .record(z.string().min(1), z.string().min(1))
    .optional()
    .describe("Patterns by a name that posts or settings can use."),
  tokens: z.record(z.string().min(1), z.string().min(1)).optional().describe("Values for tokens of the pattern."),
  tokensFromKeys: z.boolean().optional().describe("Whether unknown tokens are looked up in the front matter."),
  slugs: z.enum(slugStyleNames).optional().describe("The generator whose rules turn names into parts of an address."),
  pathEndsInSlash: z.boolean().optional().describe("Whether a path given in the front matter always ends in a slash."),
  slugFrom: z.enum(["file", "title"]).optional().describe("Where :slug comes from when the front matter has no slug."),
  dateFrom: z.array(z.enum(dateSources)).min(1).optional().describe("Where to look for the date, in this order."),
  keys: z
    .partialRecord(z.enum(fieldNames), names)
    .optional()
    .describe("Front matter keys to read each field from, in order of preference."),
  tagSplit: z.enum(["list", "comma", "space"]).optional().describe("How a string of tags is split."),
  languageInName: z.boolean().optional().describe("Whether name.fr.md is the French form of name.md."),
  leafBundles: z.boolean().optional().describe("Whether a folder with an index.md is one post."),
  authorSeparators: names.optional().describe("Separators between authors in one string."),
  authorsFile: z
    .string()
    .min(1)
    .optional()
    .describe("Author records by id: a YAML, TOML or JSON file, or a folder of such files."),
  marks: z
    .array(z.string().regex(/^[\w-]{1,40}$/, { error: "expected a word such as more" }))
    .optional()
    .describe("Names in HTML comments that end the excerpt."),
  extensions: z
    .array(z.string().regex(/^\.\w{1,12}$/, { error: "expected a file extension such as .md" }))
    .optional()
    .describe("File extensions of posts."),
  exclude: names.optional().describe("Files and folders to ignore. * matches any characters."),
  relativeImages: z
    .enum(["beside-post", "hidden"])
    .optional()
    .describe("Whether relative picture paths are published below the post's own address."),
  assets: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe("Path prefixes in the source, and the matching prefixes on the site."),
  variables: z.record(z.string().min(1), z.string()).optional().describe("Site data that posts use in Liquid."),
  syntax: z
    .partialRecord(z.enum(syntaxNames), z.boolean())
    .optional()
    .describe("Markdown extensions beyond GFM, each on or off."),
  handlers: z
    .record(z.string().min(1), z.enum(handlerNames))
    .optional()
    .describe("How to convert a shortcode, tag, directive or component, by its name."),
  checks: z
    .record(z.string(), z.enum(["off", "warning", "error"]))
    .optional()
    .describe("Rules of `postrider check`, by code: off, warning or error."),
};
