/** What the ledger knows of posts and publications, for whoever decides: one interface for each role. */

import type { DatedPost, Post } from "#core/posts/post.ts";
import type { Audience, PlannedAudience } from "#core/publishing/plan.ts";
import type { Batch, Channel, ChannelPublication, KnownChannel } from "#core/publishing/publication.ts";
import type { Gate } from "#core/publishing/timing.ts";
import type { Transaction } from "./transaction.ts";

/** A file, and a post that it is or may be. */
export interface FormerName {
  fileName: string;
  /** A name of that post's file; `fileName` itself where the file is known. */
  formerly: string;
  postId: string;
  /** Of the post, as it stood in `formerly`. */
  title: string;
  /** What both have in common. An empty text is no common text. */
  same: Record<"title" | "date" | "text" | "address", boolean>;
  /** Every name of that post's files; of a file that is known, only those that came later. */
  others: string[];
}

export interface NamedPost {
  postId: string;
  title: string;
  names: string[];
}

/** Posts, their revisions and the names of their files. */
export interface PostLedger {
  /** Stores the post and this revision of it. Returns the id under which it is known: an earlier one if its permalink was known already. */
  rememberPost(tx: Transaction, post: Post): Promise<string>;
  post(postId: string, revision: string, tx?: Transaction): Promise<Post>;
  /** Remembers the content of files of posts without an own id. */
  keepNames(tx: Transaction, posts: readonly Post[]): Promise<void>;
  /** Which post each file is known as; of a file that is not known, the posts with the same title and date, text, address or id. */
  formerNames(posts: readonly Post[]): Promise<FormerName[]>;
  /** The post that one of these is the id, the address or the file of, with the names of its files. */
  postNamed(names: readonly string[]): Promise<NamedPost | null>;
  /** An id for a new post: the name of its file, or that with a number behind it where another post has it. */
  freeId(fileName: string): Promise<string>;
  /** Whether the post is known, and in this revision. */
  noticed(tx: Transaction, post: Post): Promise<"new" | "edited" | "unchanged">;
  /** The id under which the post is known, by its id or its permalink; `null`: it is not. */
  knownAs(post: Pick<Post, "id" | "url">): Promise<string | null>;
}

/** Decisions that posts go to channels, until they are released. */
export interface PublicationLedger {
  /** Every channel's newest generation for this post; locks the post against a second publish at the same time. */
  channelsOf(tx: Transaction, postId: string): Promise<KnownChannel[]>;
  createPublication(tx: Transaction, publication: NewPublication): Promise<string>;
  /** Another time for what has not begun. Returns the publication that has these channels then; `null`: it has begun. */
  reschedule(tx: Transaction, wanted: Rescheduling): Promise<string | null>;
  /** What has not begun goes out as the post is now. Returns the publication that has these channels then; `null`: it has begun. */
  revise(tx: Transaction, publicationId: string, channels: readonly string[], post: Post): Promise<string | null>;
  channelPublication(publicationId: string, channel: string): Promise<ChannelPublication | null>;
  /** Draws the line under the audience of a publication whose time has come, once. Returns whether this call did. */
  release(tx: Transaction, publicationId: string): Promise<boolean>;
  /** Writes the next share of its deliveries. Returns what was written, and how many channels still want more. */
  freeze(tx: Transaction, publicationId: string, size: number): Promise<{ unfinished: number; written: Batch[] }>;
  channelNames(tx: Transaction, publicationId: string): Promise<string[]>;
  /** Publications whose time has come and that nobody has released. */
  dueReleases(): Promise<string[]>;
  /**
   * The first of this time and the same time of later days whose day has fewer than `most` publications for the channel.
   * @param taken - times that are as good as taken.
   * @param moving - publications that are getting another time: they take no day.
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

/** What waits for the page of its post. */
export interface GateLedger {
  /** What an unreleased publication waits for besides its time; `due`: it should be looked at now. */
  gateOf(publicationId: string): Promise<(Gate & { due: boolean }) | null>;
  /** Lets it go when its time has come. Returns whether this call did. */
  openGate(tx: Transaction, publicationId: string, actor: string, until?: Date): Promise<boolean>;
  keepGate(publicationId: string, gate: Gate, nextInMs: number): Promise<void>;
  /** Waits again where waiting was given up. */
  renewGate(tx: Transaction, publicationId: string, until: Date): Promise<void>;
}

/** Who gets a publication. */
export interface AudienceLedger {
  /** How many deliveries a channel would get now: for a dry run. */
  audienceOf(channel: Channel, post?: DatedPost): Promise<Audience>;
  /** The same in full: who is left out and why. */
  plannedAudience(channel: Channel, post?: DatedPost): Promise<PlannedAudience>;
  /** Who is to get what this transaction wrote. */
  writtenAudience(tx: Transaction, publicationId: string, channel: string): Promise<Omit<PlannedAudience, "excluded">>;
}

export interface NewPublication {
  postId: string;
  revision: string;
  channels: readonly { channel: Channel; generation: number }[];
  /** How many subjects the mail has. Default 1. */
  subjects?: number;
  /** Who decided: `cli`, `job:<name>`, `api:<user>`. */
  actor: string;
  reason?: string;
  scheduledFor?: Date;
  /** Until when it waits for its page, if it does. */
  gateUntil?: Date;
  /** Sent again on purpose to people who have it. */
  again?: boolean;
}

export interface Rescheduling {
  publicationId: string;
  /** All that it has, or some. */
  channels: readonly string[];
  /** Absent: now. */
  scheduledFor?: Date;
  gateUntil?: Date;
  actor: string;
}
