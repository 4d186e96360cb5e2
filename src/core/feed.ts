/** The stored feed of one channel, as an adapter sees it: items go in, bytes come out. */

import type { FeedRendition } from "./rendition.ts";

/** One item as stored. `guid` and `publishedAt` are minted once per post and never move. */
export interface FeedItem {
  /** `urn:uuid:…`, opaque, minted once for each post. */
  guid: string;
  publishedAt: Date;
  /** When its content last changed. */
  updatedAt: Date;
  rendition: FeedRendition;
}

export interface FeedShelf {
  /**
   * Stores the item (by post) and has the whole feed written: a pure function of what is stored and configured.
   * Nobody else writes this feed meanwhile, and nothing is stored unless `write` resolves.
   */
  put(
    rendition: FeedRendition,
    options: { selfUrl: string; limit: number },
    write: (xml: string) => Promise<void>,
  ): Promise<{ guid: string }>;
}
