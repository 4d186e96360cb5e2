/** The keys of `content:` with which a site changes its preset. What they mean is said in `core/posts/preset.ts`. */

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

/** Optional, all of them. */
export const overrides = {
  permalink: pattern.optional().describe("The address of a post under site.url, such as /blog/:file/."),
  permalinkWithSlug: pattern.optional().describe("The same for posts whose front matter has a slug."),
  permalinkUndated: pattern.optional().describe("The same for posts whose file name has no date."),
  permalinkDate: z
    .enum(["published", "written", "filename"])
    .optional()
    .describe("Which day the tokens of the pattern mean."),
  permalinkStyles: z.record(z.string().min(1), z.string().min(1)).optional().describe("Patterns that have a name."),
  tokens: z.record(z.string().min(1), z.string().min(1)).optional().describe("What a token of the pattern means here."),
  tokensFromKeys: z.boolean().optional().describe("A token that nobody knows is a key of the front matter."),
  slugs: z.enum(slugStyleNames).optional().describe("By whose rule names become pieces of an address."),
  pathEndsInSlash: z
    .boolean()
    .optional()
    .describe("An address that the front matter gives as a path always ends in a slash."),
  slugFrom: z.enum(["file", "title"]).optional().describe("What :slug is when the front matter has none."),
  dateFrom: z.array(z.enum(dateSources)).min(1).optional().describe("Where the date is looked for, in this order."),
  keys: z
    .partialRecord(z.enum(fieldNames), names)
    .optional()
    .describe("Under which keys of front matter something is found, in order of preference."),
  tagSplit: z.enum(["list", "comma", "space"]).optional().describe("How a string of tags falls apart."),
  languageInName: z.boolean().optional().describe("Whether name.fr.md is the French form of name.md."),
  leafBundles: z.boolean().optional().describe("Whether a folder with an index.md is one post."),
  authorSeparators: names.optional().describe("What stands between two authors in one string."),
  authorsFile: z
    .string()
    .min(1)
    .optional()
    .describe("Author records by id: a YAML, TOML or JSON file, or a folder of such."),
  marks: z
    .array(z.string().regex(/^[\w-]{1,40}$/, { error: "expected a word such as more" }))
    .optional()
    .describe("Names in HTML comments that end the excerpt."),
  extensions: z
    .array(z.string().regex(/^\.\w{1,12}$/, { error: "expected an ending such as .md" }))
    .optional()
    .describe("File name endings of posts."),
  exclude: names.optional().describe("Files and folders that hold no published posts; * stands for any letters."),
  relativeImages: z
    .enum(["beside-post", "hidden"])
    .optional()
    .describe("Whether a relative path of a picture is found below the post's own address."),
  assets: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe("Beginnings of paths in the source, and what they are on the site."),
  variables: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe("Values of the site's data that posts name in Liquid."),
  syntax: z
    .partialRecord(z.enum(syntaxNames), z.boolean())
    .optional()
    .describe("Syntax beyond GFM, switched on or off."),
  handlers: z
    .record(z.string().min(1), z.enum(handlerNames))
    .optional()
    .describe("What becomes of a shortcode, tag, directive or component of a name."),
  checks: z
    .record(z.string(), z.enum(["off", "warning", "error"]))
    .optional()
    .describe("Rules of `postrider check`, by their code: off, warning or error."),
};
