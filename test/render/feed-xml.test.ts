import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedItem } from "#core/feed.ts";
import { feedRendition } from "#render/feed.ts";
import { feedXml } from "#render/feed-xml.ts";
import { makePost, root, samples, site } from "./support.ts";

const channel = { site, selfUrl: "https://news.example.org/feed.xml", changedAt: new Date("2026-05-05T10:00:00Z") };

const item = (number: number, more: Parameters<typeof makePost>[1] = {}, body = "Words."): FeedItem => ({
  guid: `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  publishedAt: new Date(Date.UTC(2026, 4, number, 9)),
  updatedAt: new Date(Date.UTC(2026, 4, number, 9)),
  rendition: feedRendition(makePost(body, { url: `https://room.example.org/blog/${number}/`, ...more })),
});

describe("feedXml", () => {
  it("writes what the golden file holds", async () => {
    const items = Object.values(samples).map((post, index) => ({ ...item(index + 1), rendition: feedRendition(post) }));
    await expect(feedXml(channel, items)).toMatchFileSnapshot("../golden/render/feed.xml");
  });

  it("puts the newest first, with an opaque guid, GMT dates and the time of the last change", () => {
    const xml = feedXml(channel, [item(1), item(3), item(2)]);
    expect([...xml.matchAll(/<link>[^<]*\/blog\/(\d)\//g)].map(([, number]) => number)).toEqual(["3", "2", "1"]);
    expect(xml).toContain('<guid isPermaLink="false">urn:uuid:');
    expect(xml).toContain("<pubDate>Sun, 03 May 2026 09:00:00 GMT</pubDate>");
    expect(xml).toContain("<lastBuildDate>Tue, 05 May 2026 10:00:00 GMT</lastBuildDate>");
    expect(xml).toContain(
      '<atom:link href="https://news.example.org/feed.xml" rel="self" type="application/rss+xml"/>',
    );
  });

  it("writes titles, names and tags as plain text with hexadecimal references", () => {
    const xml = feedXml(channel, [item(1, { title: "a < b & c", authors: [{ name: "A & B" }], tags: ["C&A"] })]);
    expect(xml).toContain("<title>a &#x3C; b &#x26; c</title>");
    expect(xml).toContain("<dc:creator>A &#x26; B</dc:creator>");
    expect(xml).toContain("<category>C&#x26;A</category>");
  });

  it("has the summary before the content", () => {
    const xml = feedXml(channel, [item(1)]);
    expect(xml.indexOf("<description><![CDATA[The shelves")).toBeLessThan(xml.indexOf("<content:encoded>"));
  });

  it("is the same at any time and in any time zone", () => {
    const script = `import { feedXml } from "${root}src/render/feed-xml.ts";
      const at = new Date("2026-05-05T10:00:00Z");
      const rendition = { url: "https://a.example/", title: "T", summary: "S", html: "<p>H</p>", authors: [], tags: [] };
      const site = { title: "A", url: "https://a.example", description: "D", language: "en", timezone: "UTC" };
      process.stdout.write(feedXml({ site, selfUrl: "https://a.example/feed.xml", changedAt: at }, [{ guid: "urn:uuid:1", publishedAt: at, updatedAt: at, rendition }]));`;
    const run = (TZ: string): string =>
      spawnSync(process.execPath, ["--conditions=source", "--input-type=module", "-e", script], {
        cwd: root,
        env: { ...process.env, TZ },
        encoding: "utf8",
      }).stdout;
    const here = run("Asia/Kolkata");
    expect(here).toContain("<item>");
    expect(run("America/New_York")).toBe(here);
  });

  it("refuses a date that is none", () => {
    expect(() => feedXml(channel, [{ ...item(1), publishedAt: new Date("soon") }])).toThrow(RangeError);
  });

  it("stays readable whatever characters posts hold", () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom("]]>", "\0", "\x1b", "\ufffe", "\ud800", "&", "<b>", "'", '"', "é", "👩‍👧"),
        fc.string({ unit: "binary", maxLength: 2 }),
      ),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, text, text, (title, body, tag) => {
        const xml = feedXml(channel, [
          item(1, { title, tags: [tag], summary: { text: body, source: "paragraph" } }, body),
          item(2),
        ]);
        expect(xml).not.toMatch(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/u);
        expect(xml.isWellFormed()).toBe(true);
        const bare = xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
        expect(bare).not.toContain("]]>");
        expect(bare.match(/<item>/g)).toHaveLength(2);
        expect(
          bare.replace(/<\/?[\w:]+(\s[\w:]+="[^"<]*")*\/?>|<\?xml[^>]*>|&(#x?[0-9A-Fa-f]+|amp|lt|gt|quot|apos);/g, ""),
        ).not.toMatch(/[<&]/);
      }),
      { numRuns: 200 },
    );
  });
});
