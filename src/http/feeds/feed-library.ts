/** The source of the served feeds. */

import type { FeedDocument } from "#core/feed.ts";

export interface FeedLibrary {
  site: { title: string; description: string; language: string; url: string };
  /** The document at this path, if there is one. `gone`: there was one earlier. */
  document(path: string): Promise<(FeedDocument & { gone: boolean }) | null>;
  documents(): Promise<readonly FeedDocument[]>;
}
