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
