/** Eleventy: Liquid or Nunjucks, addresses from the folders, the date in front of a file name not in its address. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "/:sections/:slug/",
  dateFrom: ["frontmatter", "filename"],
  keys: {
    title: ["title", "eleventyNavigation.title", "eleventyNavigation.key"],
    draft: ["draft", "eleventyExcludeFromCollections"],
    url: ["permalink"],
    path: [],
  },
  tagSplit: "list",
  authorsFile: "_data/authors",
  marks: ["more", "excerpt"],
  exclude: ["_includes", "_data", "_drafts", "node_modules"],
  syntax: { liquid: true, kramdown: true },
  handlers: { include: "hold", render: "hold", paired: "text" },
  signs: {
    files: [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"],
    posts: ["eleventyExcludeFromCollections", "eleventyNavigation"],
    settings: ["*.json", "*.11tydata.json"],
  },
} satisfies PresetFile;
