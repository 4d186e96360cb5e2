/** What readers do for themselves: join, choose, leave. */

/** By what readers did it, and from which network: kept as proof. */
export interface Origin {
  form: "page" | "api" | "one-click" | "preferences";
  /** The address of the network; absent where it isn't known. */
  network?: string;
}

/** Who may read what; a recipient is the keyed hash of an address. */
export interface ReaderStore {
  /** Ends a subscription; a second call does nothing. Returns the list's title and the reader's language where they are known. */
  leave(recipient: string, list: string, origin: Origin): Promise<ListFor>;
  listFor(recipient: string, list: string): Promise<ListFor>;
}

/** A list as one reader sees it. */
export interface ListFor {
  title: string;
  /** BCP 47. */
  language?: string;
}

/** What a page for readers shows; addresses in it are ours. */
export type ReaderPage =
  | { kind: "invalid-link" }
  | { kind: "unsubscribe"; list: string }
  | { kind: "unsubscribed"; list: string; subscribeUrl: string };

/** Makes whole HTML documents that work without scripts. */
export interface ReaderPages {
  /** @param languages - BCP 47 tags, the best first. */
  render(page: ReaderPage, languages: readonly string[]): string;
  /** For the Content-Security-Policy: the style sheet is the only thing that a page brings along. */
  readonly styleHash: string;
}
