/** The ledger's interfaces for deciding about posts and publications, one for each role. */

import type { DatedPost, Post } from "#core/posts/post.ts";
import type { Audience, PlannedAudience } from "#core/publishing/plan.ts";
import type { Batch, Channel, ChannelPublication, KnownChannel } from "#core/publishing/publication.ts";
import type { Gate } from "#core/publishing/timing.ts";
import type { Transaction } from "./transaction.ts";

/** A file, and a post that it belongs to or may belong to. */
export interface FormerName {
  fileName: string;
  /** A name of that post's file; `fileName` itself if the file is known. */
  formerly: string;
  postId: string;
  /** The post's title in the file `formerly`. */
  title: string;
  /** What both have in common. Two empty texts don't count as equal. */
  same: Record<"title" | "date" | "text" | "address", boolean>;
  /** All names of that post's files; for a known file, only later names. */
  others: string[];
}

export interface NamedPost {
  postId: string;
  title: string;
  names: string[];
}

/** Posts, their revisions and the names of their files. */
export interface PostLedger {
  /** Stores the post and this revision of it. Returns the id under which the ledger knows it: an earlier id if its permalink is already known. */
  rememberPost(tx: Transaction, post: Post): Promise<string>;
  post(postId: string, revision: string, tx?: Transaction): Promise<Post>;
  /** Stores the content of files, for posts without an id in their front matter. */
  keepNames(tx: Transaction, posts: readonly Post[]): Promise<void>;
  /** The post of each known file; for an unknown file, the posts with the same title and date, text, address or id. */
  formerNames(posts: readonly Post[]): Promise<FormerName[]>;
  /** The post that has one of these names as its id, address or file, with the names of its files. */
  postNamed(names: readonly string[]): Promise<NamedPost | null>;
  /** An id for a new post: the name of its file, with a number if another post already has this id. */
  freeId(fileName: string): Promise<string>;
  /** Whether the post is known, and in this revision. */
  noticed(tx: Transaction, post: Post): Promise<"new" | "edited" | "unchanged">;
  /** The id under which the ledger knows the post, by its id or permalink; `null` if it is unknown. */
  knownAs(post: Pick<Post, "id" | "url">): Promise<string | null>;
}

/** Publications until their release. */
export interface PublicationLedger {
  /** Every channel's newest generation for this post. Locks the post, so that it is not published twice at the same time. */
  channelsOf(tx: Transaction, postId: string): Promise<KnownChannel[]>;
  createPublication(tx: Transaction, publication: NewPublication): Promise<string>;
  /** Reschedules channels that have not begun. Returns their publication; `null` if it has begun. */
  reschedule(tx: Transaction, wanted: Rescheduling): Promise<string | null>;
  /** Gives channels that have not begun the current revision. Returns their publication; `null` if it has begun. */
  revise(tx: Transaction, publicationId: string, channels: readonly string[], post: Post): Promise<string | null>;
  channelPublication(publicationId: string, channel: string): Promise<ChannelPublication | null>;
  /** Fixes the audience of a publication that is due, once. Returns whether this call did it. */
  release(tx: Transaction, publicationId: string): Promise<boolean>;
  /** Writes the next share of its deliveries. Returns what was written, and how many channels are still incomplete. */
  freeze(tx: Transaction, publicationId: string, size: number): Promise<{ unfinished: number; written: Batch[] }>;
  channelNames(tx: Transaction, publicationId: string): Promise<string[]>;
  /** Publications that are due and not released. */
  dueReleases(): Promise<string[]>;
  /**
   * The first day, at this time, on which the channel has fewer than `most` publications.
   * @param taken - times that count as used.
   * @param moving - publications that are being rescheduled and therefore use no day.
   */
  freeDay(
    tx: Transaction,
    channel: string,
    at: Date,
    most: number,
    timezone: string,
    taken: readonly Date[],
    moving?: readonly string[],
  ): Promise<Date>;
}

/** Publications that wait for the page of their post. */
export interface GateLedger {
  /** The gate of an unreleased publication; `due`: the page should be checked now. */
  gateOf(publicationId: string): Promise<(Gate & { due: boolean }) | null>;
  /** Opens the gate. Returns whether this call did it. */
  openGate(tx: Transaction, publicationId: string, actor: string, until?: Date): Promise<boolean>;
  keepGate(publicationId: string, gate: Gate, nextInMs: number): Promise<void>;
  /** Waits again after waiting was given up. */
  renewGate(tx: Transaction, publicationId: string, until: Date): Promise<void>;
}

/** Who gets a publication. */
export interface AudienceLedger {
  /** How many deliveries a channel would have now. */
  audienceOf(channel: Channel, post?: DatedPost): Promise<Audience>;
  /** The same with details: who is left out, and why. */
  plannedAudience(channel: Channel, post?: DatedPost): Promise<PlannedAudience>;
  /** The audience of the deliveries that this transaction wrote. */
  writtenAudience(tx: Transaction, publicationId: string, channel: string): Promise<Omit<PlannedAudience, "excluded">>;
}

export interface NewPublication {
  postId: string;
  revision: string;
  channels: readonly { channel: Channel; generation: number }[];
  /** The number of subjects of the email. Default 1. */
  subjects?: number;
  /** Who decided: `cli`, `job:<name>`, `api:<user>`. */
  actor: string;
  reason?: string;
  scheduledFor?: Date;
  /** How long it waits for its page, if it has a gate. */
  gateUntil?: Date;
  /** A repost, to people who already have the post. */
  again?: boolean;
}

export interface Rescheduling {
  publicationId: string;
  /** All its channels, or some of them. */
  channels: readonly string[];
  /** Absent: now. */
  scheduledFor?: Date;
  gateUntil?: Date;
  actor: string;
}
