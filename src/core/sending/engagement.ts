/** Opens and clicks, for lists that tell their readers about it. */

export interface Seen {
  /** The beginning of the delivery's key: 20 hex digits. */
  delivery: string;
  kind: "open" | "click";
  /** Where a click led; empty for an open. */
  url: string;
  /** Fetched by a machine that fetches everything: it proves no reader. */
  prefetched: boolean;
}

export interface EngagementStore {
  /** Notes it once for each mail and link; nothing where no such delivery is, or its list is not among these. */
  note(seen: Seen, lists: readonly string[]): Promise<void>;
}

/** What is known of one mail to one list. Readers, not events; none of the numbers is more than a hint. */
export interface Engagement {
  opened: number;
  /** Nobody but a machine is known to have opened it. */
  prefetched: number;
  clicked: number;
  /** The most clicked first. */
  links: { url: string; clicked: number; prefetched: number }[];
}
