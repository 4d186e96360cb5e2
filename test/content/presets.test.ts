import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertPermalinkPattern } from "#content/address/permalinks.ts";
import { loadPreset, presetNames } from "#content/generators/presets.ts";
import { suggestPreset, suggestSettings } from "#content/generators/suggest.ts";
import { handlerNames } from "#core/posts/preset.ts";
import { tempDir } from "../support/temp.ts";
import { contentOf, openFolder, postOf, readPost, root, sentence } from "./support.ts";

describe("The presets", () => {
  it("are those in the documentation of the configuration", () => {
    expect(presetNames().join(" ")).toBe("astro docusaurus eleventy gatsby-decap hexo hugo jekyll plain zola");
  });

  it.each(presetNames())("%s is small and complete, and lists its signs", (name) => {
    const preset = loadPreset(name);
    assertPermalinkPattern(preset.permalink, preset);
    expect(Object.values(preset.handlers).every((handler) => handlerNames.includes(handler))).toBe(true);
    expect(Object.keys(preset.handlers).every((key) => key === key.toLowerCase())).toBe(true);
    if (name === "plain") return;
    expect(preset.signs.files.length).toBeGreaterThan(0);
    const source = readFileSync(join(root, `src/content/generators/presets/${name}.ts`), "utf8");
    expect(source).toContain("extends:");
    expect(source.split("\n").length).toBeLessThan(70);
  });

  it.each([
    ["plain", "2026-05-04-ebb.md", "", "/blog/2026-05-04-ebb/"],
    ["gatsby-decap", "Low-Water.md", "", "/blog/Low-Water/"],
    ["hugo", "deep/ebb/index.md", "", "/posts/deep/ebb/"],
    ["hugo", "Low Water.md", "", "/posts/low-water/"],
    ["hugo", "ebb.fr.md", "", "/fr/posts/ebb/"],
    ["hugo", "ebb.en.md", "", "/posts/ebb/"],
    ["hugo", "ebb.md", "url: /2026/ebb.html", "/2026/ebb.html"],
    ["hugo", "ebb.md", "Slug: Low Tide", "/posts/low-tide/"],
    ["hugo", "ebb.md", "slug: low", "/posts/low/"],
    ["jekyll", "2026-05-04-ebb.md", "", "/2026/05/04/ebb.html"],
    ["jekyll", "2026-05-04-ebb.md", "categories: News Tides", "/news/tides/2026/05/04/ebb.html"],
    ["jekyll", "2026-05-04-ebb.md", "date: 2026-05-05", "/2026/05/05/ebb.html"],
    ["jekyll", "2026-05-04-ebb.md", "categories: [Big Tides, News]", "/big%20tides/news/2026/05/04/ebb.html"],
    ["jekyll", "news/_posts/2026-05-04-ebb.md", "category: Big Tides", "/news/big%20tides/2026/05/04/ebb.html"],
    ["jekyll", "2026-05-04-Low Water_1.2.md", "", "/2026/05/04/Low-Water_1.2.html"],
    ["jekyll", "2026-05-04-ebb.md", "permalink: /low/", "/low/"],
    ["jekyll", "2026-05-04-ebb.md", "permalink: /:categories/:year/:title/", "/2026/ebb/"],
    ["astro", "deep/ebb.mdx", "", "/blog/deep/ebb/"],
    ["astro", "Ebb v1.0.md", "", "/blog/ebb-v10/"],
    ["docusaurus", "2026-05-04-ebb/index.md", "", "/blog/2026/05/04/ebb"],
    ["docusaurus", "news/2026-5-4-ebb.md", "", "/blog/2026/5/4/news/ebb"],
    ["docusaurus", "2026-05-04-trip/part-two.md", "", "/blog/2026/05/04/trip/part-two"],
    ["docusaurus", "2026/05/04/ebb.md", "", "/blog/2026/05/04/ebb"],
    ["docusaurus", "2026-05-04-ebb.md", "slug: low", "/blog/low"],
    ["docusaurus", "2026-05-04-ebb.md", "date: 2026-05-05", "/blog/2026/05/04/ebb"],
    ["docusaurus", "ebb.md", "", "/blog/ebb"],
    ["eleventy", "2026-05-04-ebb.md", "", "/posts/ebb/"],
    [
      "eleventy",
      "ebb.md",
      "permalink: '/{{ page.date | date: \"%Y/%m\" }}/{{ title | slugify }}/index.html'",
      "/2026/05/ebb/",
    ],
    ["hexo", "ebb.md", "", "/2026/05/04/ebb/"],
    ["hexo", "deep/ebb.md", "", "/2026/05/04/deep/ebb/"],
    ["zola", "Ébb_1.0.md", "", "/posts/ebb-1-0/"],
    ["zola", "ebb.fr.md", "", "/fr/posts/ebb/"],
    ["zola", "2026-05-04-ebb.md", "", "/posts/ebb/"],
    ["zola", "ebb.md", "path: 2026/05/04/low", "/2026/05/04/low/"],
  ])("%s gives %s with %j the address %s", async (preset, path, matter, expected) => {
    const dated = /^date:/m.test(matter) || /^20/.test(path) ? matter : `date: 2026-05-04\n${matter}`;
    const { url } = await postOf(`---\ntitle: Ebb\n${dated}\n---\n${sentence}\n`, { preset, path });
    expect(url).toBe(`https://tide.example.org${expected}`);
  });

  it.each([
    ["jekyll", "pretty", "", "/2026/05/04/low-Water/"],
    ["jekyll", "ordinal", "", "/2026/124/low-Water.html"],
    ["jekyll", "/:short_year/:i_month/:i_day/:short_month/:slug:output_ext", "", "/26/5/4/May/low-water.html"],
    ["jekyll", "/:year_:month/:w_year-:week/:title", "", "/2026_05/2026-19/low-Water"],
    ["jekyll", "/:slugified_categories/:title", "categories: [Big Tides]", "/big-tides/low-Water"],
    ["hugo", "/:year/:monthname/:weekdayname/:slug/", "title: CI/CD & C++ 1.2", "/2026/May/Monday/ci/cd-c++-1.2/"],
    ["hugo", "/:sections[1:]/:contentbasename/", "", "/coast/log/2026-05-04-low-water/"],
    ["hugo", "/:sections[last]/:slugorfilename/", "slug: Ebb", "/log/ebb/"],
    ["hugo", "/:year/:month/:day/:filename/", "date: 2026-05-04T01:00:00+02:00", "/2026/05/04/2026-05-04-low-water/"],
    [
      "hexo",
      ":year/:i_month/:i_day/:hour:minute:second/:name.html",
      "date: 2026-05-04 07:08:09",
      "/2026/5/4/070809/low-Water.html",
    ],
    ["hexo", "posts/:abbrlink/", "abbrlink: 4a17b156", "/posts/4a17b156/"],
    ["hexo", ":category/:hash/", "categories: [Sea, Low Tide]", "/Sea/Low-Tide/113bf15a34db/"],
    ["hexo", ":category/:post_title/", "title: Ebb!", "/uncategorized/ebb/"],
  ])("%s fills %j, for a post with %j, in as %s", async (preset, permalink, matter, expected) => {
    const dated = /^date:/m.test(matter) ? matter : `date: 2026-05-04\n${matter}`;
    const titled = /^title:/m.test(matter) ? dated : `title: Ebb\n${dated}`;
    const path = "coast/log/2026-05-04-low-Water.md";
    const { url } = await postOf(`---\n${titled}\n---\n${sentence}\n`, {
      preset,
      permalink,
      path: preset === "hugo" ? path : (path.split("/").pop() ?? ""),
    });
    expect(url).toBe(`https://tide.example.org${expected}`);
  });

  it("give no address if a token is empty", async () => {
    const { post, diagnostics } = await readPost(`---\ntitle: Ebb\ndate: 2026-05-04\n---\n${sentence}\n`, {
      preset: "hexo",
      permalink: "/:abbrlink/",
    });
    expect(post).toBeNull();
    expect(diagnostics[0]).toMatchObject({ code: "bad-permalink", message: expect.stringContaining(":abbrlink") });
  });

  it("read a folder with an index as one post, if the generator does", async () => {
    const text = `---\ntitle: Ebb\ndate: 2026-05-04\n---\n${sentence}\n`;
    const files = {
      "_index.fr.md": text,
      "ebb/index.md": text,
      "ebb/notes.md": text,
      "flood.md": text,
      "_draft.md": text,
    };
    const listed = async (preset: string) =>
      (await contentOf(files, { preset }).list()).map((path) => path.replace(/^.*\/posts\//, ""));
    expect(await listed("hugo")).toEqual(["_draft.md", "ebb/index.md", "flood.md"]);
    expect(await listed("docusaurus")).toEqual(["ebb/index.md", "ebb/notes.md", "flood.md"]);
  });

  it("can be changed by a site key by key", async () => {
    const text = `---\ntitle: Ebb\nheadline: Flood\ntags: a, b\ndate: 2026-05-04\n---\n${sentence}\n`;
    const keys = { title: ["headline"] };
    const post = await postOf(text, { preset: "hugo", keys, tagSplit: "comma", permalink: "/:year/:title/" });
    expect(post).toMatchObject({ title: "Flood", tags: ["a", "b"], url: "https://tide.example.org/2026/flood/" });
  });

  it("take authors from the site's file", async () => {
    const text = (authors: string) => `---\ntitle: Ebb\nauthors: ${authors}\n---\n${sentence}\n`;
    const content = contentOf(
      {
        "authors.yml": "ada:\n  name: Ada Quill\n  url: https://ada.example\n",
        "2026-05-04-a.md": text("[ada, ben]"),
        "2026-05-04-b.md": text("{ name: Cy }"),
      },
      { preset: "docusaurus" },
    );
    expect((await content.read("2026-05-04-a.md")).post?.authors).toEqual([
      { name: "Ada Quill", url: "https://ada.example/" },
      { name: "ben" },
    ]);
    expect((await content.read("2026-05-04-b.md")).post?.authors).toEqual([{ name: "Cy" }]);
  });

  it.each([
    ["jekyll", "_data/authors.yml", "ada: { name: Ada Quill }"],
    ["hugo", "data/authors/ada.toml", 'name = "Ada Quill"'],
    ["eleventy", "_data/authors.json", '{ "ada": { "displayName": "Ada Quill" } }'],
    ["astro", "authors/ada.md", "---\nname: Ada Quill\n---\nShe keeps the light."],
  ])("of %s take authors from %s", async (preset, path, record) => {
    const post = `---\ntitle: Ebb\ndate: 2026-05-04\nauthor: ada\n---\n${sentence}\n`;
    const project = tempDir();
    mkdirSync(join(project, "site/posts"), { recursive: true });
    mkdirSync(dirname(join(project, "site", path)), { recursive: true });
    writeFileSync(join(project, "site", path), record);
    writeFileSync(join(project, "site/posts/2026-05-04-ebb.md"), post);
    const content = openFolder(join(project, "site/posts"), { preset, baseDir: project });
    expect((await content.read("site/posts/2026-05-04-ebb.md")).post?.authors).toEqual([{ name: "Ada Quill" }]);
  });

  it("schedule by the date from which a generator shows a post", async () => {
    const text = `---\ntitle: Ebb\ndate: 2026-05-04\nurl: /ebb/\npublishDate: 2026-07-01\n---\n${sentence}\n`;
    expect(await postOf(text, { preset: "hugo" })).toMatchObject({
      status: "scheduled",
      publishedAt: "2026-07-01T00:00:00.000Z",
      url: expect.stringContaining("/ebb"),
    });
  });
});

describe("The suggestion of a preset", () => {
  const projectOf = (files: Record<string, string>): string => {
    const dir = tempDir();
    for (const [path, text] of Object.entries({ ".git/HEAD": "", ...files })) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    return dir;
  };

  it.each([
    ["hugo", { "config.toml": 'baseURL = "x"', "content/posts/a.md": "x" }, "content/posts"],
    ["zola", { "config.toml": 'base_url = "x"', "content/a.md": "+++\npath = 'a'\n+++\n" }, "content"],
    ["jekyll", { "_config.yml": "permalink: pretty", "_posts/2026-01-01-a.md": "x" }, "_posts"],
    [
      "hexo",
      { "_config.yml": "theme: x # hexo", "source/_posts/a.md": "{% asset_img a.png %}", "scaffolds/post.md": "" },
      "source/_posts",
    ],
    ["astro", { "astro.config.mjs": "", "src/content/blog/a.md": "x" }, "src/content/blog"],
    ["docusaurus", { "docusaurus.config.js": "", "blog/2026-01-01-a.md": "x" }, "blog"],
    ["eleventy", { ".eleventy.js": "", "src/blog/a.md": "x" }, "src/blog"],
    [
      "gatsby-decap",
      { "gatsby-config.js": "", "src/pages/blog/a.md": "---\ntemplateKey: post\n---\n" },
      "src/pages/blog",
    ],
  ])("is %s for %j", async (preset, files, dir) => {
    expect((await suggestPreset(join(projectOf(files), dir)))?.preset).toBe(preset);
  });

  it.each([
    ["jekyll", "_posts", { "_config.yml": "permalink: pretty\ntimezone: Europe/Oslo\n" }, "pretty", "Europe/Oslo"],
    [
      "jekyll",
      "_posts",
      { "_config.yml": 'defaults: [{ scope: { path: "", type: posts }, values: { permalink: ":title/" } }]' },
      ":title/",
    ],
    ["jekyll", "_posts", { "_config.yml": "permalink: date\n" }, undefined],
    [
      "hugo",
      "content/posts",
      { "hugo.toml": '[permalinks]\nposts = "/:year/:slug/"\nnews = "/:title/"\n' },
      "/:year/:slug/",
    ],
    [
      "hugo",
      "content/posts",
      { "config/_default/permalinks.yaml": "page: { posts: /:slug/ }\n", "hugo.toml": "" },
      "/:slug/",
    ],
    ["hexo", "source/_posts", { "_config.yml": "theme: x # hexo\npermalink: p/:abbrlink.html\n" }, "p/:abbrlink.html"],
    [
      "eleventy",
      "src/blog",
      { ".eleventy.js": "", "src/blog/blog.json": '{ "permalink": "/b/{{ page.fileSlug }}/" }' },
      "/b/:slug/",
    ],
  ])("reports for %s in %s how %j differs", async (preset, folder, files, permalink, timezone?: string) => {
    const dir = join(projectOf({ ...files, [`${folder}/2026-01-01-a.md`]: "x" }), folder);
    const told = await suggestSettings({ dir, preset }, "UTC");
    expect(told?.permalink).toBe(permalink);
    expect(told?.timezone).toBe(timezone);
    expect((await suggestPreset(dir, "UTC"))?.permalink).toBe(permalink);
    if (permalink)
      expect(
        await suggestSettings(
          { dir, preset, permalink: `/${permalink}`.replace("/pretty", "pretty") },
          timezone ?? "UTC",
        ),
      ).toBeNull();
  });

  it("is empty if nothing is found, and doesn't search outside the repository", async () => {
    const outer = projectOf({ "hugo.toml": "" });
    mkdirSync(join(outer, "inner/.git"), { recursive: true });
    expect(await suggestPreset(join(outer, "inner"))).toBeNull();
    expect(await suggestPreset(join(outer, "nowhere/at/all"))).toMatchObject({ preset: "hugo" });
  });
});
