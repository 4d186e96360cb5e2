/** RSS 2.0 with the `rss` package, and fixes for its gaps. Nothing else may import the package. */

import RSS from "rss";
import type { FeedItem, FeedPage } from "#core/feed.ts";
import { escapeHtml } from "#core/posts/html.ts";
import { legalLine, legalText } from "#core/posts/legal-text.ts";
import type { Site } from "#core/posts/post.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { validLanguage } from "#render/words/words.ts";
import { feedTitle, revisedAt, shownItem, valid } from "./shown.ts";

/** The whole document. @throws RangeError for an invalid date. */
export function rssDocument(site: Site, page: FeedPage, items: readonly FeedItem[], changedAt: Date): string {
  const { mark, plain, html, fill } = placeholders(sha256(JSON.stringify([site, page])));
  const feed = new RSS({
    title: plain(feedTitle(site, page)),
    description: plain(site.description || site.title),
    site_url: `${site.url}/`,
    feed_url: page.selfUrl,
    ...(page.hub && { hub: page.hub }),
    language: plain(validLanguage(site.language)),
    generator: mark,
    custom_namespaces: {
      media: "http://search.yahoo.com/mrss/",
      ...(page.archive?.current && { fh: "http://purl.org/syndication/history/1.0" }),
    },
    custom_elements: archiveElements(page.archive),
  });
  for (const item of items) feed.item(rssItem(shownItem(item), plain, html));
  const xml = feed.xml({ indent: "  " }).replace(
    // `rss` writes the current time, so every build would count as a change.
    new RegExp(`<generator>${mark}</generator>\\s*<lastBuildDate>[^<]*`),
    `<generator>Postrider</generator>\n    <lastBuildDate>${date(changedAt)}`,
  );
  return fill(xml);
}

/** RFC 5005 §4 and its appendix B: the same links in RSS. */
function archiveElements(archive: FeedPage["archive"]): object[] {
  if (!archive) return [];
  const link = (rel: string, href: string) => ({ "atom:link": { _attr: { rel, href, type: "application/rss+xml" } } });
  return [
    ...(archive.current ? [{ "fh:archive": null }, link("current", archive.current)] : []),
    ...(archive.previous ? [link("prev-archive", archive.previous)] : []),
    ...(archive.next ? [link("next-archive", archive.next)] : []),
  ];
}

type Hold = (text: string) => string;

function rssItem(item: FeedItem, plain: Hold, html: Hold) {
  const { guid, publishedAt, rendition } = item;
  return {
    title: plain(rendition.title),
    // RSS expects HTML here, so our plain text is escaped. It comes before `content:encoded`, because some feed readers use the last one.
    description: html(rendition.summary ? escapeHtml(legalLine(rendition.summary)) : rendition.html),
    url: rendition.url,
    guid,
    date: new Date(valid(publishedAt)),
    categories: rendition.tags.map(plain),
    ...enclosure(rendition.image),
    custom_elements: [
      ...rendition.authors.map(({ name }) => ({ "dc:creator": { _cdata: plain(name) } })),
      { "atom:updated": revisedAt(item).toISOString() },
      ...(rendition.image ? [mediaContent(rendition.image)] : []),
      ...(rendition.html ? [{ "content:encoded": { _cdata: html(rendition.html) } }] : []),
    ],
  };
}

/** All three attributes are required (RSS 2.0, enclosure): without size and type there is none. */
function enclosure(image: FeedItem["rendition"]["image"]) {
  return image?.bytes && image.type ? { enclosure: { url: image.url, size: image.bytes, type: image.type } } : {};
}

function mediaContent({ url, alt, type, bytes }: NonNullable<FeedItem["rendition"]["image"]>) {
  const attributes = { _attr: { url, medium: "image", ...(type && { type }), ...(bytes && { fileSize: bytes }) } };
  const description = alt ? [{ "media:description": legalLine(alt) }] : [];
  return { "media:content": [attributes, ...description] };
}

/**
 * `rss` puts titles, names and categories into CDATA, where feed readers disagree whether `&` and `<` are markup. The
 * RSS profile recommends hexadecimal references. So placeholders go in, and the escaped text replaces them
 * afterwards. Bodies use placeholders too, because the package would copy them several times. `seed` is a hash over
 * the whole feed, so no text can contain a placeholder.
 */
function placeholders(seed: string) {
  const texts: string[] = [];
  const hold = (text: string): string => {
    texts.push(text);
    return `${seed}-${texts.length - 1}-`;
  };
  return {
    mark: seed,
    plain: (text: string): string => hold(hexEscape(legalLine(text))),
    html: (text: string): string => hold(`<![CDATA[${legalText(text).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`),
    fill(xml: string): string {
      const [open, close] = [`<![CDATA[${seed}-`, "-]]>"];
      let filled = "";
      let at = 0;
      for (let begin = xml.indexOf(open); begin >= 0; begin = xml.indexOf(open, at)) {
        const end = xml.indexOf(close, begin);
        filled += xml.slice(at, begin) + (texts[Number(xml.slice(begin + open.length, end))] ?? "");
        at = end + close.length;
      }
      return filled + xml.slice(at);
    },
  };
}

function hexEscape(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`);
}

function date(value: Date): string {
  return valid(value).toUTCString();
}
