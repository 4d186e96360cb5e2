import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Blog, recogniseBlog } from "#content/generators/adopt.ts";
import { tempDir } from "../support/temp.ts";

function blogOf(files: Record<string, string>): Promise<Blog | null> {
  const dir = tempDir();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return recogniseBlog(dir);
}

const post = "---\ntitle: A day at the quay\ndate: 2026-01-05\n---\nText.\n";
const ofAll = {
  title: "The Quay",
  url: "https://quay.example",
  description: "Boats and weather",
  language: "de",
  timezone: "Europe/Berlin",
};

const blogs: Record<
  string,
  [files: Record<string, string>, facts: Partial<typeof ofAll & { permalink: string }>, rest: object]
> = {
  "gatsby-decap": [
    {
      "gatsby-config.ts": `import type { GatsbyConfig } from "gatsby";
import site from "./site.json";
const config: GatsbyConfig = {
  siteMetadata: { ...shared, title: site.name, siteUrl: \`https://quay.example\`, description: "Boats and weather", language: "de" },
  plugins: [{ resolve: "gatsby-source-filesystem", options: { name: "blog", path: \`\${__dirname}/writing\` } }],
};
export default config;
`,
      "site.json": '{ "name": "The Quay" }',
      "writing/a.md": post,
      "README.md": "# A site",
    },
    { ...ofAll, timezone: undefined as never },
    { posts: { folder: "writing", files: 1 }, feeds: { folder: "static/feeds", copied: true, built: "public" } },
  ],
  hugo: [
    {
      "hugo.toml": `baseURL = "https://quay.example"
title = "The Quay"
languageCode = "de"
timeZone = "Europe/Berlin"
publishDir = "out"
[params]
description = "Boats and weather"
[permalinks]
posts = "/:year/:slug/"
`,
      "content/posts/a/index.md": post,
      "content/about.md": post,
    },
    { ...ofAll, permalink: "/:year/:slug/" },
    { posts: { folder: "content/posts", files: 1 }, feeds: { folder: "static/feeds", built: "out" } },
  ],
  jekyll: [
    {
      "_config.yml": `title: The Quay
url: https://quay.example
baseurl: /blog
description: >
  Boats
  and weather
lang: de
timezone: Europe/Berlin
permalink: pretty
`,
      "_posts/2026-01-05-a.md": post,
    },
    { ...ofAll, url: "https://quay.example/blog", permalink: "pretty" },
    { posts: { folder: "_posts", files: 1 }, feeds: { folder: "feeds", copied: false, built: "_site" } },
  ],
  hexo: [
    {
      "_config.yml": `title: The Quay
url: https://quay.example
subtitle: Boats and weather
description: ''
language: [de, en]
timezone: Europe/Berlin
permalink: :title/
`,
      "scaffolds/post.md": "",
      "source/_posts/a.md": post,
    },
    { ...ofAll, permalink: ":title/" },
    { posts: { folder: "source/_posts", files: 1 }, feeds: { folder: "source/feeds", built: "public" } },
  ],
  zola: [
    {
      "config.toml": `base_url = "https://quay.example"
title = "The Quay"
description = "Boats and weather"
default_language = "de"
`,
      "templates/base.html": "{% block content %}{% endblock %}",
      "content/blog/a.md": post,
    },
    { ...ofAll, timezone: undefined as never },
    { posts: { folder: "content/blog", files: 1 }, feeds: { folder: "static/feeds", built: "public" } },
  ],
  astro: [
    {
      "astro.config.mjs":
        'import { defineConfig } from "astro/config";\nexport default defineConfig({ site: "https://quay.example", i18n: { defaultLocale: "de" } });\n',
      "src/consts.ts": 'export const SITE_TITLE = "The Quay";\nexport const SITE_DESCRIPTION = "Boats and weather";\n',
      "src/content/blog/a.mdx": post,
    },
    { ...ofAll, timezone: undefined as never },
    { posts: { folder: "src/content/blog", files: 1 }, feeds: { folder: "public/feeds", built: "dist" } },
  ],
  docusaurus: [
    {
      "docusaurus.config.js": `const config = {
  title: "The Quay", tagline: "Boats and weather", url: "https://quay.example", baseUrl: "/", i18n: { defaultLocale: "de" },
  presets: [["classic", { docs: false, blog: { routeBasePath: "log", path: "log", showReadingTime: true } }]],
};
module.exports = config;
`,
      "log/2026-01-05-a.md": post,
      "docs/intro.md": post,
    },
    { ...ofAll, timezone: undefined as never, permalink: "/log/:date/:slug_path" },
    { posts: { folder: "log", files: 1 }, feeds: { folder: "static/feeds", built: "build" } },
  ],
  eleventy: [
    {
      "eleventy.config.js":
        'export default function (config) {\n  config.addFilter("a", () => ({ b: 1 }));\n  return { dir: { input: "src", output: "out" } };\n}\n',
      "src/_data/site.json": JSON.stringify({ ...ofAll, timezone: undefined }),
      "src/posts/a.md": post,
      "src/posts/b.md": post,
    },
    { ...ofAll, timezone: undefined as never },
    { posts: { folder: "src/posts", files: 2 }, feeds: { folder: "feeds", copied: false, built: "out" } },
  ],
};

describe("A blog that is there", () => {
  it.each(Object.entries(blogs))("of %s gives its title and its folders", async (preset, [files, facts, rest]) => {
    const blog = await blogOf(files);
    expect(blog).toMatchObject({ preset, ...rest });
    const told = Object.fromEntries(Object.entries(blog?.facts ?? {}).map(([fact, { value }]) => [fact, value]));
    expect(told).toEqual(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)));
  });

  it("reads only literal values of the right type from its configuration", async () => {
    const blog = await blogOf({
      "gatsby-config.js": `globalThis.wasRun = true;
module.exports = { siteMetadata: { title: process.env.TITLE, siteUrl: process.env.URL || "https://x.example", description: "{{ x }}", language: "no language" } };
`,
      "src/pages/blog/a.md": post,
    });
    expect(blog?.facts).toEqual({});
    expect(blog?.posts).toEqual({ folder: "src/pages/blog", files: 1 });
    expect("wasRun" in globalThis).toBe(false);
    expect(await blogOf({ "content/a.md": post })).toBeNull();
  });

  it("in several languages uses the folder of its main language", async () => {
    const files = Object.fromEntries(
      ["ja", "de", "ja", "en"].map((language, index) => [`${language}/news/_posts/2026-01-0${index + 1}-a.md`, post]),
    );
    expect((await blogOf({ ...files, "_config.yml": "lang: de\npermalink: pretty\n" }))?.posts?.folder).toBe(
      "de/news/_posts",
    );
  });
});
