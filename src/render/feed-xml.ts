/** RSS 2.0 through the `rss` package, whose gaps are closed here: nothing else may import it. */

import RSS from "rss";
import type { FeedItem } from "#core/feed.ts";
import { escapeHtml } from "#core/html.ts";
import { sha256 } from "#core/idempotency.ts";
import type { Site } from "#core/post.ts";
import { legalLine, legalText } from "./legal-text.ts";
import { validLanguage } from "./words.ts";

export interface FeedChannel {
  site: Site;
  /** The address under which the feed is served: `rel="self"` must equal it. */
  selfUrl: string;
  /** When the bytes last really changed. */
  changedAt: Date;
}

/**
 * The whole feed, newest first. The same arguments give the same bytes at any time, in any time zone.
 * @throws RangeError for an invalid date.
 */
export function feedXml(channel: FeedChannel, items: readonly FeedItem[]): string {
  const { site } = channel;
  const plain = plainTexts(sha256(JSON.stringify([channel, items])));
  const feed = new RSS({
    title: plain.token(site.title),
    description: plain.token(site.description || site.title),
    site_url: `${site.url}/`,
    feed_url: channel.selfUrl,
    language: plain.token(validLanguage(site.language)),
    generator: plain.mark,
    custom_namespaces: { media: "http://search.yahoo.com/mrss/" },
  });
  for (const item of items.toSorted(newestFirst)) feed.item(rssItem(item, plain.token));
  return plain.fill(feed.xml({ indent: "  " })).replace(
    // `rss` writes the time of the call, which would make every build a change.
    new RegExp(`<generator>${plain.mark}</generator>\\s*<lastBuildDate>[^<]*`),
    `<generator>Postrider</generator>\n    <lastBuildDate>${date(channel.changedAt)}`,
  );
}

function rssItem({ guid, publishedAt, updatedAt, rendition }: FeedItem, token: (text: string) => string) {
  const html = legalText(rendition.html);
  const revised = updatedAt > publishedAt ? updatedAt : publishedAt;
  return {
    title: token(rendition.title),
    // HTML by contract, although ours is plain text; before `content:encoded`, because some readers take the last one.
    description: rendition.summary ? escapeHtml(legalLine(rendition.summary)) : html,
    url: rendition.url,
    guid,
    date: new Date(assertValid(publishedAt)),
    categories: rendition.tags.map(token),
    custom_elements: [
      ...rendition.authors.map(({ name }) => ({ "dc:creator": { _cdata: token(name) } })),
      { "atom:updated": assertValid(revised).toISOString() },
      ...(rendition.image ? [mediaContent(rendition.image)] : []),
      ...(html ? [{ "content:encoded": { _cdata: html } }] : []),
    ],
  };
}

function mediaContent({ url, alt }: { url: string; alt: string }) {
  const attributes = { _attr: { url, medium: "image" } };
  const description = alt ? [{ "media:description": legalLine(alt) }] : [];
  return { "media:content": [attributes, ...description] };
}

/**
 * `rss` puts titles, names and categories into CDATA, where readers disagree whether `&` and `<` are markup. The RSS
 * profile's answer is hexadecimal references, so tokens go in and the escaped text comes back in their place. `seed` is a
 * hash over everything in the feed, so nothing in it can hold a token.
 */
function plainTexts(seed: string) {
  const texts: string[] = [];
  return {
    mark: seed,
    token(text: string): string {
      texts.push(legalLine(text));
      return `${seed}-${texts.length - 1}-`;
    },
    fill(xml: string): string {
      return xml.replace(new RegExp(`<!\\[CDATA\\[${seed}-(\\d+)-\\]\\]>`, "g"), (_, index: string) =>
        hexEscape(texts[Number(index)] ?? ""),
      );
    },
  };
}

function hexEscape(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`);
}

function newestFirst(a: FeedItem, b: FeedItem): number {
  return b.publishedAt.getTime() - a.publishedAt.getTime() || (a.guid < b.guid ? -1 : 1);
}

function date(value: Date): string {
  return assertValid(value).toUTCString();
}

function assertValid(value: Date): Date {
  if (Number.isNaN(value.getTime())) throw new RangeError("A date in the feed is not valid");
  return value;
}
