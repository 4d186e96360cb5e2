/** Our own texts in renditions by language; all other text is the author's. */

import { arabic } from "./languages/ar.ts";
import { german } from "./languages/de.ts";
import { english } from "./languages/en.ts";
import { spanish } from "./languages/es.ts";
import { french } from "./languages/fr.ts";
import { japanese } from "./languages/ja.ts";
import type { Words } from "./vocabulary.ts";

export type { Words };

const languages: Record<string, Words> = {
  ar: arabic,
  de: german,
  en: english,
  es: spanish,
  fr: french,
  ja: japanese,
};

/** The texts for the first of these BCP 47 tags that has some; otherwise English. */
export function wordsFor(...tags: readonly string[]): Words {
  return tags.map((tag) => languages[tag.toLowerCase().split("-")[0] ?? ""]).find(Boolean) ?? english;
}

/** A tag that `Intl` and HTML accept: the given one, or English. */
export function validLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}
