/** 152 posts of ten real sites, read as their own generators read them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reading } from "#core/posts/content.ts";
import { corpus, hasCorpus, type Options, openFolder } from "./support.ts";

interface SampledSite extends Options {
  dir: string;
  url: string;
}

/** What each site's configuration would say. */
export const sites: Record<string, SampledSite> = {
  babel: { dir: "website/blog", url: "https://babeljs.io", preset: "docusaurus" },
  flux: {
    dir: "content/en/blog",
    url: "https://fluxcd.io",
    preset: "hugo",
    permalink: "/:section/:year/:month/:slug/",
    slugFrom: "title",
  },
  hexo: { dir: "source/_posts", url: "https://hexo.io", preset: "hexo", permalink: "/news/:year/:month/:day/:slug/" },
  mehdix: { dir: "src/_posts", url: "https://mehdix.ir", preset: "jekyll", permalink: "/:slug.html" },
  reactjs: {
    dir: "content/blog",
    url: "https://reactjs.org",
    preset: "plain",
    permalink: "/blog/:year/:month/:day/:slug.html",
    authorsFile: "../authors.yml",
  },
  ruby: {
    dir: ".",
    url: "https://www.ruby-lang.org",
    preset: "jekyll",
    permalink: "/:lang/news/:year/:month/:day/:slug/",
  },
  rust: { dir: "content", url: "https://blog.rust-lang.org", preset: "zola" },
  starlingx: { dir: "src/pages/blog", url: "https://www.starlingx.io", preset: "gatsby-decap" },
  tauri: { dir: "src/content/docs/blog", url: "https://v2.tauri.app", preset: "astro", permalink: "/blog/:file/" },
  v8: { dir: "src/blog", url: "https://v8.dev", preset: "eleventy", permalink: "/blog/:file" },
};

export interface Read extends Reading {
  site: string;
  source: string;
}

/** Nothing where the sample isn't on the machine. */
export async function readSample(): Promise<Read[]> {
  if (!hasCorpus) return [];
  const all: Read[] = [];
  for (const [site, { dir, url, ...options }] of Object.entries(sites)) {
    const content = openFolder(join(corpus, site, dir), { site: { url }, ...options });
    for (const file of await content.list())
      all.push({ site, source: readFileSync(file, "utf8"), ...(await content.read(file)) });
  }
  return all;
}
