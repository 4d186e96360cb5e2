/** Which documents a feed consists of, and which items each of them holds: a pure function of entries and settings. */

import type { FeedEntry, FeedFormat, FeedPage, FeedSettings } from "#core/feed.ts";

/** @param entries - newest first. */
export function feedPages(entries: readonly FeedEntry[], settings: FeedSettings): FeedPage[] {
  const newest = entries.slice(0, settings.limit);
  const archives = settings.archive ? archivePages(entries, settings) : [];
  const previous = archives.at(-1)?.selfUrl;
  const main = settings.formats.map((format) => ({
    ...page(mainPath(format, settings), format, newest, settings),
    ...(previous && format !== "json" && { archive: { previous } }),
  }));
  return [
    ...main,
    ...(settings.tags ? groupPages("tags", entries, (entry) => entry.tags, settings) : []),
    ...(settings.authors ? groupPages("authors", entries, (entry) => entry.authors, settings) : []),
    ...archives,
  ];
}

export function mainPath(format: FeedFormat, settings: Pick<FeedSettings, "file">): string {
  return { rss: settings.file, atom: "atom.xml", json: "feed.json" }[format];
}

function page(
  path: string,
  format: FeedFormat,
  entries: readonly FeedEntry[],
  { baseUrl, hub }: FeedSettings,
): FeedPage {
  return { path, format, selfUrl: `${baseUrl}/${path}`, ...(hub && { hub }), entries };
}

function groupPages(
  folder: string,
  entries: readonly FeedEntry[],
  namesOf: (entry: FeedEntry) => readonly string[],
  settings: FeedSettings,
): FeedPage[] {
  const groups = new Map<string, { name: string; entries: Set<FeedEntry> }>();
  for (const entry of entries)
    for (const name of namesOf(entry)) {
      const slug = feedSlug(name);
      if (!slug) continue;
      const group = groups.get(slug) ?? { name, entries: new Set() };
      group.entries.add(entry);
      groups.set(slug, group);
    }
  return [...groups].map(([slug, { name, entries: members }]) => ({
    ...page(`${folder}/${slug}/feed.xml`, "rss", [...members].slice(0, settings.limit), settings),
    about: name,
  }));
}

/**
 * Documents of `limit` items each, counted from the oldest, so that a full one never changes again. What does not fill
 * one yet is in the main documents only, which hold at least that many.
 */
function archivePages(entries: readonly FeedEntry[], settings: FeedSettings): FeedPage[] {
  const oldestFirst = entries.toReversed();
  const full = Math.floor(oldestFirst.length / settings.limit);
  const urlOf = (number: number): string => `${settings.baseUrl}/archive/${number}.xml`;
  return Array.from({ length: full }, (_, index) => {
    const number = index + 1;
    const items = oldestFirst.slice(index * settings.limit, number * settings.limit).reverse();
    return {
      ...page(`archive/${number}.xml`, "rss", items, settings),
      archive: {
        current: `${settings.baseUrl}/${settings.file}`,
        ...(number > 1 && { previous: urlOf(number - 1) }),
        ...(number < full && { next: urlOf(number + 1) }),
      },
    };
  });
}

/** A path segment that reads like the name: `C++` is `c-plus-plus`, `Grüße!` is `grüße`. */
export function feedSlug(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("+", " plus ")
    .replaceAll("#", " sharp ")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}
