/** Hugo: page bundles, shortcodes in `{{< >}}` and `{{% %}}`, sections as folders, and a front matter `url` that wins. */

import type { PresetFile } from "#core/preset.ts";

export default {
  extends: "plain",
  permalink: "/:sections/:file/",
  dateFrom: ["frontmatter", "filename"],
  keys: {
    date: ["date", "publishDate", "pubdate", "published", "lastmod"],
    notBefore: ["publishDate", "pubdate"],
    expires: ["expiryDate", "unpublishdate"],
    url: ["url"],
    path: [],
    published: [],
    image: ["images", "image", "featured_image", "cover", "thumbnail", "banner", "params.image"],
  },
  languageInName: true,
  tagSplit: "list",
  marks: ["more"],
  exclude: ["_index.md", "_drafts", "node_modules"],
  assets: { "static/": "/" },
  syntax: { shortcodes: true },
  handlers: {
    ref: "ref",
    relref: "ref",
    details: "text",
    pageinfo: "note",
    param: "hold",
    instagram: "link",
    imgproc: "gallery",
    blocks: "text",
    cardpane: "text",
    card: "text",
    tabpane: "text",
    columns: "text",
    column: "text",
    rawhtml: "text",
    expand: "text",
  },
  signs: {
    files: [
      "hugo.toml",
      "hugo.yaml",
      "hugo.yml",
      "hugo.json",
      "config/_default/hugo.toml",
      "config.toml:baseURL",
      "config.yaml:baseURL",
      "archetypes/default.md",
    ],
    posts: ["{{< ", "{{% "],
  },
} satisfies PresetFile;
