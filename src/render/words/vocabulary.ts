/** Which words of its own the interface has; each file in `languages/` says them in one language. */

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
  /** In place of a post that its author took back. */
  withdrawn: string;
  /** Before the addresses of a post's copies on networks. */
  alsoOn: string;
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
  /** The way to what is known of somebody. */
  data: {
    subject(list: string, site: string): string;
    body(list: string, site: string): string;
    button: string;
    /** For somebody who did not ask for it. */
    ignore: string;
  };
  welcome: { subject(list: string, site: string): string; body(list: string, site: string): string; button: string };
}
