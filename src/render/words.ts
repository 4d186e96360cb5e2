/** The interface's own words in each language; everything else in a rendition is the author's. */

import { arabic } from "./languages/ar.ts";
import { german } from "./languages/de.ts";
import { english } from "./languages/en.ts";
import { spanish } from "./languages/es.ts";
import { french } from "./languages/fr.ts";
import { japanese } from "./languages/ja.ts";

export interface Words {
  language: string;
  direction: "ltr" | "rtl";
  viewInBrowser: string;
  readOnWeb: string;
  continueReading: string;
  by(names: string): string;
  minutes(minutes: number): string;
  notes: string;
  /** In the text part: `(note 1)`. */
  note: string;
  /** For a player that a mail can't hold, when the author gave it no title. */
  media(host: string): string;
  /** The same for an embedded page. */
  open(host: string): string;
  /** For an image that a mail can't show. */
  image(alt: string): string;
  wideTable: string;
  links: string;
  reason(list: string, site: string): string;
  unsubscribe: string;
  preferences: string;
  /** Stands for the name of somebody who gave none. */
  reader: string;
  callouts: Record<"note" | "tip" | "important" | "warning" | "caution", string>;
  digest: { subject(site: string): string; posts(count: number): string };
  confirm: {
    subject(list: string, site: string): string;
    body(list: string, site: string): string;
    button: string;
    /** For somebody whose address another person typed. */
    ignore: string;
  };
  welcome: { subject(list: string, site: string): string; body(list: string, site: string): string; button: string };
}

const languages: Record<string, Words> = {
  ar: arabic,
  de: german,
  en: english,
  es: spanish,
  fr: french,
  ja: japanese,
};

/** The words for the first of these BCP 47 tags that has any; else English. */
export function wordsFor(...tags: readonly string[]): Words {
  return tags.map((tag) => languages[tag.toLowerCase().split("-")[0] ?? ""]).find(Boolean) ?? english;
}

/** A tag that `Intl` and HTML take: the given one, or English. */
export function validLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}
