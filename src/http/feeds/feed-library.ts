/** The source of the served feeds. */

import type { FeedDocument } from "#core/feed.ts";

export interface FeedLibrary {
  site: { title: string; description: string; language: string; url: string };
  /** What is kept under a path, or nothing. `gone`: there was something once. */
  document(path: string): Promise<(FeedDocument & { gone: boolean }) | null>;
  documents(): Promise<readonly FeedDocument[]>;
}
