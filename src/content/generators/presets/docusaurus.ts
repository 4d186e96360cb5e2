/** Docusaurus: dated names, MDX in every file, `:::` admonitions, authors in a file of their own. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "/blog/:date/:slug_path",
  permalinkWithSlug: "/blog/:slug",
  permalinkDate: "filename",
  permalinkUndated: "/blog/:path",
  dateFrom: ["frontmatter", "filename", "folder"],
  keys: { url: [], path: [], summary: ["description"], image: ["image"], notBefore: [] },
  tagSplit: "list",
  authorsFile: "authors.yml",
  marks: ["truncate"],
  exclude: ["_*", "node_modules"],
  relativeImages: "hidden",
  assets: { "@site/static/": "/", "pathname://": "" },
  syntax: { mdxInMarkdown: true },
  signs: {
    files: ["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"],
    posts: ["<!-- truncate -->", "{/* truncate */}", "<!--truncate-->"],
    settings: [],
  },
} satisfies PresetFile;
