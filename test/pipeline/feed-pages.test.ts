/** Which documents a feed consists of. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedEntry, FeedSettings } from "#core/feed.ts";
import { feedSlug, feedPages as pagesOf } from "#pipeline/feeds/feed-pages.ts";

const settings: FeedSettings = {
  baseUrl: "https://news.example.org",
  file: "feed.xml",
  formats: ["rss", "atom", "json"],
  limit: 3,
  tags: true,
  authors: true,
  archive: true,
};

const feedPages = (items: readonly FeedEntry[], given: FeedSettings) => pagesOf(items, given, "a-guid");

/** Newest first, as they are stored. */
function entries(number: number, more: Partial<FeedEntry> = {}): FeedEntry[] {
  return Array.from({ length: number }, (_, index) => ({
    postId: `p${number - index}`,
    guid: `urn:uuid:${number - index}`,
    publishedAt: new Date(Date.UTC(2026, 0, number - index)),
    updatedAt: new Date(Date.UTC(2026, 0, number - index)),
    digest: "d",
    tags: ["News"],
    authors: ["Ada Quill"],
    ...more,
  }));
}

describe("A feed", () => {
  it("has one document for each format, tag and author, the newest items first and no more than the limit", () => {
    const pages = feedPages(entries(4), { ...settings, archive: false });
    expect(pages.map(({ path }) => path)).toEqual([
      "feed.xml",
      "atom.xml",
      "feed.json",
      "tags/news/feed.xml",
      "authors/ada-quill/feed.xml",
    ]);
    for (const page of pages) {
      expect(page.entries.map(({ postId }) => postId)).toEqual(["p4", "p3", "p2"]);
      expect(page.selfUrl).toBe(`https://news.example.org/${page.path}`);
    }
    expect(pages[3]?.about).toBe("News");
  });

  it("links archive documents whose content never changes again", () => {
    const archives = (items: readonly FeedEntry[]) =>
      feedPages(items, settings).filter(({ path }) => /^archive\/\d+\.xml$/.test(path));
    const before = archives(entries(7));
    expect(before.map(({ entries: items }) => items.map(({ postId }) => postId))).toEqual([
      ["p3", "p2", "p1"],
      ["p6", "p5", "p4"],
    ]);
    expect(before[1]?.archive).toEqual({
      current: "https://news.example.org/feed.xml",
      previous: "https://news.example.org/archive/1.xml",
    });
    expect(archives(entries(11)).slice(0, 2)).toEqual(before);
    const dropped = entries(7).map((entry) => ({ ...entry, dropped: entry.postId === "p2" }));
    expect(archives(dropped).map(({ entries: items }) => items.map(({ postId }) => postId))).toEqual([
      ["p3", "p1"],
      ["p6", "p5", "p4"],
    ]);
    expect(feedPages(entries(7), settings)[0]?.archive).toEqual({ previous: "https://news.example.org/archive/2.xml" });
  });

  it("has an archive in each of its formats, linked within the format", () => {
    const pages = feedPages(entries(7), settings);
    const archives = pages.filter(({ path }) => path.startsWith("archive/"));
    expect(archives.map(({ path }) => path)).toEqual([
      ...["archive/1.xml", "archive/2.xml"],
      ...["archive/1.atom.xml", "archive/2.atom.xml"],
      ...["archive/1.json", "archive/2.json"],
    ]);
    for (const { format, archive, selfUrl } of archives) {
      const main = pages.find((page) => page.format === format && !page.path.includes("/"));
      expect(archive?.current).toBe(main?.selfUrl);
      expect(main?.archive?.previous).toBe(archives.findLast((each) => each.format === format)?.selfUrl);
      if (selfUrl.includes("/2.")) expect(archive?.previous).toBe(selfUrl.replace("/2.", "/1."));
    }
  });

  it("shows a withdrawn post of any age, and a removed one nowhere", () => {
    const some = entries(6).map((entry) => ({ ...entry, withdrawn: ["p1", "p2"].includes(entry.postId) }));
    const [first] = feedPages(some, settings);
    expect(first?.entries.map(({ postId }) => postId)).toEqual(["p6", "p5", "p4", "p2", "p1"]);
    const later = some.map((entry) => ({ ...entry, dropped: entry.postId === "p1" }));
    for (const page of feedPages(later, settings)) expect(page.entries.map(({ postId }) => postId)).not.toContain("p1");
  });

  it("has an identity for each document that is independent of its address", () => {
    const ids = (baseUrl: string) => feedPages(entries(4), { ...settings, baseUrl }).map(({ id }) => id);
    expect(new Set(ids("https://a.example")).size).toBe(ids("https://a.example").length);
    expect(ids("https://b.example/feeds")).toEqual(ids("https://a.example"));
    expect(ids("https://a.example")[0]).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  });

  it("names the address that readers request", () => {
    const pages = feedPages(entries(1, { tags: ["Grüße"] }), settings);
    const page = pages.find(({ path }) => path === "tags/grüße/feed.xml");
    expect(page?.selfUrl).toBe("https://news.example.org/tags/gr%C3%BC%C3%9Fe/feed.xml");
  });

  it("has every item in a main document or in the archive", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), (number, limit) => {
        const pages = feedPages(entries(number), { ...settings, limit });
        const found = new Set(pages.flatMap((page) => page.entries.map(({ postId }) => postId)));
        expect(found.size).toBe(number);
        expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
      }),
    );
  });

  it("gives tags readable paths that never leave the folder", () => {
    expect(feedSlug("C++")).toBe("c-plus-plus");
    expect(feedSlug("C#")).toBe("c-sharp");
    expect(feedSlug("Grüße & Küsse!")).toBe("grüße-küsse");
    expect(feedSlug("../../etc/passwd")).toBe("etc-passwd");
    expect(feedSlug("long ".repeat(100))).not.toBe(feedSlug("long ".repeat(101)));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (name) => {
        expect(Buffer.byteLength(feedSlug(name))).toBeLessThanOrEqual(120);
        expect(feedSlug(name)).not.toMatch(/[/\\.\0\s]/);
      }),
    );
    const [, , , ...groups] = feedPages(entries(1, { tags: ["???", "a/b", "A b"] }), {
      ...settings,
      authors: false,
      archive: false,
    });
    expect(groups.map(({ path }) => path)).toEqual(["tags/a-b/feed.xml"]);
  });
});
