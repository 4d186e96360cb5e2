/** A folder of Markdown files of no particular generator: understands the keys that most of them share. */

import type { PresetFile } from "../preset.ts";

export default {
  permalink: "/blog/:file/",
  slugFrom: "file",
  dateFrom: ["frontmatter", "filename", "folder", "path"],
  keys: {
    id: ["uuid", "id"],
    title: ["title"],
    date: ["date", "publishedAt", "published_at", "publishDate", "pubDate", "datePublished"],
    updated: ["updated", "updatedAt", "updated_at", "lastmod", "updatedDate", "last_modified_at", "modified"],
    canonical: ["canonical", "canonicalUrl", "canonicalURL", "canonical_url", "external_url", "externalUrl"],
    url: ["permalink", "url"],
    path: ["path"],
    slug: ["slug"],
    summary: ["description", "summary", "excerpt", "spoiler", "subtitle", "lede"],
    authors: ["author", "authors"],
    tags: ["tags", "taxonomies.tags", "categories", "taxonomies.categories", "category"],
    image: ["image", "cover", "og_image", "featured_image", "banner"],
    imageAlt: ["image.alt", "cover.alt", "featured_image.alt", "banner.alt", "image_alt", "imageAlt", "cover_alt"],
    language: ["lang", "language", "locale"],
    draft: ["draft"],
    published: ["published"],
    shareText: ["share_text", "shareText"],
  },
  tagSplit: "comma",
  authorSeparators: [],
  marks: ["more", "truncate", "excerpt"],
  extensions: [".md", ".markdown", ".mdx"],
  exclude: ["_drafts", "_index.md", "node_modules"],
  relativeImages: "beside-post",
} satisfies PresetFile;
