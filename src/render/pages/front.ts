/** The first page of the server, for readers. */

import { feedFormats } from "#core/feed.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import type { Site } from "#core/posts/post.ts";
import type { ReaderFeed, ReaderPage } from "#core/readers/reader.ts";
import { editionList } from "./archive.ts";
import type { PageContent } from "./page-content.ts";
import { subscribeForm } from "./subscribe.ts";
import type { PageWords } from "./vocabulary.ts";

export function frontPage(
  { lists, editions, feeds }: Extract<ReaderPage, { kind: "front" }>,
  words: PageWords,
  { site, language }: { site: Site; language: string },
): PageContent {
  const { front, archive } = words;
  return {
    title: site.title,
    head: feedLinks(site, feeds),
    main: html`${site.description && html`<p lang="${site.language}">${site.description}</p>`}
<p><a href="${site.url}/">${front.blog}</a></p>
${
  lists.length > 0 &&
  html`<h2>${words.subscribe.title(site.title)}</h2>
${subscribeForm({ lists }, words, "subscribe")}`
}
${
  editions.length > 0 &&
  html`<h2>${front.newest}</h2>
${editionList(editions, { language, timezone: site.timezone })}
<p><a href="archive">${archive.title}</a></p>`
}
${
  feeds.length > 0 &&
  html`<h2>${front.feeds}</h2>
<p>${front.feedsNote}</p>
<ul class="feeds">${feeds.map(({ url, format }) => html`<li><a href="${url}">${feedFormats[format].name}</a></li>`)}<li><a href="feeds">${front.allFeeds}</a></li></ul>`
}`,
  };
}

/** So that feed readers find the feeds by the address of the page. */
function feedLinks({ title }: Site, feeds: readonly ReaderFeed[]): Markup[] {
  return feeds.map(
    ({ url, format }) =>
      html`<link rel="alternate" type="${feedFormats[format].type}" title="${title} (${feedFormats[format].name})" href="${url}">
`,
  );
}
