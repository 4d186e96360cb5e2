/** Feeds: the items of a channel, the documents that readers fetch, and their writer. */

import type { FeedRendition } from "./renditions/rendition.ts";

/** One item as stored. `guid` and `publishedAt` are minted once per post and never move. */
export interface FeedItem {
  /** `urn:uuid:…`, opaque, minted once for each post. */
  guid: string;
  publishedAt: Date;
  /** When its content last changed. */
  updatedAt: Date;
  /** Re-issued once without its content, which is all that feeds know of withdrawal. */
  withdrawn?: boolean;
  /** Addresses of the post's copies elsewhere, to be shown below it. */
  copies?: readonly string[];
  rendition: FeedRendition;
}

/** What the plan of a feed needs of an item: everything but its content. */
export interface FeedEntry extends Omit<FeedItem, "rendition"> {
  postId: string;
  /** Withdrawn long ago: shown nowhere, but what came after it keeps its place in the archive. */
  dropped?: boolean;
  /** Changes whenever the content does. */
  digest: string;
  tags: string[];
  authors: string[];
}

export type FeedFormat = "rss" | "atom" | "json";

/** What a feed consists of, as configured. */
export interface FeedSettings {
  /** Where its documents are served, without a slash at the end. */
  baseUrl: string;
  /** Path of the main RSS document. */
  file: string;
  formats: readonly FeedFormat[];
  /** The most items of a document; what is older is in the archive, when there is one. */
  limit: number;
  /** A feed for each tag. */
  tags: boolean;
  /** A feed for each author. */
  authors: boolean;
  /** Documents with everything older, chained as RFC 5005 §4 says. */
  archive: boolean;
  /** WebSub hub to notify of changes. */
  hub?: string;
}

/** One document of a feed, before it is written out. */
export interface FeedPage {
  /** `urn:uuid:…`, the same wherever it is served. */
  id: string;
  /** Below `baseUrl`: `feed.xml`, `tags/news/feed.xml`. */
  path: string;
  format: FeedFormat;
  /** What it is about, after the site's title: a tag, an author. */
  about?: string;
  selfUrl: string;
  hub?: string;
  /** RFC 5005 §4: `current` makes it an archive document. */
  archive?: { current?: string; previous?: string; next?: string };
  /** Newest first. */
  entries: readonly FeedEntry[];
}

/** A written document, as it is kept and served. */
export interface FeedDocument {
  path: string;
  format: FeedFormat;
  /** What it is about, after the site's title; absent in the main documents and the archive. */
  about?: string;
  selfUrl: string;
  hub?: string;
  body: string;
  /** When its bytes last really changed: whole seconds, strictly increasing (RFC 9110 §8.8.2). */
  changedAt: Date;
}

/** Writes documents. The same arguments give the same bytes at any time, in any time zone. */
export interface FeedWriter {
  write(page: FeedPage, items: readonly FeedItem[], changedAt: Date): string;
  /** Part of every digest: another version of the program may write other bytes. */
  readonly version: string;
}

/** What a build came to. */
export interface FeedChange {
  written: readonly FeedDocument[];
  /** Paths of documents in which nothing is left. */
  gone: readonly string[];
}

/**
 * Why an item is stored: it goes out (and shows again what was withdrawn), its post was edited, or the same revision is
 * rendered anew, which must not undo an edit that came between.
 */
export type FeedItemChange = "send" | "edit" | "remake";

/** The stored feed of one channel, as an adapter sees it: items go in, documents come out. */
export interface FeedShelf {
  /**
   * Stores the item (by post), writes the documents that this changes, and hands them to `publish`.
   * Nobody else writes this feed meanwhile, and nothing is stored unless `publish` resolves.
   */
  put(
    rendition: FeedRendition,
    change: FeedItemChange,
    settings: FeedSettings,
    publish: Publish,
  ): Promise<{ guid: string }>;
  /** Shows below a post's item where else it stands, and hands over what this changes. Returns whether there is such an item. */
  setCopies(postId: string, links: readonly string[], settings: FeedSettings, publish: Publish): Promise<boolean>;
  /** The same for items that are there already, and with every document handed over, changed or not. */
  rebuild(renditions: readonly FeedRendition[], settings: FeedSettings, publish: Publish): Promise<void>;
}

type Publish = (change: FeedChange) => Promise<void>;
