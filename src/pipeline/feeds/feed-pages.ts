/** Decides which documents a feed has, and which items are in each: a pure function of entries and settings. */

import type { FeedEntry, FeedFormat, FeedPage, FeedSettings } from "#core/feed.ts";
import { sha256 } from "#core/sending/idempotency.ts";

/**
 * @param entries - newest first.
 * @param guid - identity of the whole feed, created once.
 */
export function feedPages(entries: readonly FeedEntry[], settings: FeedSettings, guid: string): FeedPage[] {
  const shown = entries.filter(({ dropped }) => !dropped);
  const { formats, limit } = settings;
  const archives = settings.archive ? formats.flatMap((format) => archivePages(format, entries, settings, guid)) : [];
  const main = formats.map((format): FeedPage => {
    const previous = archives.findLast((archive) => archive.format === format)?.selfUrl;
    return {
      ...page(mainPath(format, settings), format, newest(shown, limit), settings, guid),
      ...(previous && { archive: { previous } }),
    };
  });
  return [
    ...main,
    ...(settings.tags ? groupPages("tags", shown, (entry) => entry.tags, settings, guid) : []),
    ...(settings.authors ? groupPages("authors", shown, (entry) => entry.authors, settings, guid) : []),
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
  guid: string,
): FeedPage {
  return { id: documentId(guid, path), path, format, selfUrl: addressOf(baseUrl, path), ...(hub && { hub }), entries };
}

/** The id stays the same if the document moves to another address (RFC 4287 §4.2.6): a version 8 UUID (RFC 9562 §5.8) of feed and path. */
export function documentId(guid: string, path: string): string {
  const hex = sha256(`${guid}/${path}`);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The address that feed readers use, so that the document names the same address. */
function addressOf(baseUrl: string, path: string): string {
  return `${baseUrl}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** Withdrawn items are shown at any age: feed readers got them when they were new, and learn of the withdrawal only here. */
function newest(entries: readonly FeedEntry[], limit: number): FeedEntry[] {
  return entries.filter(({ withdrawn }, index) => index < limit || withdrawn);
}

function groupPages(
  folder: string,
  entries: readonly FeedEntry[],
  namesOf: (entry: FeedEntry) => readonly string[],
  settings: FeedSettings,
  guid: string,
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
    ...page(`${folder}/${slug}/feed.xml`, "rss", newest([...members], settings.limit), settings, guid),
    about: name,
  }));
}

const archiveEndings: Record<FeedFormat, string> = { rss: "xml", atom: "atom.xml", json: "json" };

/**
 * Archive documents of `limit` items each, counted from the oldest item, so that a full document never changes again.
 * For the same reason, removed items keep their place, and only the first document links to the next (validators want
 * one link in each). Items that don't fill a document yet are only in the main documents, which have at least `limit`
 * items.
 */
function archivePages(
  format: FeedFormat,
  entries: readonly FeedEntry[],
  settings: FeedSettings,
  guid: string,
): FeedPage[] {
  const { baseUrl, limit } = settings;
  const oldestFirst = entries.toReversed();
  const pathOf = (number: number): string => `archive/${number}.${archiveEndings[format]}`;
  const full = Math.floor(oldestFirst.length / limit);
  return Array.from({ length: full }, (_, index) => {
    const number = index + 1;
    const items = oldestFirst.slice(index * limit, number * limit).filter(({ dropped }) => !dropped);
    return {
      ...page(pathOf(number), format, items.reverse(), settings, guid),
      archive: {
        current: addressOf(baseUrl, mainPath(format, settings)),
        ...(number > 1 && { previous: addressOf(baseUrl, pathOf(number - 1)) }),
        ...(number === 1 && full > 1 && { next: addressOf(baseUrl, pathOf(2)) }),
      },
    };
  });
}

/** In UTF-8. File systems allow 255 bytes, and some programs that copy files append to the name. */
const longestSlugBytes = 120;

/** A path segment that reads like the name: `C++` is `c-plus-plus`, `Grüße!` is `grüße`. A name that is too long is cut and ends in a hash. */
export function feedSlug(name: string): string {
  const slug = name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("+", " plus ")
    .replaceAll("#", " sharp ")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  if (new TextEncoder().encode(slug).length <= longestSlugBytes) return slug;
  // At most 100 bytes, plus 13.
  return `${[...slug].slice(0, 25).join("")}-${sha256(slug).slice(0, 12)}`;
}
