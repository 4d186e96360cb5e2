/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */

import type { FeedItem, FeedPage } from "#core/feed.ts";
import { legalLine, legalText } from "#core/posts/legal-text.ts";
import type { Site } from "#core/posts/post.ts";
import { validLanguage } from "#render/words/words.ts";
import { feedTitle, revisedAt, shownItem, valid } from "./shown.ts";

/** The whole document. The format has no modification time. @throws RangeError for an invalid date. */
export function jsonDocument(site: Site, page: FeedPage, items: readonly FeedItem[]): string {
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: legalLine(feedTitle(site, page)),
    home_page_url: `${site.url}/`,
    feed_url: page.selfUrl,
    ...(page.archive?.previous && { next_url: page.archive.previous }),
    ...(site.description && { description: legalLine(site.description) }),
    language: validLanguage(site.language),
    ...(page.hub && { hubs: [{ type: "WebSub", url: page.hub }] }),
    items: items.map((item) => jsonItem(shownItem(item))),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}

function jsonItem(item: FeedItem): unknown {
  const { rendition } = item;
  const tags = [...new Set(rendition.tags.map(legalLine))];
  return {
    id: item.guid,
    url: rendition.url,
    title: legalLine(rendition.title),
    content_html: legalText(rendition.html),
    ...(rendition.summary && { summary: legalLine(rendition.summary) }),
    ...(rendition.image && { image: rendition.image.url }),
    ...(rendition.image?.bytes &&
      rendition.image.type && {
        attachments: [
          { url: rendition.image.url, mime_type: rendition.image.type, size_in_bytes: rendition.image.bytes },
        ],
      }),
    date_published: valid(item.publishedAt).toISOString(),
    date_modified: revisedAt(item).toISOString(),
    ...(rendition.authors.length > 0 && {
      authors: rendition.authors.map(({ name, url }) => ({ name: legalLine(name), ...(url && { url }) })),
    }),
    ...(tags.length > 0 && { tags }),
    language: validLanguage(rendition.language),
  };
}
