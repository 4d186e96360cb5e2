import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Post } from "#core/posts/post.ts";
import type { Renderer } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { parseYaml } from "#formats/yaml.ts";
import { mailBytes } from "#render/email/budget.ts";
import { openFeedWriter } from "#render/feed/writer.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { aFit, compose, graphemes, makePost, root, samples, site, templatesDir } from "./support.ts";

const corpus = join(process.env["POSTRIDER_CORPUS"] ?? join(root, "../shared/corpus"), "starlingx/src/pages/blog");
const checks = process.env["POSTRIDER_CHECKS"] ?? join(root, "../shared/checks");
const python = "/usr/bin/python3";
const canCheck =
  existsSync(checks) &&
  spawnSync(python, ["-c", "import lxml, html5lib, feedparser"], { stdio: "ignore" }).status === 0;

const starlingx = { ...site, title: "StarlingX", url: "https://www.starlingx.io" };
const list = { name: "news", title: "News" };

const posts: Post[] = existsSync(corpus)
  ? readdirSync(corpus)
      .filter((name) => name.endsWith(".md"))
      .map(readPost)
  : [];
const skip = posts.length === 0;

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer({ templatesDir, site: starlingx });
});

describe("the posts of a real blog", () => {
  it.skipIf(skip)("all become emails that no client cuts", async () => {
    expect(posts).toHaveLength(78);
    for (const post of posts) {
      const { html, subject, preheader } = await renderer.email(post, list);
      expect(mailBytes(html), post.path).toBeLessThanOrEqual(98 * 1024);
      expect(subject).not.toMatch(/\n/);
      expect(preheader.length).toBeGreaterThanOrEqual(20);
    }
  });

  it.skipIf(skip)("all become notes that fit", () => {
    for (const post of posts) {
      const { text } = renderer.note(post, aFit(300, graphemes));
      expect(graphemes(text)).toBeLessThanOrEqual(300);
      expect(text.endsWith(post.url)).toBe(true);
    }
  });

  it.skipIf(skip || !canCheck)("pass the mail checker", { timeout: 300_000 }, async () => {
    const dir = mkdtempSync(join(tmpdir(), "mails-"));
    const files = await Promise.all(
      [...posts, ...Object.values(samples)].map(async (post, index) => {
        const file = join(dir, `${index}-${basename(post.path)}.eml`);
        writeFileSync(file, await compose(await renderer.email(post, list)));
        return file;
      }),
    );
    const typed = ["--allow-placeholder", String.raw`\{\{name\}\}|\*\|FNAME\|\*|%recipient%|<%|\$\{|undefined`];
    const { stdout } = spawnSync(python, [join(checks, "check_email.py"), ...typed, ...files], { encoding: "utf8" });
    expect(stdout.split("\n").filter((line) => line.includes("FAIL"))).toEqual([]);
  });

  it.skipIf(skip || !canCheck)("pass the feed checker together", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "feed-")), "feed.xml");
    const items = await Promise.all(
      posts.map(async (post) => ({
        guid: `urn:uuid:${sha256(post.id).slice(0, 8)}-0000-4000-8000-${sha256(post.id).slice(8, 20)}`,
        publishedAt: new Date(post.publishedAt),
        updatedAt: new Date(post.publishedAt),
        rendition: await renderer.feed(post),
      })),
    );
    const changedAt = new Date("2026-05-05T10:00:00Z");
    const newest = items.toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
    const page = { id: "urn:uuid:0", path: "feed.xml", selfUrl: "https://news.example.org/feed.xml", entries: [] };
    const writer = openFeedWriter(starlingx, "1");
    writeFileSync(file, writer.write({ ...page, format: "rss" }, newest, changedAt));
    const options = ["--strict", "--full-content", "--max-items", "100", "--max-bytes", "2000000"];
    const { stdout } = spawnSync(python, [join(checks, "check_feed.py"), ...options, file], { encoding: "utf8" });
    expect(stdout.split("\n").filter((line) => /FAIL|WARN/.test(line))).toEqual([]);
  });
});

function readPost(name: string): Post {
  const source = readFileSync(join(corpus, name), "utf8").replaceAll("\r\n", "\n");
  const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  const fields = parseYaml(head).value as {
    title: string;
    author: string;
    date: string;
    category?: { label: string }[];
  };
  const first = readOutline(body).paragraphs.find(({ text }) => text.length >= 40);
  return makePost(body, {
    id: name,
    path: name,
    revision: sha256(source),
    title: fields.title,
    url: `https://www.starlingx.io/blog/${basename(name, ".md")}/`,
    publishedAt: new Date(fields.date).toISOString(),
    authors: [{ name: fields.author }],
    tags: (fields.category ?? []).map(({ label }) => label),
    summary: { text: first?.text ?? fields.title, source: "paragraph" },
  });
}
