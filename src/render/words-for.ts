/** Chooses the interface's words for a language. */

import { arabic } from "./languages/ar.ts";
import { german } from "./languages/de.ts";
import { english } from "./languages/en.ts";
import { spanish } from "./languages/es.ts";
import { french } from "./languages/fr.ts";
import { japanese } from "./languages/ja.ts";
import type { Words } from "./words.ts";

const languages = new Map([english, german, french, spanish, japanese, arabic].map((words) => [words.language, words]));

/** The words for a BCP 47 tag; English where there are none yet. */
export function wordsFor(language: string): Words {
  return languages.get(language.toLowerCase().split("-")[0] ?? "") ?? english;
}

/** A tag that `Intl` and HTML take: the given one, or English. */
export function validLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}
