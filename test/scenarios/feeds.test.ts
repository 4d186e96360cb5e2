/** Feeds as their readers meet them: hostile posts, moves, withdrawal, other machines, and programs that we did not write. */

import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openTestSite, post, serve, type TestSite } from "../support/cli.ts";
import { hasNewsboat, openNewsboat } from "../support/newsboat.ts";
import { freePort } from "../support/start-servers.ts";

const checks = process.env["POSTRIDER_CHECKS"] ?? join(import.meta.dirname, "../../../shared/checks");
const python = "/usr/bin/python3";
const canCheck =
  existsSync(checks) && spawnSync(python, ["-c", "import lxml, feedparser"], { stdio: "ignore" }).status === 0;
/** A working copy of https://github.com/w3c/feedvalidator, for who has one. */
const validator = process.env["POSTRIDER_FEED_VALIDATOR"] ?? "";

function configuration(address: string, more = "", site = "https://example.org"): string {
  return `site: { title: "A Blog & More ]]>", url: "${site}", description: "Words & pictures" }
content: { dir: content/posts, preset: plain, permalink: "/blog/:file/" }
server: { url: "${address}", listen: "127.0.0.1:${new URL(address).port || 8420}" }
channels:
  feed: { adapter: rss, out: public, limit: 100, authors: true, archive: true${more} }
`;
}

/** Each of them broke feeds of real blogs. */
const hostile: Record<string, string> = {
  "escapes.md": post(`"Escape \\e[31mred\\e[0m, \\0 and \\uFFFE"`, 'author: "A\\x07B"\n').replace(
    "The end.",
    "A terminal: \u001b[31mred\u001b[0m, a bell \u0007, \ufffe and \uffff.\n\n```\ncode \u001b[0m \u0002\n```",
  ),
  "cdata.md": post('"]]> in <em>titles</em> &nbsp; &amp; <script>"').replace("The end.", "]]> and `]]>` <b>]]></b>"),
  "script.md": post("Script", 'tags: ["<b>bold</b>", "a & b", "Grüße", "C++", "日本語"]\n').replace(
    "The end.",
    `[x](javascript:alert(1)) [y](data:text/html,x) <script>alert(1)</script> <svg onload="alert(1)"></svg>

<iframe src="https://evil.example/"></iframe> <img src="x.png" onerror="alert(1)" srcset="a.png 1x, /b.png 2x" alt="">

<a href="//other.example/x">other</a> <a href="../up/">up</a> [frag](#fn1) <p style="position:fixed">fixed</p>

A note[^1].

[^1]: Which stands here.`,
  ),
  "long-tag.md": post("Long", `tags: ["${"long ".repeat(80)}", "${"ü".repeat(200)}", ".", ".."]\n`),
  "name ü & 👩‍👧.md": post('"Emoji 👩‍👧 עברית"'),
  "crlf.md": post("Line ends").replaceAll("\n", "\r\n"),
  "date-only.md": post("Day").replace("2026-01-05T09:00:00Z", "2026-07-05"),
  "zoneless.md": post("Wall clock").replace("2026-01-05T09:00:00Z", "2026-07-05 08:30:00"),
};
const kept = ["draft: true\n", "noindex: true\n", "visibility: members\n", "robots: noindex, follow\n"];

describe("Feeds", () => {
  it("contain all of a hostile set of posts, and nothing that is not public", { timeout: 180_000 }, async () => {
    const port = await freePort();
    const site = openTestSite(configuration(`http://127.0.0.1:${port}`), {
      ...Object.fromEntries(Object.entries(hostile).map(([name, text]) => [`content/posts/${name}`, text])),
      ...Object.fromEntries(kept.map((more, index) => [`content/posts/kept-${index}.md`, post(`Kept ${index}`, more)])),
      "content/posts/later.md": post("Later").replace("2026-01-05", "2999-01-05"),
    });
    const paths = readdirSync(join(site.dir, "content/posts")).map((name) => `content/posts/${name}`);
    const published = await site.run("publish", ...paths);
    expect(published.stderr).toContain("Not published to feed: it is not public (visibility: members)");
    const { items } = JSON.parse(readFileSync(join(site.dir, "public/feed.json"), "utf8")) as { items: unknown[] };
    expect(items).toHaveLength(Object.keys(hostile).length);
    const documents = readdirSync(join(site.dir, "public"), { recursive: true, encoding: "utf8" });
    expect(documents.some((path) => /kept|later/i.test(path))).toBe(false);
    if (spawnSync("xmllint", ["--version"], { stdio: "ignore" }).status === 0)
      for (const path of documents.filter((each) => each.endsWith(".xml"))) {
        const { stderr } = spawnSync("xmllint", ["--noout", join(site.dir, "public", path)], { encoding: "utf8" });
        expect(stderr, path).toBe("");
      }
    if (!canCheck) return;
    await using _server = await answering(site);
    for (const path of documents.filter((each) => /\.(xml|json)$/.test(each))) {
      const url = `http://127.0.0.1:${port}/${path.split("/").map(encodeURIComponent).join("/")}`;
      // A title about a tag is text and stays text; the checker takes every `<script>` for markup.
      const found = (await complaints(url)).filter((line) => !/title-html .*\]\]> in titles & <script>/.test(line));
      expect(found, path).toEqual([]);
    }
  });

  it.skipIf(!hasNewsboat)(
    "are read by newsboat, which shows no post twice after edits, moves and withdrawal",
    { timeout: 180_000 },
    async () => {
      const address = `http://127.0.0.1:${await freePort()}`;
      const names = ["one", "two", "three", "four"];
      const site = openTestSite(
        configuration(address),
        Object.fromEntries(names.map((name) => [`content/posts/${name}.md`, post(name)])),
      );
      const posts = names.map((name) => `content/posts/${name}.md`);
      await site.run("publish", ...posts);
      using reader = openNewsboat(`${address}/feed.xml`);
      const read = async (): Promise<Map<string, { title: string; url: string; content: string }>> => {
        await using _server = await answering(site);
        await reader.reload();
        return new Map(reader.items().map((item) => [item.guid, item]));
      };
      const before = await read();
      expect(before.size).toBe(4);
      const dates = reader.items().map(({ pubDate }) => pubDate);
      // Once more, so that it has validators to ask with.
      await read();
      reader.markAllRead();

      site.write("content/posts/one.md", post("one, retitled").replace("The end.", "The end, mended."));
      expect((await site.run("republish", "content/posts/one.md", "--mode", "update")).status).toBe(0);
      renameSync(join(site.dir, "content/posts/two.md"), join(site.dir, "content/posts/second.md"));
      const moved = await site.run("publish", "content/posts/second.md");
      expect(moved.stderr).toContain("not sent again");
      expect((await site.run("feed", "withdraw", "content/posts/three.md")).status).toBe(0);
      site.write("postrider.yaml", configuration(address, "", "https://new.example.org"));
      expect((await site.run("feed", "build")).status).toBe(0);

      const after = await read();
      expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
      expect(reader.items().map(({ pubDate }) => pubDate)).toEqual(dates);
      expect(reader.items().map(({ unread }) => unread)).toEqual([0, 0, 0, 0]);
      const urlOf = (title: string) => [...after.values()].find((item) => item.title === title)?.url;
      expect(urlOf("one, retitled")).toBe("https://new.example.org/blog/one/");
      expect(urlOf("two")).toBe("https://new.example.org/blog/second/");
      const withdrawn = [...after.values()].find(({ title }) => title === "three");
      expect(withdrawn?.content).toContain("This post was withdrawn");
      expect(withdrawn?.content).not.toContain("The end.");
    },
  );

  it("are the same bytes in any time zone, language and folder", { timeout: 120_000 }, async () => {
    const site = openTestSite(configuration("https://news.example.org"), {
      "content/posts/one.md": post("One").replace("2026-01-05T09:00:00Z", "2026-03-29 02:30:00"),
      "content/posts/two.md": post("Zwei, ärgerlich", "tags: [ä, z, a]\n"),
    });
    await site.run("publish", "content/posts/one.md", "content/posts/two.md");
    const bytes = (folder: string) =>
      readdirSync(join(site.dir, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), "utf8")])
        .map(([path = "", text]) => [path.replace(join(site.dir, folder), ""), text])
        .sort();
    const before = bytes("public");
    expect(before.length).toBeGreaterThan(5);
    for (const [index, TZ] of ["Asia/Kolkata", "America/New_York"].entries()) {
      Object.assign(site.env, { TZ, PGTZ: TZ, LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" });
      expect((await site.run("feed", "build", "--out", `other-${index}`)).status).toBe(0);
      expect(bytes(`other-${index}`)).toEqual(before);
    }
  });

  it("are complete if two builds run at once, and after builds that were killed", { timeout: 180_000 }, async () => {
    const names = ["one", "two", "three"];
    const site = openTestSite(
      configuration("https://news.example.org"),
      Object.fromEntries(names.map((name) => [`content/posts/${name}.md`, post(name)])),
    );
    await site.run("publish", ...names.map((name) => `content/posts/${name}.md`));
    const read = () => readFileSync(join(site.dir, "public/feed.xml"), "utf8");
    const before = read();
    rmSync(join(site.dir, "public"), { recursive: true });
    const both = await Promise.all([site.run("feed", "build"), site.run("feed", "build")]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(read()).toBe(before);
    for (const limit of [2, 3, 2]) {
      site.write("postrider.yaml", configuration("https://news.example.org").replace("limit: 100", `limit: ${limit}`));
      rmSync(join(site.dir, "public"), { recursive: true, force: true });
      const building = await site.start("feed", "build");
      const seen = expect
        .poll(() => existsSync(join(site.dir, "public")), { timeout: 120_000, interval: 1 })
        .toBe(true);
      await Promise.race([seen, building.finished]);
      building.child.kill("SIGKILL");
      await building.finished;
      if (existsSync(join(site.dir, "public/feed.xml"))) expect(read()).toMatch(/<\/rss>$/);
    }
    site.write("postrider.yaml", configuration("https://news.example.org"));
    expect((await site.run("feed", "build")).status).toBe(0);
    expect(read().match(/<item>/g)).toHaveLength(3);
  });
});

/** One process that answers, until disposed. */
async function answering(site: TestSite): Promise<AsyncDisposable> {
  const serving = await serve(site, []);
  return {
    async [Symbol.asyncDispose]() {
      serving.child.kill("SIGTERM");
      await serving.finished;
    },
  };
}

/** What a checker that we did not write finds, and the W3C's where there is one. */
async function complaints(url: string): Promise<string[]> {
  const args = [join(checks, "check_feed.py"), "--strict", "--require-br", "--full-content", "--allow-fragments", url];
  const { stdout } = await promisify(execFile)(python, args).catch((error: { stdout: string }) => error);
  const found = stdout.split("\n").filter((line) => /\b(FAIL|WARN)\b/.test(line));
  if (!validator || url.endsWith(".json")) return found;
  const script = `import sys; sys.path.insert(0, sys.argv[1] + "/src")
import feedvalidator, urllib.request
from feedvalidator import compatibility
from feedvalidator.formatter.text_plain import Formatter
events = feedvalidator.validateString(urllib.request.urlopen(sys.argv[2]).read(), firstOccurrenceOnly=0, base=sys.argv[2])
print("\\n".join(Formatter(compatibility.AA(events["loggedEvents"]))))`;
  const { stdout: said } = await promisify(execFile)(python, ["-c", script, validator, url]);
  return [...found, ...said.split("\n").filter(Boolean)];
}
