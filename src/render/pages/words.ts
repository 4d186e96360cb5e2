/** The texts of the readers' pages by language. */

import { wordsFor } from "#render/words/words.ts";
import { arabic } from "./languages/ar.ts";
import { german } from "./languages/de.ts";
import { english } from "./languages/en.ts";
import { spanish } from "./languages/es.ts";
import { french } from "./languages/fr.ts";
import { japanese } from "./languages/ja.ts";
import type { PageWords } from "./vocabulary.ts";

const languages: Record<string, PageWords> = {
  ar: arabic,
  de: german,
  en: english,
  es: spanish,
  fr: french,
  ja: japanese,
};

/** The texts for the first of these BCP 47 tags that has some; otherwise English. Includes the texts of the emails. */
export function pageWords(tags: readonly string[]): {
  language: string;
  direction: "ltr" | "rtl";
  words: PageWords;
} {
  const { language, direction } = wordsFor(...tags);
  return { language, direction, words: languages[language] ?? english };
}

/** All languages, each with its own name. */
export function languageNames(): { tag: string; name: string }[] {
  return Object.keys(languages).map((tag) => ({
    tag,
    name: new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag,
  }));
}
