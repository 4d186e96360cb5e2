/** Atom 1.0 (RFC 4287). */

import type { FeedItem, FeedPage } from "#core/feed.ts";
import { escapeHtml } from "#core/posts/html.ts";
import { legalLine, legalText } from "#core/posts/legal-text.ts";
import type { Site } from "#core/posts/post.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { validLanguage } from "#render/words/words.ts";
import { feedTitle, revisedAt, shownItem, valid } from "./shown.ts";

const atomType = "application/atom+xml";

/** The whole document. @throws RangeError for an invalid date. */
export function atomDocument(site: Site, page: FeedPage, items: readonly FeedItem[], changedAt: Date): string {
  const language = validLanguage(site.language);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom"${page.archive?.current ? ' xmlns:fh="http://purl.org/syndication/history/1.0"' : ""} xml:lang="${escapeHtml(language)}">`,
    `  <id>${page.id}</id>`,
    `  ${text("title", feedTitle(site, page))}`,
    ...(site.description ? [`  ${text("subtitle", site.description)}`] : []),
    `  ${link("self", page.selfUrl, atomType)}`,
    `  ${link("alternate", `${site.url}/`, "text/html")}`,
    ...(page.hub ? [`  ${link("hub", page.hub)}`] : []),
    // RFC 5005 §4.
    ...(page.archive?.current ? ["  <fh:archive/>", `  ${link("current", page.archive.current, atomType)}`] : []),
    ...(page.archive?.previous ? [`  ${link("prev-archive", page.archive.previous, atomType)}`] : []),
    ...(page.archive?.next ? [`  ${link("next-archive", page.archive.next, atomType)}`] : []),
    `  <updated>${valid(changedAt).toISOString()}</updated>`,
    // §4.1.1: a feed must name an author if its entries don't.
    `  ${author(site.title)}`,
    "  <generator>Postrider</generator>",
    ...items.map((item) => entry(shownItem(item), language)),
    "</feed>",
    "",
  ];
  return lines.join("\n");
}

function entry(item: FeedItem, feedLanguage: string): string {
  const { rendition } = item;
  const { image, language } = rendition;
  return [
    language === feedLanguage ? "  <entry>" : `  <entry xml:lang="${escapeHtml(language)}">`,
    `    <id>${escapeHtml(item.guid)}</id>`,
    `    ${text("title", rendition.title)}`,
    `    ${link("alternate", rendition.url, "text/html")}`,
    ...(image?.type ? [`    ${link("enclosure", image.url, image.type, image.bytes)}`] : []),
    `    <published>${valid(item.publishedAt).toISOString()}</published>`,
    `    <updated>${revisedAtOnce(item)}</updated>`,
    ...rendition.authors.map(({ name, url }) => `    ${author(name, url)}`),
    ...rendition.tags.map((tag) => `    <category term="${escapeHtml(legalLine(tag))}"/>`),
    ...(rendition.summary ? [`    ${text("summary", rendition.summary)}`] : []),
    ...(rendition.html ? [`    <content type="html">${escapeHtml(legalText(rendition.html))}</content>`] : []),
    "  </entry>",
  ].join("\n");
}

/**
 * Some feed readers, and the validator, treat two entries with the same time as one. Posts of one day have the same
 * midnight, and a site that moves changes all its entries in one second. So the fraction of a second is made from the
 * guid.
 */
function revisedAtOnce(item: FeedItem): string {
  const fraction = Number.parseInt(sha256(item.guid).slice(0, 12), 16) % 1_000_000;
  return revisedAt(item)
    .toISOString()
    .replace(".000Z", `.${String(fraction).padStart(6, "0")}Z`);
}

/** Plain text that looks like HTML is sent as HTML, which all feed readers parse correctly (§3.1.1). */
function text(name: string, value: string): string {
  const line = legalLine(value);
  if (!/<[a-z!/]|&#?\w+;/i.test(line)) return element(name, line);
  return `<${name} type="html">${escapeHtml(escapeHtml(line))}</${name}>`;
}

function element(name: string, value: string): string {
  return `<${name}>${escapeHtml(legalLine(value))}</${name}>`;
}

function link(rel: string, href: string, type?: string, length?: number): string {
  const more = `${type ? ` type="${type}"` : ""}${length ? ` length="${length}"` : ""}`;
  return `<link rel="${rel}" href="${escapeHtml(href)}"${more}/>`;
}

function author(name: string, uri?: string): string {
  return `<author>${element("name", name)}${uri ? element("uri", uri) : ""}</author>`;
}
