/** Jekyll: dated names in `_posts`, Liquid, kramdown, tags separated by spaces, categories in the address. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "date",
  permalinkStyles: {
    date: "/:categories/:year/:month/:day/:title:output_ext",
    pretty: "/:categories/:year/:month/:day/:title/",
    ordinal: "/:categories/:year/:y_day/:title:output_ext",
    weekdate: "/:categories/:year/W:week/:short_day/:title:output_ext",
    none: "/:categories/:title:output_ext",
  },
  tokens: { title: "slug", slug: "plain_slug", name: "plain_slug" },
  slugs: "jekyll",
  dateFrom: ["frontmatter", "filename"],
  keys: { url: ["permalink"], path: [], tags: ["tags", "tag", "categories", "category"] },
  tagSplit: "space",
  authorsFile: "_data/authors",
  marks: ["more", "excerpt"],
  syntax: { liquid: true, kramdown: true },
  handlers: { link: "ref", post_url: "ref", include: "hold", seo: "drop", toc: "drop" },
  signs: {
    files: ["_config.yml:permalink", "_config.yml:jekyll", "_posts", "_layouts"],
    posts: ["{% highlight", "{% post_url"],
    settings: ["_config.yml", "_config.yaml"],
  },
} satisfies PresetFile;
