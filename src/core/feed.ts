/** Feeds: the items of a channel, the documents that readers fetch, and their writer. */

import type { FeedRendition } from "./renditions/rendition.ts";

/** One stored item. `guid` and `publishedAt` are created once per post and never change. */
export interface FeedItem {
  /** `urn:uuid:…`, random, created once for each post. */
  guid: string;
  publishedAt: Date;
  /** When its content last changed. */
  updatedAt: Date;
  /** The item is published again without its content, because feeds can't delete items. */
  withdrawn?: boolean;
  /** Addresses of the post's copies, to be shown below it. */
  copies?: readonly string[];
  rendition: FeedRendition;
}

/** An item without its content, for deciding which documents contain it. */
export interface FeedEntry extends Omit<FeedItem, "rendition"> {
  postId: string;
  /** Withdrawn a long time ago: no longer shown, but later items keep their places in the archive. */
  dropped?: boolean;
  /** Changes when the content changes. */
  digest: string;
  tags: string[];
  authors: string[];
}

export type FeedFormat = "rss" | "atom" | "json";

/** For people and for programs. */
export const feedFormats: Readonly<Record<FeedFormat, { name: string; type: string }>> = {
  rss: { name: "RSS", type: "application/rss+xml" },
  atom: { name: "Atom", type: "application/atom+xml" },
  json: { name: "JSON Feed", type: "application/feed+json" },
};

/** The configuration of a feed. */
export interface FeedSettings {
  /** The address of its documents, without a slash at the end. */
  baseUrl: string;
  /** Path of the main RSS document. */
  file: string;
  formats: readonly FeedFormat[];
  /** The maximum number of items in a document. Older items are in the archive, if there is one. */
  limit: number;
  /** Whether there is a feed for each tag. */
  tags: boolean;
  /** Whether there is a feed for each author. */
  authors: boolean;
  /** Whether there are archive documents with all older items, linked by RFC 5005 §4. */
  archive: boolean;
  /** WebSub hub to notify of changes. */
  hub?: string;
}

/** One document of a feed, before it is written. */
export interface FeedPage {
  /** `urn:uuid:…`, independent of the address. */
  id: string;
  /** Below `baseUrl`: `feed.xml`, `tags/news/feed.xml`. */
  path: string;
  format: FeedFormat;
  /** Its topic, shown after the site's title: a tag or an author. */
  about?: string;
  selfUrl: string;
  hub?: string;
  /** RFC 5005 §4: `current` makes it an archive document. */
  archive?: { current?: string; previous?: string; next?: string };
  /** Newest first. */
  entries: readonly FeedEntry[];
}

/** A written document, as it is stored and served. */
export interface FeedDocument {
  path: string;
  format: FeedFormat;
  /** Its topic, shown after the site's title; absent in the main documents and the archive. */
  about?: string;
  selfUrl: string;
  hub?: string;
  body: string;
  /** When its bytes last changed: whole seconds, strictly increasing (RFC 9110 §8.8.2). */
  changedAt: Date;
}

/** Writes documents. The same arguments always give the same bytes, in any time zone. */
export interface FeedWriter {
  write(page: FeedPage, items: readonly FeedItem[], changedAt: Date): string;
  /** Part of every digest, because another version of the program may write other bytes. */
  readonly version: string;
}

/** The result of a build. */
export interface FeedChange {
  written: readonly FeedDocument[];
  /** Paths of documents that have no items any more. */
  gone: readonly string[];
}

/**
 * Why an item is stored. `send`: it is published, also again after a withdrawal. `edit`: its post was edited.
 * `remake`: the same revision is rendered again, which must not overwrite a later edit.
 */
export type FeedItemChange = "send" | "edit" | "remake";

/** The stored feed of one channel, as an adapter sees it: items go in, documents come out. */
export interface FeedShelf {
  /**
   * Stores the item of a post, writes the documents that change, and passes them to `publish`. No other process
   * writes this feed at the same time, and nothing is stored unless `publish` resolves.
   */
  put(
    rendition: FeedRendition,
    change: FeedItemChange,
    settings: FeedSettings,
    publish: Publish,
  ): Promise<{ guid: string }>;
  /** Shows the addresses of a post's copies in its item, and passes on the changed documents. Returns whether the item exists. */
  setCopies(postId: string, links: readonly string[], settings: FeedSettings, publish: Publish): Promise<boolean>;
  /** The same for existing items, and with all documents, changed or not. */
  rebuild(renditions: readonly FeedRendition[], settings: FeedSettings, publish: Publish): Promise<void>;
}

type Publish = (change: FeedChange) => Promise<void>;
