/** A page about the feeds for people, because browsers no longer display XML. */

import { type FeedDocument, feedFormats } from "#core/feed.ts";
import { escapeHtml } from "#core/posts/html.ts";
import type { FeedLibrary } from "./feed-library.ts";

const formats = ["rss", "atom", "json"] as const;

/** Those of the whole site. Many programs use the first link that they find. */
export function mainDocuments(documents: readonly FeedDocument[]): FeedDocument[] {
  return formats.flatMap((format) => documents.filter((each) => each.format === format && !each.path.includes("/")));
}

export function feedsPage({ site }: FeedLibrary, documents: readonly FeedDocument[]): string {
  const main = mainDocuments(documents);
  const groups = (folder: string): FeedDocument[] => documents.filter(({ path }) => path.startsWith(`${folder}/`));
  const row = ({ selfUrl }: FeedDocument, name: string): string =>
    `<li><a href="${escapeHtml(selfUrl)}">${escapeHtml(name)}</a> <code>${escapeHtml(selfUrl)}</code></li>`;
  const list = (title: string, found: readonly FeedDocument[]): string =>
    found.length > 0
      ? `<h2>${title}</h2>
<ul>
${found.map((document) => row(document, document.about ?? document.path)).join("\n")}
</ul>`
      : "";
  const alternates = main.map(
    ({ format, selfUrl }) =>
      `<link rel="alternate" type="${feedFormats[format].type}" title="${escapeHtml(`${site.title} (${feedFormats[format].name})`)}" href="${escapeHtml(selfUrl)}">`,
  );
  return `<!doctype html>
<html lang="${escapeHtml(site.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Feeds of ${escapeHtml(site.title)}</title>
${alternates.join("\n")}
<style>${style}</style>
</head>
<body>
<main>
<p><a href="${escapeHtml(site.url)}/">${escapeHtml(site.title)}</a></p>
<h1>Feeds</h1>
<p>A feed shows new posts in a feed reader, a program of your choice. You need no account, and nobody learns who you are.
To stop, delete the feed there. Copy one of these addresses into your feed reader:</p>
<ul>
${main.map((document) => row(document, feedFormats[document.format].name)).join("\n")}
</ul>
${list("By topic", groups("tags"))}
${list("By author", groups("authors"))}
<h2>For the site's own pages</h2>
<p>Put these lines into the <code>&lt;head&gt;</code> of every page, so that feed readers find the feed:</p>
<pre tabindex="0">${escapeHtml(alternates.join("\n"))}</pre>
</main>
</body>
</html>
`;
}

const style = `
:root { --ink: #1b1f24; --quiet: #57616b; --line: #dde2e7; --paper: #fff; --accent: #0b5cad; --soft: #f3f5f7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --quiet: #a3adb7; --line: #343b43; --paper: #171a1e; --accent: #7db8f5; --soft: #20252b; }
}
body { margin: 0; font: 17px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .5rem 0 1rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); }
ul { padding: 0; list-style: none; border-top: 1px solid var(--line); }
li { padding: .6rem 0; border-bottom: 1px solid var(--line); }
li code { display: block; color: var(--quiet); font-size: .85rem; overflow-wrap: anywhere; }
pre { padding: 1rem; background: var(--soft); border-radius: 6px; overflow-x: auto; font-size: .85rem; }
`;
