/** The interfaces that `pipeline/` needs; `app.ts` passes the real implementations. */

import type { EmailRecipient, Transport } from "./adapter.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { DatedPost, Post } from "./posts/post.ts";
import type { Audience, PlannedAudience } from "./publishing/plan.ts";
import type { Batch, Channel, ChannelPublication, KnownChannel, PublicationReport } from "./publishing/publication.ts";
import type { Copy } from "./publishing/republish.ts";
import type { Gate } from "./publishing/timing.ts";
import type { HoldingEdition, OpenCopy, TakenBack, WithdrawalRequest } from "./publishing/withdrawal.ts";
import type { Rendition } from "./renditions/rendition.ts";
import type { Audit, AuditedDelivery, Campaign } from "./sending/campaign.ts";
import type { Failure, Receipt } from "./sending/delivery.ts";
import type { Bucket, Rate } from "./sending/sending.ts";
import type { WireLog } from "./sending/wire-log.ts";

/** Runs one statement with positional parameters: as much of a PostgreSQL client as floors above the store may see. */
export interface Sql {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of a row is known where the statement is written
  query<Row = any>(text: string | Prepared, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** A statement that runs so often that it is planned once for each connection. */
export interface Prepared {
  /** One text for each name, always. */
  name: string;
  text: string;
}

/** An open transaction. The verbs pass it on; only the store and the queue use it. */
export interface Transaction extends Sql {}

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

/** The truth about who got what. Every method is one transaction unless it takes one. */
export interface Ledger {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;

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
  /** What an unreleased publication waits for besides its time; `due`: it should be looked at now. */
  gateOf(publicationId: string): Promise<(Gate & { due: boolean }) | null>;
  /** Lets it go when its time has come. Returns whether this call did. */
  openGate(tx: Transaction, publicationId: string, actor: string, until?: Date): Promise<boolean>;
  keepGate(publicationId: string, gate: Gate, nextInMs: number): Promise<void>;
  /** Waits again where waiting was given up. */
  renewGate(tx: Transaction, publicationId: string, until: Date): Promise<void>;
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
  /** How many deliveries a channel would get now: for a dry run. */
  audienceOf(channel: Channel, post?: DatedPost): Promise<Audience>;
  /** The same in full: who is left out and why. */
  plannedAudience(channel: Channel, post?: DatedPost): Promise<PlannedAudience>;
  /** Who is to get what this transaction wrote. */
  writtenAudience(tx: Transaction, publicationId: string, channel: string): Promise<Omit<PlannedAudience, "excluded">>;
  /** What is due now and claimed by nobody, cut into batches. */
  dueBatches(tx: Transaction, publicationId: string, channel: string, size: number): Promise<Batch[]>;
  /** Closes the channels of publications in which nothing is left to do. */
  closeFinished(channels: readonly string[]): Promise<void>;
  /** Channels that have due deliveries, are not stalled, and are claimed by nobody. */
  dueChannels(channels: readonly string[]): Promise<{ publicationId: string; channel: string }[]>;
  /** Forgets that a channel had stalled, so that it is tried again. */
  unstall(tx: Transaction, publicationId: string, channel: string): Promise<void>;

  /** Opens a batch for this worker, with what is due in it. Nothing is taken yet. */
  claim(batch: Batch, workerId: string): Promise<Claim>;
  /**
   * Takes deliveries for sending, by compare-and-set, in one commit before the first byte goes out. Returns those that
   * are ours; not among them is what somebody else took, what was paused or cancelled, and who no longer wants it.
   */
  intend(claim: string, ids: readonly string[]): Promise<Set<string>>;
  /** Records their results in one commit. Returns the ids that we still held. */
  record(claim: string, changes: readonly Change[]): Promise<Set<string>>;
  /** Puts off what was not taken. Milliseconds. */
  defer(ids: readonly string[], dueIn: number): Promise<void>;
  /** The batch is done with. */
  closeClaim(claim: string): Promise<void>;
  /** Takes up to `wanted` mails' worth from a limit that all workers share. */
  takePace(bucket: Bucket, wanted: number): Promise<{ granted: number; waitMs: number }>;
  blockPace(key: string, forMs: number): Promise<void>;
  blockedPace(keys: readonly string[]): Promise<Map<string, number>>;
  /** Pauses, resumes or cancels one channel of a publication. Returns how many deliveries were cancelled. */
  control(
    publicationId: string,
    channel: string,
    action: "pause" | "resume" | "cancel",
    actor: string,
    reason: string,
  ): Promise<number>;
  /**
   * Which of several subjects the rest gets; `null` while the share that tries them is still going out. Where none was
   * chosen after that, the campaign is paused.
   */
  subjectChosen(publicationId: string, channel: string): Promise<number | "asked" | null>;
  /** Lets the rest of the audience have this subject, from 1. @throws PostriderError */
  chooseSubject(publicationId: string, channel: string, subject: number, actor: string): Promise<void>;
  /**
   * Counts refused and uncertain ones. Returns how many since the campaign was last resumed; and while the rest waits for
   * the first share, how many those are.
   */
  countFailures(
    publicationId: string,
    channel: string,
    failures: number,
  ): Promise<{ failures: number; canary: number | null }>;
  /** Keeps what must never happen. */
  alarm(kind: string, publicationId: string, channel: string, data: unknown): Promise<void>;
  /** Counts a failure of the whole channel; stalls it when there were `stallAfter` in a row. Returns how many. */
  channelFailed(publicationId: string, channel: string, failure: Failure, stallAfter: number): Promise<number>;
  channelWorks(publicationId: string, channel: string): Promise<void>;

  /** Settles what dead workers left behind: `sending` becomes what the wire log proves, else `uncertain`, or `pending` where a second try is harmless. */
  recover(idempotentAdapters: readonly string[], wireLog: WireLog): Promise<Recovered>;

  /** What is to be looked for now, because nobody knows whether it went out. Mails can't be looked for. */
  dueLooks(channel: string): Promise<UncertainDelivery[]>;
  /** Writes what looking found: a receipt, or `null` when it certainly did not go out and is due again. Returns whether it was still the same question. */
  recordLook(delivery: UncertainDelivery, found: Receipt | null): Promise<boolean>;
  /** Nothing could be told: it is looked for again later. */
  putOffLook(delivery: UncertainDelivery): Promise<void>;

  /** What is out of a post: the newest generation on every channel. */
  copies(postId: string): Promise<Copy[]>;
  /** Deliveries that were cancelled, and whose recipients still want them. */
  cancelledOf(publicationId: string, channel: string): Promise<number>;
  /** Makes what was cancelled due again, as the same deliveries, and lets the campaign go on. Returns how many. */
  finish(
    tx: Transaction,
    copy: Pick<Copy, "publicationId" | "channel">,
    actor: string,
    reason: string,
  ): Promise<number>;
  /** Makes what was refused or is uncertain due again, as the same deliveries. Returns how many. */
  retry(tx: Transaction, copy: Pick<Copy, "publicationId" | "channel">, actor: string, reason: string): Promise<number>;
  /** Writes down that a copy is about to be deleted, and posted again. */
  replacing(
    tx: Transaction,
    copy: Pick<Copy, "publicationId" | "channel">,
    receipt: Receipt,
    actor: string,
    reason: string,
  ): Promise<void>;
  /** Writes down that a copy was edited where it stands. */
  edited(
    tx: Transaction,
    copy: Pick<Copy, "publicationId" | "channel"> & { deliveryId: string },
    receipt: Receipt,
    revision: string,
    actor: string,
    reason: string,
  ): Promise<void>;

  /** Notes of a post that are out, oldest first, of every generation. */
  openCopies(postId: string): Promise<OpenCopy[]>;
  /** Writes down that a copy was taken back on its network. */
  withdrawn(tx: Transaction, copy: OpenCopy, actor: string, reason: string): Promise<void>;

  /** Cancels what has not gone, on every channel, and marks the post as taken back. */
  withdrawPost(tx: Transaction, request: WithdrawalRequest): Promise<TakenBack[]>;
  /** The post is out again, on purpose. Does nothing where it was not withdrawn. */
  endWithdrawal(tx: Transaction, postId: string, actor: string): Promise<void>;
  /** When the whole post was taken back; `null`: it was not, or it was reposted since. */
  withdrawnSince(tx: Transaction, postId: string): Promise<Date | null>;
  /**
   * Ids of those of these posts that were taken back, as a whole or on one of these channels.
   * @param tx - none of them is taken back any more until it ends.
   */
  withdrawnAmong(
    posts: readonly Pick<Post, "id" | "url">[],
    channels: readonly string[],
    tx?: Transaction,
  ): Promise<Set<string>>;
  /**
   * Editions of digests that hold the post, except those that were declined.
   * @param tx - no further edition is prepared until it ends.
   */
  editionsWith(post: Pick<Post, "id" | "url">, tx?: Transaction): Promise<HoldingEdition[]>;

  /** Makes one delivery due again. @throws PostriderError `not_found`; `conflict` where it was not refused and is not uncertain */
  retryOne(
    tx: Transaction,
    delivery: string,
    actor: string,
    reason: string,
  ): Promise<{ publicationId: string; channel: string }>;
  report(postId?: string): Promise<PublicationReport[]>;
  /** Channels that a running process sends for. */
  workedChannels(): Promise<Set<string>>;
  /** Newest first; of one publication or of all. */
  campaigns(publicationId?: string): Promise<Campaign[]>;
  /** One for each channel. @throws PostriderError `not_found` */
  audit(publicationId: string): Promise<Audit[]>;
  /** Every delivery, in flat memory. */
  auditedDeliveries(publicationId: string): AsyncGenerator<AuditedDelivery, void>;
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

export interface Claim {
  id: string;
  deliveries: ClaimedDelivery[];
}

/** Whom a delivery is for. */
export interface Addressee {
  /** The subscriber's hash; empty for a channel with one destination. */
  recipient: string;
  generation: number;
  subscriber: { address: string; name?: string } | null;
}

export interface ClaimedDelivery extends Addressee {
  id: string;
  /** Tries before this one. */
  attempts: number;
  /** From 1; `null` where there is but one, or none was chosen yet. */
  subject: number | null;
}

/** An uncertain delivery of a channel with one destination. */
export interface UncertainDelivery extends Addressee {
  id: string;
  publicationId: string;
  /** How often it was looked for. */
  looks: number;
}

/** What became of a delivery that was taken; `pending`: it was not begun. `dueIn` in milliseconds. */
export type Change = { id: string } & (
  | { state: "accepted"; receipt: Receipt }
  | { state: "refused" | "uncertain"; failure: Failure }
  | { state: "retrying"; failure: Failure; dueIn: number; attemptCounts: boolean }
  | { state: "pending" }
);

/** How many deliveries of dead workers were settled as what. */
export interface Recovered {
  uncertain: number;
  pending: number;
  accepted: number;
}

/** Puts work on the queue. The ledger is the truth and the queue a hint: a job may come twice or never, and nothing goes wrong. */
export interface JobQueue {
  /** In the caller's transaction: the job exists if and only if the transaction commits. */
  enqueue(tx: Transaction, jobs: readonly Job[]): Promise<void>;
  /** Jobs of a channel that wait, run or are delayed. */
  depth(channel: string): Promise<number>;
}

export type Job =
  | { kind: "deliver"; batch: Batch; delay?: number }
  | { kind: "release"; publicationId: string; delay: number }
  | { kind: "letter"; id: string; delay: number }
  | { kind: "ping"; channel: string; path: string; delay: number };

/** What a job came to, for the queue. */
export interface Outcome {
  /** Milliseconds for which nothing more of this queue should be tried; the job then comes again. */
  pauseMs?: number;
}

/** A channel, or its part in a publication, as far as a rendition depends on it. */
export type RenderingFor = Pick<ChannelPublication, "channel" | "adapter" | "medium" | "list">;

/** Which mail the links stand in: they last as long as it is likely to be looked at. */
export interface LinkedMail {
  postId: string;
  publishedAt: Date;
  /** The delivery's. */
  key: string;
}

export type RecipientLinks = Pick<EmailRecipient, "unsubscribeUrl" | "preferencesUrl" | "seenBy"> &
  Partial<Pick<EmailRecipient, "viewUrl">>;

/** Looks at a page. Empty: it shows the post. Otherwise what it answered, in a few words. */
export type IsLive = (post: Post) => Promise<string>;

/** What the sending verbs work with. */
export interface SendingPorts {
  ledger: Ledger;
  queue: JobQueue;
  /** Renders a stored post for a channel; remembers what it has rendered. */
  render(post: Post, channel: RenderingFor): Promise<Rendition>;
  /** What a publication goes out with: a mail is written once and is the same for every reader. */
  rendition(publication: ChannelPublication): Promise<Rendition>;
  /** The opened channel. The same one for every call until the process ends. */
  transport(channel: string): Promise<Transport>;
  /** Tells in the post's front matter and in feeds, where that is wanted, where its copies stand. @param postId - default: those of late. */
  shareLinks(postId?: string): Promise<void>;
  /** Looks whether the post's page is there for readers. */
  isLive: IsLive;
  /** The recipient's own links. */
  links(recipient: string, list: string, channel: string, mail?: LinkedMail): RecipientLinks;
  /** How much an adapter's network takes: for channels whose configuration sets no rate. */
  networkRate(adapter: string): Rate;
  /** Adapters for which sending twice has the effect of once. */
  idempotentAdapters: readonly string[];
  wireLog: WireLog;
  clock: Clock;
  log: Log;
}
