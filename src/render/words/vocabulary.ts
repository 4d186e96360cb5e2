/** The texts around posts in emails and feeds. Each file in `languages/` has them in one language. */

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
  /** For a player, which an email can't contain, if the author gave it no title. */
  media(host: string): string;
  /** The same for an embedded page. */
  open(host: string): string;
  /** For an image that an email can't show. */
  image(alt: string): string;
  wideTable: string;
  links: string;
  reason(list: string, site: string): string;
  unsubscribe: string;
  /** Shown instead of a withdrawn post. */
  withdrawn: string;
  /** Before the addresses of a post's copies. */
  alsoOn: string;
  preferences: string;
  /** Replaces the name of a reader who gave none. */
  reader: string;
  callouts: Record<"note" | "tip" | "important" | "warning" | "caution", string>;
  digest: { subject(site: string): string; posts(count: number): string };
  confirm: {
    subject(list: string, site: string): string;
    body(list: string, site: string): string;
    button: string;
    /** For a person whose address somebody else entered. */
    ignore: string;
  };
  /** The email with the link to a reader's data. */
  data: {
    subject(list: string, site: string): string;
    body(list: string, site: string): string;
    button: string;
    /** For a person who did not ask for it. */
    ignore: string;
  };
  welcome: { subject(list: string, site: string): string; body(list: string, site: string): string; button: string };
}
