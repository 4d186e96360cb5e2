/** Opens and clicks, for lists that tell their readers about it. */

export interface Seen {
  /** The beginning of the delivery's key: 20 hex digits. */
  delivery: string;
  kind: "open" | "click";
  /** The target of a click; empty for an open. */
  url: string;
  /** Requested by a program that loads everything, so it does not prove that a person read it. */
  prefetched: boolean;
}

export interface EngagementStore {
  /** Records it once for each email and link. Does nothing if there is no such delivery, or its list is not among these. */
  note(seen: Seen, lists: readonly string[]): Promise<void>;
}

/** Opens and clicks of one email to one list. The numbers count readers, not events, and are only estimates. */
export interface Engagement {
  opened: number;
  /** Readers whose email was only opened by a program. */
  prefetched: number;
  clicked: number;
  /** The most clicked first. */
  links: { url: string; clicked: number; prefetched: number }[];
}
