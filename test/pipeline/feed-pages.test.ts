/** Which documents a feed consists of. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedEntry, FeedSettings } from "#core/feed.ts";
import { feedPages, feedSlug } from "#pipeline/feed-pages.ts";

const settings: FeedSettings = {
  baseUrl: "https://news.example.org",
  file: "feed.xml",
  formats: ["rss", "atom", "json"],
  limit: 3,
  tags: true,
  authors: true,
  archive: true,
};

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

  it("chains archive documents whose content never changes again", () => {
    const before = feedPages(entries(7), settings).filter(({ path }) => path.startsWith("archive/"));
    expect(before.map(({ entries: items }) => items.map(({ postId }) => postId))).toEqual([
      ["p3", "p2", "p1"],
      ["p6", "p5", "p4"],
    ]);
    expect(before[1]?.archive).toEqual({
      current: "https://news.example.org/feed.xml",
      previous: "https://news.example.org/archive/1.xml",
    });
    const after = feedPages(entries(9), settings).filter(({ path }) => path.startsWith("archive/"));
    expect(after.map(({ entries: items }) => items.map(({ postId }) => postId)).slice(0, 2)).toEqual(
      before.map(({ entries: items }) => items.map(({ postId }) => postId)),
    );
    expect(feedPages(entries(7), settings)[0]?.archive).toEqual({ previous: "https://news.example.org/archive/2.xml" });
  });

  it("leaves nobody out: every item is in a main document or in the archive", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), (number, limit) => {
        const pages = feedPages(entries(number), { ...settings, limit });
        const found = new Set(pages.flatMap((page) => page.entries.map(({ postId }) => postId)));
        expect(found.size).toBe(number);
        expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
      }),
    );
  });

  it("gives tags paths that read like them and never leave the folder", () => {
    expect(feedSlug("C++")).toBe("c-plus-plus");
    expect(feedSlug("C#")).toBe("c-sharp");
    expect(feedSlug("Grüße & Küsse!")).toBe("grüße-küsse");
    expect(feedSlug("../../etc/passwd")).toBe("etc-passwd");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
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
