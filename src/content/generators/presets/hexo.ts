/** Hexo: Nunjucks tags, dates in the address, pictures in a folder beside the post. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "/:year/:month/:day/:title/",
  tokens: { title: "slug_path", name: "slug" },
  tokensFromKeys: true,
  dateFrom: ["frontmatter", "filename"],
  keys: { url: ["permalink"], path: [], tags: ["tags", "categories"] },
  tagSplit: "list",
  authorsFile: "_data/authors",
  marks: ["more"],
  syntax: { liquid: true },
  handlers: {
    note: "callout",
    asset_img: "image",
    asset_link: "link",
    asset_path: "path",
    btn: "link",
    post_link: "ref",
    post_path: "ref",
    include_code: "hold",
    centerquote: "quote",
    cq: "quote",
    iframe: "player",
  },
  signs: {
    files: ["_config.yml:hexo", "scaffolds", "source/_posts"],
    posts: ["{% asset_img", "{% post_link", "{% codeblock"],
    settings: ["_config.yml", "_config.yaml"],
  },
} satisfies PresetFile;
