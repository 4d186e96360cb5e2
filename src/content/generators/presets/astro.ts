/** Astro: MDX with imports and components, images that the build renames. */

import type { PresetFile } from "#core/posts/preset.ts";

export default {
  extends: "plain",
  permalink: "/blog/:path/",
  slugs: "github",
  exclude: ["_*", "node_modules"],
  keys: {
    date: ["pubDate", "publishDate", "pubDatetime", "date", "publishedAt", "publishedDate", "published"],
    notBefore: [],
    updated: ["updatedDate", "modDatetime", "lastUpdated", "updated"],
    url: ["permalink"],
    summary: ["description", "excerpt", "summary", "subtitle"],
    image: ["heroImage", "ogImage", "coverImage", "image", "cover"],
    imageAlt: ["heroImage.alt", "heroImageAlt", "image.alt", "imageAlt", "cover.alt"],
  },
  tagSplit: "list",
  authorsFile: "authors",
  relativeImages: "hidden",
  assets: { "public/": "/", "/public/": "/" },
  handlers: { aside: "callout", card: "text", cardgrid: "text", filetree: "text", prose: "text" },
  signs: {
    files: ["astro.config.mjs", "astro.config.ts", "astro.config.js", "src/content.config.ts", "src/content/config.ts"],
    posts: [".astro'", '.astro"', "astro:assets"],
    settings: [],
  },
} satisfies PresetFile;
