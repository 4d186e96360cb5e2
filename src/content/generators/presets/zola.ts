/** Zola: TOML front matter, `path` as the address and sometimes the only date, Tera shortcodes. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "/:sections/:slug/",
  slugs: "zola",
  pathEndsInSlash: true,
  leafBundles: true,
  dateFrom: ["frontmatter", "filename", "path"],
  keys: {
    url: [],
    authors: ["authors", "extra.authors", "extra.author", "author"],
    tags: ["taxonomies.tags", "taxonomies.categories", "tags"],
    image: ["extra.image", "extra.cover", "extra.og_image", "image"],
    language: ["extra.lang", "lang"],
  },
  languageInName: true,
  tagSplit: "list",
  authorSeparators: [", and ", ", ", " and ", " & "],
  marks: ["more"],
  exclude: ["_index.*", "_drafts", "node_modules"],
  syntax: { tera: true },
  handlers: { ref: "ref" },
  signs: {
    files: ["config.toml:base_url", "zola.toml", "templates/base.html:{%"],
    posts: ["+++\npath =", "[taxonomies]"],
    settings: [],
  },
} satisfies PresetFile;
