/** The page that lists sent emails. */

import { html, type Markup } from "#core/posts/markup.ts";
import type { ListedEdition, ReaderPage } from "#core/readers/reader.ts";
import type { PageContent } from "./page-content.ts";
import type { PageWords } from "./vocabulary.ts";

export function archivePage(
  { editions }: Extract<ReaderPage, { kind: "archive" }>,
  { archive }: PageWords,
  around: { language: string; timezone: string },
): PageContent {
  return {
    title: archive.title,
    main: editions.length === 0 ? html`<p>${archive.empty}</p>` : editionList(editions, around),
  };
}

export function editionList(
  editions: readonly ListedEdition[],
  { language, timezone }: { language: string; timezone: string },
): Markup {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: timezone });
  return html`<ul class="editions">
${editions.map(
  ({ title, url, sentAt, language: own }) => html`<li><a href="${url}" lang="${own}">${title}</a>
<time datetime="${sentAt.toISOString()}">${date.format(sentAt)}</time></li>
`,
)}</ul>`;
}
