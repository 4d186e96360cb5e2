/** What all feed formats share. */

import type { FeedItem, FeedPage } from "#core/feed.ts";
import type { Site } from "#core/posts/post.ts";
import { element, serialize } from "#render/article/tree.ts";
import { wordsFor } from "#render/words/words.ts";

export function feedTitle({ title }: Site, { about }: FeedPage): string {
  return about ? `${title}: ${about}` : title;
}

/**
 * The item as feed readers get it: a withdrawn item with only title and address; others with the addresses of their
 * copies, marked as https://indieweb.org/posts-elsewhere recommends.
 */
export function shownItem(item: FeedItem): FeedItem {
  if (item.withdrawn) return withdrawnItem(item);
  if (!item.copies?.length || !item.rendition.html) return item;
  const { rendition, copies } = item;
  const links = copies.flatMap((href, index) => [
    ...(index > 0 ? [", "] : []),
    element("a", { href, class: "u-syndication", rel: "syndication" }, new URL(href).host),
  ]);
  const note = element("p", {}, `${wordsFor(rendition.language).alsoOn} `, ...links);
  return { ...item, rendition: { ...rendition, html: `${rendition.html}\n${serialize([note])}` } };
}

/** A withdrawn item keeps only title and address. Feed readers replace the old content by this. */
function withdrawnItem(item: FeedItem): FeedItem {
  const { image: _, ...rendition } = item.rendition;
  const text = wordsFor(rendition.language).withdrawn;
  return { ...item, rendition: { ...rendition, summary: text, html: serialize([element("p", {}, text)]), tags: [] } };
}

/** Never before the first publication. @throws RangeError for an invalid date. */
export function revisedAt({ publishedAt, updatedAt }: FeedItem): Date {
  return valid(updatedAt > publishedAt ? updatedAt : publishedAt);
}

/** @throws RangeError for an invalid date. */
export function valid(date: Date): Date {
  if (Number.isNaN(date.getTime())) throw new RangeError("A date in the feed is not valid");
  return date;
}
