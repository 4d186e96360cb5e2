/** 152 posts of ten real sites, read as their own generators read them. */

import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { suggestPreset } from "#content/generators/suggest.ts";
import { type Read, readSample, sites } from "./sample.ts";
import { corpus, hasCorpus } from "./support.ts";

const all: Read[] = [];
beforeAll(async () => {
  all.push(...(await readSample()));
});

/** A page of the site that isn't a post: no title, no date, no text. */
const noPost = (read: Read) => read.site === "rust" && read.path.endsWith("releases/latest.md");
const posts = () => all.filter((read) => !noPost(read));
const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length;

describe.skipIf(!hasCorpus)("The sample of real posts", () => {
  it("is read completely", () => {
    expect(all).toHaveLength(152);
  });

  it("has a title and a date in every post, and a summary in nearly every one", () => {
    expect(posts().filter(({ post }) => post === null)).toEqual([]);
    const dated = posts().filter(({ post }) => post?.publishedAt.match(/^20[0-2]\d-/));
    expect(share(dated, posts())).toBeGreaterThanOrEqual(0.99);
    const summed = posts().filter(({ post }) => (post?.summary.text.length ?? 0) >= 10);
    expect(share(summed, posts())).toBeGreaterThanOrEqual(0.99);
  });

  it("has no markup in titles, summaries, authors and tags", () => {
    for (const { post, path } of posts().filter((read) => read.post?.status === "ready")) {
      const texts = [
        post?.title,
        post?.summary.text,
        ...(post?.tags ?? []),
        ...(post?.authors ?? []).map((a) => a.name),
      ];
      for (const text of texts) expect(text, path).not.toMatch(/\]\(|<\/?[a-z]+>|\{[{%]|^\s|\s$/);
    }
  });

  it("gets the addresses that the posts use to link to each other", () => {
    // Old links end in `.html`, as some of these sites once had it, and are redirected.
    const place = (url: URL) => url.pathname.replace(/\/$|\.html$/, "");
    const known = posts().map(({ site, post }) => ({ site, url: new URL(post?.url ?? "") }));
    const addresses = new Set(known.map(({ url }) => url.host + place(url)));
    const named = posts().flatMap(({ site, source, post }) =>
      [...source.matchAll(/\]\((https?:\/\/[^\s()]+|\/[^\s()]+)\)/g)].flatMap(([, href = ""]) => {
        const url = URL.parse(href, post?.url);
        const target = known.find(
          (each) =>
            each.site === site &&
            each.url.host === url?.host &&
            basename(place(each.url)).toLowerCase() === basename(place(url)).toLowerCase() &&
            // A page of another part of the site may have the same name.
            (each.url.pathname.split("/")[1] === url.pathname.split("/")[1] || place(url).split("/").length < 3),
        );
        return target && url ? [url.host + place(url)] : [];
      }),
    );
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((href) => !addresses.has(href)).length).toBeLessThanOrEqual(named.length * 0.02);
    expect(addresses.size).toBe(posts().length);
  });

  it("gives every finding a line of its file and advice", () => {
    for (const { path, source, diagnostics } of all)
      for (const { code, line, message } of diagnostics) {
        expect(line, `${path} ${code}`).toBeGreaterThanOrEqual(1);
        expect(line, `${path} ${code}`).toBeLessThanOrEqual(source.split("\n").length);
        expect(message.length).toBeGreaterThan(20);
      }
  });

  it("keeps every line of a body on its line", () => {
    for (const { post, source, path } of posts()) {
      const lines = source.replaceAll("\r\n", "\n").split("\n").length;
      expect((post?.body.split("\n").length ?? 0) + (post?.bodyLine ?? 0) - 1, path).toBe(lines);
    }
  });

  it("shows no template syntax to a reader of a post that isn't held", () => {
    const residue = /\{\{[<%]?\s*[\w/"']|\{%\s*\w|^:{3,}|^import .* from ["']|\{:\s*[.#]/m;
    const outsideCode = (body: string) =>
      body
        .replace(/^([ \t>]*)(`{3,}|~{3,})[\s\S]*?^[ \t>]*\2[`~]*[ \t]*$/gm, "")
        .replace(/(`+)[\s\S]*?\1/g, "")
        .replace(/<pre>[\s\S]*?<\/pre>/g, "");
    const shown = posts().filter(({ post }) => post?.status === "ready" && residue.test(outsideCode(post.body)));
    const quiet = shown.filter(({ diagnostics }) => !diagnostics.some(({ code }) => /syntax|expression/.test(code)));
    expect(quiet.map(({ path }) => path)).toEqual([]);
  });

  it("finds the known mistakes", () => {
    const found = (path: string, code: string) =>
      all.find((read) => read.path.endsWith(path))?.diagnostics.some((each) => each.code === code);
    expect(found("starlingx-certificate-lcm.md", "placeholder")).toBe(true);
    expect(found("starlingx-configurable-power-management.md", "unknown-tag")).toBe(true);
    expect(found("2024-03-21-buffer-overread-cve-2024-27280.md", "duplicate-key")).toBe(true);
    expect(found("2021-08-03-fukuoka-ruby-award-2022.md", "front-matter-quotes")).toBe(true);
    expect(found("2025-12-25-ruby-4-0-0-released.md", "template-syntax")).toBe(true);
    expect(found("2017-03-01-upgrade-to-babel-7.md", "bad-date")).toBe(true);
  });

  it("reads authors from their records", () => {
    const { post } = all.find(({ path }) => path.endsWith("2013-12-19-react-v0.8.0.md")) ?? {};
    expect(post?.authors[0]?.name).toBe("Paul O’Shannessy");
  });

  it.each([
    ["flux", "hugo"],
    ["babel", "docusaurus"],
    ["starlingx", "gatsby-decap"],
    ["rust", "zola"],
    ["hexo", "hexo"],
    ["tauri", "astro"],
  ])("suggests for %s the preset %s from its posts", async (site, preset) => {
    const found = await suggestPreset(join(corpus, site, sites[site]?.dir ?? ""));
    expect(found?.preset).toBe(preset);
  });
});
