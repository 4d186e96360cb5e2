/** Hugo: page bundles, shortcodes in `{{< >}}` and `{{% %}}`, sections as folders, and a front matter `url` that wins. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "/:sections/:file/",
  permalinkDate: "written",
  slugFrom: "title",
  slugs: "hugo",
  leafBundles: true,
  dateFrom: ["frontmatter", "filename"],
  keys: {
    date: ["date", "publishDate", "pubdate", "published", "lastmod"],
    notBefore: ["publishDate", "pubdate"],
    expires: ["expiryDate", "unpublishdate"],
    url: ["url"],
    path: [],
    draft: ["draft", "headless"],
    published: [],
    image: ["images", "image", "featured_image", "cover", "thumbnail", "banner", "params.image"],
  },
  languageInName: true,
  tagSplit: "list",
  authorsFile: "data/authors",
  marks: ["more"],
  exclude: ["_index.*", "_drafts", "node_modules"],
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
  },
  signs: {
    files: [
      "hugo.toml",
      "hugo.yaml",
      "hugo.yml",
      "hugo.json",
      "config/_default/hugo.toml",
      "config/_default/hugo.yaml",
      "config/_default/config.toml",
      "config.toml:baseURL",
      "config.yaml:baseURL",
      "archetypes/default.md",
    ],
    posts: ["{{< ", "{{% "],
    settings: [
      ..."hugo config config/_default/permalinks config/_default/hugo config/_default/config"
        .split(" ")
        .flatMap((name) => ["toml", "yaml", "yml", "json"].map((ending) => `${name}.${ending}`)),
    ],
  },
} satisfies PresetFile;
