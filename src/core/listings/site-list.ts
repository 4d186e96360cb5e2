/** Publications, posts, channels, workers and feeds in lists. */

import type { FeedFormat } from "#core/feed.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import type { Medium } from "#core/renditions/rendition.ts";
import type { Failure } from "#core/sending/delivery.ts";
import type { Found, Slice } from "./page.ts";

export interface ListedPublication {
  id: string;
  post: string;
  title: string;
  revision: string;
  actor: string;
  reason: string | null;
  createdAt: Date;
  scheduledFor: Date | null;
  releasedAt: Date | null;
  channels: ListedChannelPart[];
}

/** One channel's part in a publication. */
export interface ListedChannelPart {
  name: string;
  adapter: string;
  medium: Medium;
  list: string | null;
  generation: number;
  /** The number of deliveries. */
  prepared: number;
  /** Something may still be due. */
  open: boolean;
  pausedAt: Date | null;
  stalledAt: Date | null;
  cancelledAt: Date | null;
  withdrawnAt: Date | null;
}

export interface PublicationList {
  page(
    filter: { post?: string | undefined; channel?: string | undefined },
    slice: Slice,
  ): Promise<Found<ListedPublication>>;
  /** @throws PostriderError `not_found` */
  show(id: string): Promise<ListedPublication>;
  /** The posts with their reports, those that were published last at first. */
  posts(slice: Slice): Promise<Found<PublicationReport>>;
}

/** What the ledger knows about a channel. */
export interface ChannelState {
  name: string;
  /** A running process sends for it. */
  working: boolean;
  /** Publications that may still have something due. */
  open: number;
  paused: number;
  /** Publications that wait for the operator, with the newest failure. */
  stalled: number;
  failure: Failure | null;
  /** Domains that asked to wait, and until when nothing is sent to them. */
  slowed: { domain: string; until: Date }[];
  lastPublishedAt: Date | null;
}

export interface ListedWorker {
  id: string;
  host: string;
  pid: number;
  /** `gone`: it has ended. `silent`: no sign of life, but it did not sign off. */
  state: "working" | "silent" | "gone";
  channels: string[];
  startedAt: Date;
  seenAt: Date;
  goneAt: Date | null;
}

export interface ListedFeed {
  channel: string;
  path: string;
  format: FeedFormat;
  url: string;
  /** When its bytes changed last. */
  changedAt: Date;
  /** Answered with 410. */
  gone: boolean;
  hub: string | null;
  bytes: number;
}

export interface SiteList {
  channels(names: readonly string[]): Promise<ChannelState[]>;
  workers(filter: { state?: ListedWorker["state"] | undefined }, slice: Slice): Promise<Found<ListedWorker>>;
  feeds(filter: { channel?: string | undefined }, slice: Slice): Promise<Found<ListedFeed>>;
}
