/** Gatsby with Decap CMS (once Netlify CMS): the address is the file name, a category is a mapping with a label. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "/blog/:file/",
  dateFrom: ["frontmatter", "filename"],
  keys: { tags: ["tags", "category", "categories"] },
  tagSplit: "list",
  authorSeparators: [", ", " and ", " & "],
  relativeImages: "hidden",
  signs: {
    files: ["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"],
    posts: ["templateKey:"],
    settings: [],
  },
} satisfies PresetFile;
