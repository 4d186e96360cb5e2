/** Title, address, summary, people, tags, image, language, drafts: what a post is made of. */

import { describe, expect, it } from "vitest";
import { assertPermalinkPattern } from "#content/address/permalinks.ts";
import { slugify } from "#content/address/slugs.ts";
import { loadPreset } from "#content/generators/presets.ts";
import { whyNotPosted } from "#core/posts/post.ts";
import { article, codes, contentOf, type Options, openFolder, postOf, readPost, sentence } from "./support.ts";

const withMatter = (matter: string, body = sentence) => `---\ndate: 2026-05-04\n${matter}\n---\n${body}\n`;
const titled = (matter: string, body = sentence) => withMatter(`title: Ebb\n${matter}`, body);

describe("The title", () => {
  it.each([
    ["title: Ebb", "Ebb"],
    ['title: "`git` & *tides*"', "git & tides"],
    ["title: 'A <em>slack</em> day'", "A slack day"],
    ["title: '[Ebb](https://example.org) and flood'", "Ebb and flood"],
    ["title: 2026", "2026"],
    ["title: 'snake_case_name'", "snake_case_name"],
  ])("of %j is %j", async (matter, title) => expect((await postOf(withMatter(matter))).title).toBe(title));

  it("is the first heading when the front matter has none, and leaves the body", async () => {
    const post = await postOf(withMatter("", `\n# Ebb *tide*\n\n${sentence}`));
    expect(post.title).toBe("Ebb tide");
    expect(post.body).not.toContain("#");
    expect(post.body.split("\n")).toHaveLength(5);
  });

  it("is not repeated by a heading in the body", async () => {
    const post = await postOf(titled("", `Ebb\n===\n\n${sentence}`));
    expect(post.body.trim()).toBe(sentence);
  });

  it("is required", async () => {
    expect(codes(await readPost(withMatter("title: ' '")))).toContain("no-title:1");
    expect(codes(await readPost(withMatter("title: { en: Ebb }")))).toContain("no-title:3");
    expect(codes(await readPost(`${sentence}\n`))).toEqual(["no-title:1"]);
  });

  it("is otherwise the file name, with an error that a site may switch", async () => {
    const text = withMatter("");
    expect((await readPost(text, { path: "low-water.md" })).post).toMatchObject({ title: "Low water", status: "held" });
    const told = await readPost(text, { path: "low-water.md", checks: { "no-title": "warning" } });
    expect(told.post?.status).toBe("ready");
  });

  it("is trimmed, with a warning", async () => {
    const reading = await readPost(withMatter("title: ' Ebb '"));
    expect(reading.post?.title).toBe("Ebb");
    expect(codes(reading)).toEqual(["untrimmed-title:3"]);
  });
});

describe("The address", () => {
  const url = async (text: string, path: string, options: Options = {}) =>
    (await postOf(text, { path, ...options })).url;

  it.each([
    ["/blog/:file/", "Low-Water.md", "/blog/Low-Water/"],
    ["/blog/:file", "2026-05-04-low.md", "/blog/2026-05-04-low"],
    ["/:year/:month/:day/:slug.html", "2026-05-04-low.md", "/2026/05/04/low.html"],
    ["/:year/:i_month/:i_day/:slug", "2026-05-04-low.md", "/2026/5/4/low"],
    ["/:section/:title/", "news/deep/low.md", "/posts/ebb/"],
    ["/:sections/:file/", "news/deep/low.md", "/posts/news/deep/low/"],
    ["/:path/", "news/low/index.md", "/news/low/"],
    ["/:lang/:dir/:file/", "news/low.md", "/en/news/low/"],
    ["/:file/", "tide table.md", "/tide%20table/"],
    ["/:file/", "größe?.md", "/gr%C3%B6%C3%9Fe%3F/"],
  ])("from %j for %j is %j", async (permalink, path, expected) => {
    expect(await url(titled(""), path, { permalink })).toBe(`https://tide.example.org${expected}`);
  });

  it("uses dates in the site's time zone", async () => {
    const text = "---\ntitle: Ebb\ndate: 2026-05-04T01:30:00Z\n---\nText.\n";
    const options = { permalink: "/:year/:month/:day/", site: { timezone: "America/New_York" } };
    expect(await url(text, "ebb.md", options)).toBe("https://tide.example.org/2026/05/03/");
  });

  it.each([
    ["canonical: https://elsewhere.example/ebb", "https://elsewhere.example/ebb"],
    ["url: /notes/ebb/", "https://tide.example.org/notes/ebb/"],
    ["permalink: notes/ebb", "https://tide.example.org/notes/ebb"],
    ["path: 2026/05/04/ebb", "https://tide.example.org/2026/05/04/ebb"],
    ["slug: low-tide", "https://tide.example.org/blog/low-tide/"],
    ["slug: /notes/low-tide", "https://tide.example.org/notes/low-tide"],
  ])("is the one in the front matter: %s", async (matter, expected) => {
    expect(await url(titled(matter), "ebb.md")).toBe(expected);
  });

  it.each([
    "url: javascript:alert(1)",
    "url: data:text/html,x",
    "url: https://user:secret@example.org/",
    "url: //evil.example/",
    "url: ../../etc/passwd",
    "url: /a/%2e%2e/b",
    "permalink: '{{ page.slug }}/'",
    "canonical: not a url",
    "slug: ..",
  ])("is never what it must not be: %s", async (matter) => {
    const reading = await readPost(titled(matter));
    expect(reading.post).toBeNull();
    expect(codes(reading)).toContain("bad-permalink:4");
  });

  it("needs a valid pattern", () => {
    const plain = loadPreset("plain");
    expect(() => assertPermalinkPattern("/:yaer/:slug/", plain)).toThrow(/":yaer"/);
    expect(() => assertPermalinkPattern("/blog?p=:slug", plain)).toThrow(/not a path/);
    expect(() => assertPermalinkPattern("/blog/", plain)).toThrow(/same for every post/);
    expect(() => assertPermalinkPattern("pretty", loadPreset("jekyll"))).not.toThrow();
    expect(() => contentOf({}, { permalink: "/:nothing/" })).toThrow();
  });

  it("keeps letters of every script in a title", () => {
    expect(slugify("Grüße, 東京! It's v2.0")).toBe("grüße-東京-its-v2-0");
  });
});

describe("The summary", () => {
  it.each([
    ["frontmatter", "description: '**Bold** words & `code`'", sentence, "Bold words & code"],
    ["marker", "", `Short start.\n\n<!-- more -->\n\n${sentence}`, "Short start."],
    ["marker", "", `Short start.\n\n<!--truncate-->\n\n${sentence}`, "Short start."],
    ["paragraph", "", `![A boat](b.png)\n\nHello!\n\n${sentence}`, sentence],
    ["flattened", "", "<div>\nA few words in a box.\n</div>", "A few words in a box."],
    ["flattened", "", "- one\n- two", "one two"],
  ])("comes from %s", async (source, matter, body, text) => {
    expect((await postOf(titled(matter, body))).summary).toEqual({ text, source });
  });

  it("is cut at a word and never inside a character", async () => {
    const { summary } = await postOf(titled("", "wave 👩‍👩‍👧 ".repeat(60)));
    expect(summary.text.length).toBeLessThanOrEqual(301);
    expect(summary.text).toMatch(/(wave|👩‍👩‍👧)…$/u);
  });

  it("is empty for a post with only one image", async () => {
    const reading = await readPost(titled("", "![](a.png)"));
    expect(reading.post?.summary).toEqual({ text: "", source: "none" });
    expect(codes(reading)).toContain("no-summary:1");
  });

  it("ignores a mark inside code", async () => {
    const { summary } = await postOf(titled("", `Start.\n\n\`\`\`\n<!-- more -->\n\`\`\`\n\n${sentence}`));
    expect(summary.source).toBe("paragraph");
  });
});

describe("People and tags", () => {
  const authors = async (matter: string, options = {}) => (await postOf(titled(matter), options)).authors;
  const tags = async (matter: string, options = {}) => (await postOf(titled(matter), options)).tags;

  it("reads authors in every form", async () => {
    expect(await authors("author: Ada Quill")).toEqual([{ name: "Ada Quill" }]);
    expect(await authors("authors: [Ada, { name: Ben, url: 'https://ben.example', email: b@example.org }]")).toEqual([
      { name: "Ada" },
      { name: "Ben", url: "https://ben.example/", email: "b@example.org" },
    ]);
    expect(await authors('author: "[Ada Quill](https://ada.example/x), keeper of tides"')).toEqual([
      { name: "Ada Quill", url: "https://ada.example/x" },
    ]);
    expect(await authors('author: "Ada Quill ([@ada](https://ada.example)), keeper"')).toEqual([
      { name: "Ada Quill", url: "https://ada.example/" },
    ]);
    expect(await authors("author: Ada <ada@example.org>")).toEqual([{ name: "Ada", email: "ada@example.org" }]);
    expect(await authors("author: null")).toEqual([{ name: "The Tide Table" }]);
    expect(await authors("author: Ada and Ben", { preset: "gatsby-decap" })).toEqual([
      { name: "Ada" },
      { name: "Ben" },
    ]);
  });

  it("reads tags in every form, each once", async () => {
    expect(await tags("tags: [Tides, tides, '', 2026]")).toEqual(["Tides", "2026"]);
    expect(await tags("tags: Tides, Boats")).toEqual(["Tides", "Boats"]);
    expect(await tags("tags: null\ncategories: []\ncategory: Harbour")).toEqual(["Harbour"]);
    expect(await tags("category: [{ label: News, id: x1 }, { label: Notes, value: v }, { label: News }]")).toEqual([
      "News",
      "Notes",
    ]);
  });
});

describe("The image", () => {
  const image = async (matter: string, body = sentence, options: Options = {}) =>
    (await postOf(titled(matter, body), options)).image;

  it("is the one in the front matter, relative to the root of the site", async () => {
    expect(await image("image: assets/a.png\nimage_alt: A boat")).toEqual({
      url: "https://tide.example.org/assets/a.png",
      alt: "A boat",
    });
    expect((await image("cover: { src: ./a.png, alt: A }"))?.url).toBe(
      "https://tide.example.org/blog/2026-05-04-low-water/a.png",
    );
  });

  it("is otherwise the first image of the body that email clients show", async () => {
    expect(await image("", "![S](s.svg)\n\n![B *b*](/b.png)")).toEqual({
      url: "https://tide.example.org/b.png",
      alt: "B b",
    });
  });

  it("is the first of a list, by the paths of the preset", async () => {
    expect((await image("images: [static/img/a.png]", sentence, { preset: "hugo" }))?.url).toBe(
      "https://tide.example.org/img/a.png",
    );
    expect(await image("heroImage: '@/assets/a.png'", sentence, { preset: "astro" })).toBeUndefined();
  });

  it("is missing if the generator hides it, or if it has no address", async () => {
    expect(await image("", "![B](b.png)", { preset: "gatsby-decap" })).toBeUndefined();
    expect(await image("image: javascript:alert(1)")).toBeUndefined();
    expect(await image("image: data:image/png;base64,AA")).toBeUndefined();
  });
});

describe("Language, drafts and identity", () => {
  it("takes the language of the post or of the site, and its direction", async () => {
    expect(await postOf(titled("lang: fa"))).toMatchObject({ language: "fa", direction: "rtl" });
    expect(await postOf(titled("lang: pt_br"))).toMatchObject({ language: "pt-BR", direction: "ltr" });
    expect(await postOf(titled(""), { site: { language: "he" } })).toMatchObject({ language: "he", direction: "rtl" });
    expect(codes(await readPost(titled("lang: '!!'")))).toEqual(["bad-language:4"]);
  });

  it("reads the language from the name if the generator does", async () => {
    expect(await postOf(titled(""), { preset: "hugo", path: "low.fr.md" })).toMatchObject({
      language: "fr",
      url: "https://tide.example.org/fr/posts/low/",
    });
    expect(await postOf(titled(""), { preset: "hugo", path: "next.js.md" })).toMatchObject({
      language: "en",
      url: "https://tide.example.org/posts/next.js/",
    });
    expect((await postOf(titled(""), { path: "low.fr.md" })).language).toBe("en");
  });

  it.each([
    ["draft: true", "draft"],
    ["draft: 'yes'", "draft"],
    ["draft: maybe", "draft"],
    ["published: false", "draft"],
    ["published: 'False'", "draft"],
    ["Draft: true", "draft"],
    ["unlisted: true", "draft"],
    ["status: Draft", "draft"],
    ["permalink: false", "draft"],
    ["draft: false", "ready"],
    ["published: true", "ready"],
    ["published: 2026-05-04", "ready"],
    ["status: published", "ready"],
  ])("with %s is %s", async (matter, status) => expect((await postOf(titled(matter))).status).toBe(status));

  it.each([
    ["noindex: true", "noindex: true"],
    ["robots: noindex, follow", "robots: noindex, follow"],
    ["visibility: Members", "visibility: members"],
    ["private: yes", "private: yes"],
    ["access: [a, b]", "access: …"],
    ["visibility: public", undefined],
    ["noindex: false", undefined],
    ["robots: index, follow", undefined],
  ])("with %s is public or not", async (matter, limited) =>
    expect((await postOf(titled(matter))).limited).toBe(limited),
  );

  it("is a draft in a folder of drafts, even if its front matter says otherwise", async () => {
    const options = { preset: "jekyll", path: "_drafts/low.md" };
    expect((await postOf(titled("published: true"), options)).status).toBe("draft");
  });

  it("reads a date under `published` as the date", async () => {
    const text = `---\ntitle: Ebb\npublished: 2026-05-04\ndraft: false\n---\n${sentence}\n`;
    expect(await postOf(text, { path: "ebb.md" })).toMatchObject({
      status: "ready",
      publishedAt: "2026-05-04T00:00:00.000Z",
    });
  });

  it("reports an unclear draft setting", async () => {
    expect(codes(await readPost(titled("draft: maybe")))).toEqual(["unclear-draft:4"]);
  });

  it("is identified by its own id, or else by its path", async () => {
    expect((await postOf(titled("uuid: 6f1c"))).id).toBe("6f1c");
    expect((await postOf(titled("uuid: ' '"), { path: "a/b.md" })).id).toBe("a/b.md");
    expect((await postOf(titled("id: 7"), { path: "a/b.md" })).id).toBe("a/b.md");
  });

  it("keeps the author's texts for networks", async () => {
    expect((await postOf(titled("share_text: Read this!"))).shareText).toBe("Read this!");
  });

  it("is held back by an error and has the line where its body begins", async () => {
    const { post } = await readPost(article("{{ page.title }} comes out wrong here."));
    expect(post).toMatchObject({ status: "held", bodyLine: 5 });
  });

  it("is refused if it is empty", async () => {
    expect(codes(await readPost(titled("", "")))).toEqual(["empty-body:6"]);
  });
});

describe("The folder", () => {
  it("lists posts and nothing else, sorted", async () => {
    const content = contentOf({
      "b.md": "x",
      "a/index.mdx": "x",
      "_index.md": "x",
      "_drafts/d.md": "x",
      ".hidden/h.md": "x",
      "node_modules/n.md": "x",
      "image.png": "x",
      "C.MARKDOWN": "x",
    });
    expect((await content.list()).map((file) => file.replace(/.*\/posts\//, ""))).toEqual([
      "C.MARKDOWN",
      "a/index.mdx",
      "b.md",
    ]);
  });

  it("is required", async () => {
    await expect(openFolder("/nowhere/at/all").list()).rejects.toThrow(/can't be read/);
  });

  it("needs a preset that exists", () => {
    expect(() => contentOf({}, { preset: "wordpress" })).toThrow(/no content preset "wordpress"/);
  });
});

describe("The author's own words for networks", () => {
  const texts = (matter: string) =>
    postOf(`---\ntitle: A\ndate: 2026-01-05\n${matter}\n---\nText.\n`).then(({ socialTexts }) => socialTexts);

  it.each([
    [
      "social:\n  x: A year, in four minutes.\n  bluesky: Finally!",
      { x: "A year, in four minutes.", bluesky: "Finally!" },
    ],
    ["social: { twitter: Old name, toot: Older name }", { x: "Old name", mastodon: "Older name" }],
    ["social: Told to everybody.", { default: "Told to everybody." }],
    ["social: { default: To all others. }", { default: "To all others." }],
    ["tweet: Short and sweet.", { x: "Short and sweet." }],
    ["social: { mastodon: 今日は }", { mastodon: "今日は" }],
  ])("are read from %j", async (matter, expected) => {
    expect(await texts(matter)).toEqual(expected);
  });

  it.each([
    ["social: { bluesky: false }", { bluesky: false }],
    ["social: { twitter: no, toot: off, bsky: true }", { x: false, mastodon: false, bluesky: true }],
    ["social: false", { default: false }],
    ["toot: false", { mastodon: false }],
    ["tweet: Short and sweet.\nsocial: { x: false }", { x: false }],
    ["social: { x: Short and sweet. }", undefined],
  ])("may exclude the network: %j", async (matter, expected) => {
    const post = await postOf(`---\ntitle: A\ndate: 2026-01-05\n${matter}\n---\nText.\n`);
    expect(post.networks).toEqual(expected);
    expect(post.socialTexts?.["x"]).toBe(expected ? undefined : "Short and sweet.");
  });

  it("for a channel override those for its network, which override the default", () => {
    const posted = (networks: Record<string, boolean>, socialTexts: Record<string, string> = {}) =>
      whyNotPosted({ networks, socialTexts }, "work", "bluesky") === "";
    expect(posted({})).toBe(true);
    expect(posted({ bluesky: false })).toBe(false);
    expect(posted({ bluesky: false, work: true })).toBe(true);
    expect(posted({ bluesky: false }, { work: "For this channel." })).toBe(true);
    expect(posted({ default: false })).toBe(false);
    expect(posted({ default: false }, { bluesky: "For this network." })).toBe(true);
    expect(posted({ mastodon: false, default: true })).toBe(true);
  });

  it.each(["ada", "'@ada'", "'@ada@social.example'", "https://social.example/@ada", "in/ada-lamp", "ada.example.org"])(
    "are not profile names or addresses: %s",
    async (profile) => {
      expect(await texts(`social: { mastodon: ${profile} }`)).toBeUndefined();
    },
  );
});
