import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedItem, FeedPage } from "#core/feed.ts";
import { feedRendition } from "#render/feed/feed.ts";
import { openFeedWriter } from "#render/feed/writer.ts";
import { makePost, root, samples, site } from "./support.ts";

const changedAt = new Date("2026-05-05T10:00:00Z");
const page: FeedPage = {
  id: "urn:uuid:00000000-0000-8000-8000-000000000000",
  path: "feed.xml",
  format: "rss",
  selfUrl: "https://news.example.org/feed.xml",
  entries: [],
};
const feedXml = (items: readonly FeedItem[], more: Partial<FeedPage> = {}): string =>
  openFeedWriter(site, "1").write({ ...page, ...more }, items, changedAt);

const item = (number: number, more: Parameters<typeof makePost>[1] = {}, body = "Words."): FeedItem => ({
  guid: `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
  publishedAt: new Date(Date.UTC(2026, 4, number, 9)),
  updatedAt: new Date(Date.UTC(2026, 4, number, 9)),
  rendition: feedRendition(makePost(body, { url: `https://room.example.org/blog/${number}/`, ...more })),
});

describe("An RSS document", () => {
  it("matches the golden file", async () => {
    const items = Object.values(samples).map((post, index) => ({ ...item(index + 1), rendition: feedRendition(post) }));
    await expect(feedXml(items.reverse())).toMatchFileSnapshot("../golden/render/feed.xml");
  });

  it("has an opaque guid for each item, GMT dates and the time of the last change", () => {
    const xml = feedXml([item(3)]);
    expect(xml).toContain('<guid isPermaLink="false">urn:uuid:');
    expect(xml).toContain("<pubDate>Sun, 03 May 2026 09:00:00 GMT</pubDate>");
    expect(xml).toContain("<lastBuildDate>Tue, 05 May 2026 10:00:00 GMT</lastBuildDate>");
    expect(xml).toContain(
      '<atom:link href="https://news.example.org/feed.xml" rel="self" type="application/rss+xml"/>',
    );
  });

  it("writes titles, names and tags as plain text with hexadecimal references", () => {
    const xml = feedXml([item(1, { title: "a < b & c", authors: [{ name: "A & B" }], tags: ["C&A"] })]);
    expect(xml).toContain("<title>a &#x3C; b &#x26; c</title>");
    expect(xml).toContain("<dc:creator>A &#x26; B</dc:creator>");
    expect(xml).toContain("<category>C&#x26;A</category>");
  });

  it("has the summary before the content", () => {
    const xml = feedXml([item(1)]);
    expect(xml.indexOf("<description><![CDATA[The shelves")).toBeLessThan(xml.indexOf("<content:encoded>"));
  });

  it("has the same bytes at any time and in any time zone", () => {
    const script = `import { openFeedWriter } from "${root}src/render/feed/writer.ts";
      const at = new Date("2026-05-05T10:00:00Z");
      const rendition = { url: "https://a.example/", title: "T", summary: "S", html: "<p>H</p>", language: "en", authors: [], tags: [] };
      const site = { title: "A", url: "https://a.example", description: "D", language: "en", timezone: "UTC" };
      const items = [{ guid: "urn:uuid:1", publishedAt: at, updatedAt: at, rendition }];
      for (const format of ["rss", "atom", "json"])
        process.stdout.write(openFeedWriter(site, "1").write({ id: "urn:uuid:0", path: "f", format, selfUrl: "https://a.example/f", entries: [] }, items, at));`;
    const run = (TZ: string): string =>
      spawnSync(process.execPath, ["--conditions=source", "--input-type=module", "-e", script], {
        cwd: root,
        env: { ...process.env, TZ },
        encoding: "utf8",
      }).stdout;
    const here = run("Asia/Kolkata");
    expect(here).toContain("<item>");
    expect(here).toContain("<entry>");
    expect(run("America/New_York")).toBe(here);
  });

  it("refuses an invalid date", () => {
    expect(() => feedXml([{ ...item(1), publishedAt: new Date("soon") }])).toThrow(RangeError);
  });

  it("is valid with any characters in posts", () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom("]]>", "\0", "\x1b", "\ufffe", "\ud800", "&", "<b>", "'", '"', "é", "👩‍👧"),
        fc.string({ unit: "binary", maxLength: 2 }),
      ),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, text, text, (title, body, tag) => {
        const xml = feedXml([
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

  it("names its hub, its archive and itself", () => {
    const archive = { current: "https://a.example/feed.xml", previous: "https://a.example/1.xml" };
    const xml = feedXml([item(1)], { hub: "https://hub.example/", archive, about: "news & views" });
    expect(xml).toContain('<atom:link href="https://hub.example/" rel="hub"/>');
    expect(xml).toContain("<fh:archive/>");
    expect(xml).toMatch(/rel="prev-archive" href="https:\/\/a.example\/1.xml"/);
    expect(xml).toContain(`<title>${site.title}: news &#x26; views</title>`);
  });

  it("has an enclosure only if size and type of the lead image are known", () => {
    const image = { url: "https://room.example.org/img/lead.jpg", alt: "The room" };
    const withImage = (more: object): FeedItem => ({
      ...item(1),
      rendition: { ...item(1).rendition, image: { ...image, ...more } },
    });
    const known = withImage({ bytes: 1234, type: "image/jpeg" });
    expect(feedXml([known])).toContain(`<enclosure url="${image.url}" length="1234" type="image/jpeg"/>`);
    expect(feedXml([known])).toContain("<media:content");
    expect(feedXml([withImage({})])).not.toContain("<enclosure");
    expect(feedXml([known], { format: "atom" })).toContain(
      `<link rel="enclosure" href="${image.url}" type="image/jpeg" length="1234"/>`,
    );
    const json = JSON.parse(feedXml([known], { format: "json" }));
    expect(json.items[0].attachments).toEqual([{ url: image.url, mime_type: "image/jpeg", size_in_bytes: 1234 }]);
  });

  it("shows only a notice for a withdrawn post", () => {
    const xml = feedXml([{ ...item(1, { title: "Kept" }, "Secret words."), withdrawn: true }]);
    expect(xml).toContain("<title>Kept</title>");
    expect(xml).toContain("This post was withdrawn");
    expect(xml).not.toContain("Secret");
  });
});

describe("An Atom document", () => {
  it("matches the golden file", async () => {
    const items = Object.values(samples).map((post, index) => ({ ...item(index + 1), rendition: feedRendition(post) }));
    const atom = feedXml(items.reverse(), {
      format: "atom",
      path: "atom.xml",
      selfUrl: "https://news.example.org/atom.xml",
    });
    await expect(atom).toMatchFileSnapshot("../golden/render/atom.xml");
  });
});

describe("A JSON Feed", () => {
  it("has everything that the specification requires", () => {
    const feed = JSON.parse(feedXml([item(1, { tags: ["a", "a"] })], { format: "json" }));
    expect(feed).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      title: site.title,
      feed_url: page.selfUrl,
      items: [{ id: item(1).guid, date_published: "2026-05-01T09:00:00.000Z", tags: ["a"] }],
    });
  });
});
