/** The interface's own words in each language; everything else in a rendition is the author's. */

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
  /** For an image that a mail can't show. */
  image(alt: string): string;
  wideTable: string;
  links: string;
  reason(list: string, site: string): string;
  unsubscribe: string;
  /** In place of a post that its author took back. */
  withdrawn: string;
  callouts: Record<"note" | "tip" | "important" | "warning" | "caution", string>;
}

const english: Words = {
  language: "en",
  direction: "ltr",
  viewInBrowser: "View in browser",
  readOnWeb: "Read on the web",
  continueReading: "Continue reading",
  by: (names) => `By ${names}`,
  minutes: (minutes) => `${minutes} min read`,
  notes: "Notes",
  note: "note",
  media: (host) => `Play on ${host}`,
  image: (alt) => `Image: ${alt}`,
  wideTable: "This table is wide: see it on the web.",
  links: "Links",
  reason: (list, site) =>
    list === site
      ? `You receive this because you subscribed to ${site}.`
      : `You receive this because you subscribed to “${list}” of ${site}.`,
  unsubscribe: "Unsubscribe",
  withdrawn: "This post was withdrawn by its author.",
  callouts: { note: "Note", tip: "Tip", important: "Important", warning: "Warning", caution: "Caution" },
};

const languages: Record<string, Words> = { en: english };

/** The words for a BCP 47 tag; English where there are none yet. */
export function wordsFor(language: string): Words {
  return languages[language.toLowerCase().split("-")[0] ?? ""] ?? english;
}

/** A tag that `Intl` and HTML take: the given one, or English. */
export function validLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}
