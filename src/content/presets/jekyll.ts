/** Jekyll: dated names in `_posts`, Liquid, kramdown, tags parted by spaces, categories in the address. */

import type { PresetFile } from "#core/preset.ts";

export default {
  extends: "plain",
  permalink: "/:categories/:year/:month/:day/:slug.html",
  dateFrom: ["frontmatter", "filename"],
  keys: { url: ["permalink"], path: [], tags: ["tags", "tag", "categories", "category"] },
  tagSplit: "space",
  marks: ["more", "excerpt"],
  syntax: { liquid: true, kramdown: true },
  handlers: { link: "ref", post_url: "ref", include: "hold", seo: "drop", toc: "drop" },
  signs: {
    files: ["_config.yml:permalink", "_config.yml:jekyll", "_posts", "_layouts"],
    posts: ["{% highlight", "{% post_url"],
  },
} satisfies PresetFile;
