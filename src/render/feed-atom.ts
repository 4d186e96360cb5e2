/** Atom 1.0 (RFC 4287). */

import type { FeedItem, FeedPage } from "#core/feed.ts";
import { escapeHtml } from "#core/html.ts";
import { sha256 } from "#core/idempotency.ts";
import { legalLine, legalText } from "#core/legal-text.ts";
import type { Site } from "#core/post.ts";
import { feedTitle, revisedAt, shownItem, valid } from "./feed-shown.ts";
import { validLanguage } from "./words.ts";

/** The whole document. @throws RangeError for an invalid date. */
export function atomDocument(site: Site, page: FeedPage, items: readonly FeedItem[], changedAt: Date): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeHtml(validLanguage(site.language))}">`,
    `  <id>${feedId(page.selfUrl)}</id>`,
    `  ${text("title", feedTitle(site, page))}`,
    ...(site.description ? [`  ${text("subtitle", site.description)}`] : []),
    `  ${link("self", page.selfUrl, "application/atom+xml")}`,
    `  ${link("alternate", `${site.url}/`, "text/html")}`,
    ...(page.hub ? [`  ${link("hub", page.hub)}`] : []),
    ...(page.archive?.previous ? [`  ${link("prev-archive", page.archive.previous, "application/rss+xml")}`] : []),
    `  <updated>${valid(changedAt).toISOString()}</updated>`,
    // §4.1.1: a feed whose entries name no author names one itself.
    `  ${author(site.title)}`,
    "  <generator>Postrider</generator>",
    ...items.map((item) => entry(shownItem(item))),
    "</feed>",
    "",
  ];
  return lines.join("\n");
}

function entry(item: FeedItem): string {
  const { rendition } = item;
  return [
    "  <entry>",
    `    <id>${escapeHtml(item.guid)}</id>`,
    `    ${text("title", rendition.title)}`,
    `    ${link("alternate", rendition.url, "text/html")}`,
    ...(rendition.image?.type ? [`    ${link("enclosure", rendition.image.url, rendition.image.type)}`] : []),
    `    <published>${valid(item.publishedAt).toISOString()}</published>`,
    `    <updated>${revisedAt(item).toISOString()}</updated>`,
    ...rendition.authors.map(({ name, url }) => `    ${author(name, url)}`),
    ...rendition.tags.map((tag) => `    <category term="${escapeHtml(legalLine(tag))}"/>`),
    ...(rendition.summary ? [`    ${text("summary", rendition.summary)}`] : []),
    ...(rendition.html ? [`    <content type="html">${escapeHtml(legalText(rendition.html))}</content>`] : []),
    "  </entry>",
  ].join("\n");
}

function text(name: string, value: string): string {
  return `<${name}>${escapeHtml(legalLine(value))}</${name}>`;
}

function link(rel: string, href: string, type?: string): string {
  return `<link rel="${rel}" href="${escapeHtml(href)}"${type ? ` type="${type}"` : ""}/>`;
}

function author(name: string, uri?: string): string {
  return `<author>${text("name", name)}${uri ? text("uri", uri) : ""}</author>`;
}

/** Stands for the feed's place, not for its content: a version 8 UUID (RFC 9562 §5.8) made from the address. */
function feedId(selfUrl: string): string {
  const hex = sha256(selfUrl);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
