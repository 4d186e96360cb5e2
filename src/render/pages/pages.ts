/** Complete pages for readers, in the reader's language and the theme of the emails. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, messageOf } from "#core/errors.ts";
import { html, Markup } from "#core/posts/markup.ts";
import type { Site } from "#core/posts/post.ts";
import type { ReaderPage, ReaderPages } from "#core/readers/reader.ts";
import { readTheme } from "#render/email/theme/theme.ts";
import { archivePage } from "./archive.ts";
import { frontPage } from "./front.ts";
import type { PageContent } from "./page-content.ts";
import { preferencesPage } from "./preferences.ts";
import { styleSheet } from "./style.ts";
import { subscribePage } from "./subscribe.ts";
import type { PageWords } from "./vocabulary.ts";
import { pageWords } from "./words.ts";

/** @param templatesDir - contains `theme.yaml`. @throws ConfigError */
export async function openReaderPages(templatesDir: string, site: Site): Promise<ReaderPages> {
  const file = join(templatesDir, "theme.yaml");
  const style = styleSheet(readTheme(await read(file), file));
  const spoken = (languages: readonly string[]) => pageWords([...languages, site.language]);
  return {
    styleHash: `sha256-${createHash("sha256").update(style).digest("base64")}`,
    language: (languages) => spoken(languages).language,
    render(page, languages) {
      const { language, direction, words } = spoken(languages);
      const { title, main, head } = contentOf(page, words, { site, language });
      const isFront = page.kind === "front";
      return `<!doctype html>\n${
        html`<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${isFront ? title : `${title} · ${site.title}`}</title>
${head}
<style>${new Markup(style)}</style>
</head>
<body>
<div class="sheet">
<header><a href="${site.url}/">${isFront ? new URL(site.url).host : site.title}</a></header>
<main>
<h1>${title}</h1>
${main}
</main>
<footer>${site.postalAddress}</footer>
</div>
</body>
</html>
`.text
      }`;
    },
  };
}

function contentOf(page: ReaderPage, words: PageWords, around: { site: Site; language: string }): PageContent {
  switch (page.kind) {
    case "invalid-link":
      return plain(words.invalidLink);
    case "too-many":
      return plain(words.tooMany);
    case "unsubscribe":
      return question(
        words.unsubscribe,
        page.list,
        html`<input type="hidden" name="List-Unsubscribe" value="One-Click">`,
      );
    case "unsubscribed":
      return {
        title: words.unsubscribed.title,
        main: html`<p>${words.unsubscribed.body(page.list)}</p>
<p>${words.unsubscribed.mistake} <a href="${page.subscribeUrl}">${words.unsubscribed.again}</a></p>`,
      };
    case "subscribe":
      return subscribePage(page, words, around.site.title);
    case "asked":
      return plain(words.asked);
    case "confirm":
      return question(words.confirm, page.list);
    case "confirmed":
      return {
        title: words.confirmed.title,
        main: html`<p>${words.confirmed.body(page.list)}</p>
<p><a href="${page.preferencesUrl}">${words.preferences.title}</a></p>`,
      };
    case "preferences":
      return preferencesPage(page, words, around.language);
    case "data-sent":
      return plain(words.data.sent);
    case "forgotten":
      return plain(words.forget.done);
    case "front":
      return frontPage(page, words, around);
    case "archive":
      return archivePage(page, words, { language: around.language, timezone: around.site.timezone });
    case "not-found":
      return plain(words.archive.notFound);
    case "withdrawn":
      return plain(words.archive.withdrawn);
  }
}

function plain({ title, body }: { title: string; body: string }): PageContent {
  return { title, main: html`<p>${body}</p>` };
}

/** A page whose button performs the action of its address. */
function question(
  said: { title: string; body(list: string): string; button: string },
  list: string,
  fields?: Markup,
): PageContent {
  return {
    title: said.title,
    main: html`<p>${said.body(list)}</p>
<form method="post">${fields}<button type="submit">${said.button}</button></form>`,
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new ConfigError(`The theme can't be read: ${messageOf(cause)}`, { file, cause });
  }
}
