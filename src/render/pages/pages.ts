/** Whole pages for readers: one document for each kind, in the reader's language and the mails' look. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { Site } from "#core/post.ts";
import type { ReaderPage, ReaderPages } from "#core/reader.ts";
import { readTheme } from "../theme.ts";
import { html, Markup } from "./markup.ts";
import { styleSheet } from "./style.ts";
import type { PageWords } from "./vocabulary.ts";
import { pageWords } from "./words.ts";

/** @param templatesDir - holds `theme.yaml`. @throws ConfigError */
export async function openReaderPages(templatesDir: string, site: Site): Promise<ReaderPages> {
  const file = join(templatesDir, "theme.yaml");
  const style = styleSheet(readTheme(await read(file), file));
  return {
    styleHash: `sha256-${createHash("sha256").update(style).digest("base64")}`,
    render(page, languages) {
      const { language, direction, words } = pageWords([...languages, site.language]);
      const { title, main } = contentOf(page, words);
      return `<!doctype html>\n${
        html`<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} · ${site.title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<div class="sheet">
<header><a href="${site.url}/">${site.title}</a></header>
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

interface Content {
  title: string;
  main: Markup;
}

function contentOf(page: ReaderPage, words: PageWords): Content {
  switch (page.kind) {
    case "invalid-link":
      return { title: words.invalidLink.title, main: html`<p>${words.invalidLink.body}</p>` };
    case "unsubscribe":
      return {
        title: words.unsubscribe.title,
        main: html`<p>${words.unsubscribe.body(page.list)}</p>
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button type="submit">${words.unsubscribe.button}</button>
</form>`,
      };
    case "unsubscribed":
      return {
        title: words.unsubscribed.title,
        main: html`<p>${words.unsubscribed.body(page.list)}</p>
<p>${words.unsubscribed.mistake} <a href="${page.subscribeUrl}">${words.unsubscribed.again}</a></p>`,
      };
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new ConfigError(`The theme can't be read: ${messageOf(cause)}`, { file, cause });
  }
}
