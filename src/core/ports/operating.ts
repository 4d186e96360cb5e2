/** What the ledger does and tells on the word of an operator: one interface for each role. */

import type { Post } from "#core/posts/post.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import type { Copy } from "#core/publishing/republish.ts";
import type { HoldingEdition, OpenCopy, TakenBack, WithdrawalRequest } from "#core/publishing/withdrawal.ts";
import type { Audit, AuditedDelivery, Campaign } from "#core/sending/campaign.ts";
import type { Failure, Receipt } from "#core/sending/delivery.ts";
import type { Transaction } from "./transaction.ts";

/** Campaigns: what operators and rules do to them. */
export interface CampaignLedger {
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
  /** Counts a failure of the whole channel; stalls it when there were `stallAfter` in a row. Returns how many. */
  channelFailed(publicationId: string, channel: string, failure: Failure, stallAfter: number): Promise<number>;
  channelWorks(publicationId: string, channel: string): Promise<void>;
}

/** What is out of a post, and what is sent again on purpose. */
export interface RepublicationLedger {
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
  /** Makes one delivery due again. @throws PostriderError `not_found`; `conflict` where it was not refused and is not uncertain */
  retryOne(
    tx: Transaction,
    delivery: string,
    actor: string,
    reason: string,
  ): Promise<{ publicationId: string; channel: string }>;
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
}

/** Posts that are taken back. */
export interface WithdrawalLedger {
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
}

/** What the ledger says to operators. */
export interface ReportLedger {
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
