/** The ledger's interfaces for actions and reports of operators, one for each role. */

import type { Post } from "#core/posts/post.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import type { Copy } from "#core/publishing/republish.ts";
import type { HoldingEdition, OpenCopy, TakenBack, WithdrawalRequest } from "#core/publishing/withdrawal.ts";
import type { Audit, AuditedDelivery, Campaign } from "#core/sending/campaign.ts";
import type { Failure, Receipt } from "#core/sending/delivery.ts";
import type { Transaction } from "./transaction.ts";

/** Actions of operators and rules on campaigns. */
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
   * The subject for the rest of the audience; `null` while the test is still being sent. If none was chosen after the
   * test, the campaign is paused.
   */
  subjectChosen(publicationId: string, channel: string): Promise<number | "asked" | null>;
  /** Sends this subject, counted from 1, to the rest of the audience. @throws PostriderError */
  chooseSubject(publicationId: string, channel: string, subject: number, actor: string): Promise<void>;
  /**
   * Counts refused and uncertain deliveries. Returns the number since the campaign was last resumed, and the size of
   * the first share while the others wait for it.
   */
  countFailures(
    publicationId: string,
    channel: string,
    failures: number,
  ): Promise<{ failures: number; canary: number | null }>;
  /** Counts a failure of the whole channel. After `stallAfter` failures in a row, stalls it. Returns the count. */
  channelFailed(publicationId: string, channel: string, failure: Failure, stallAfter: number): Promise<number>;
  channelWorks(publicationId: string, channel: string): Promise<void>;
}

/** The published copies of a post, and their republication. */
export interface RepublicationLedger {
  /** The published copies of a post: the newest generation on every channel. */
  copies(postId: string): Promise<Copy[]>;
  /** Deliveries that were cancelled, and whose recipients still want them. */
  cancelledOf(publicationId: string, channel: string): Promise<number>;
  /** Makes cancelled deliveries due again, and continues the campaign. Returns how many. */
  finish(
    tx: Transaction,
    copy: Pick<Copy, "publicationId" | "channel">,
    actor: string,
    reason: string,
  ): Promise<number>;
  /** Makes refused and uncertain deliveries due again. Returns how many. */
  retry(tx: Transaction, copy: Pick<Copy, "publicationId" | "channel">, actor: string, reason: string): Promise<number>;
  /** Makes one delivery due again. @throws PostriderError `not_found`; `conflict` if it is neither refused nor uncertain */
  retryOne(
    tx: Transaction,
    delivery: string,
    actor: string,
    reason: string,
  ): Promise<{ publicationId: string; channel: string; list: string | null }>;
  /** Records that a copy will be deleted and posted again. */
  replacing(
    tx: Transaction,
    copy: Pick<Copy, "publicationId" | "channel">,
    receipt: Receipt,
    actor: string,
    reason: string,
  ): Promise<void>;
  /** Records that a copy was edited in place. */
  edited(
    tx: Transaction,
    copy: Pick<Copy, "publicationId" | "channel"> & { deliveryId: string },
    receipt: Receipt,
    revision: string,
    actor: string,
    reason: string,
  ): Promise<void>;
}

/** Withdrawals of posts. */
export interface WithdrawalLedger {
  /** Published social posts of every generation, oldest first. */
  openCopies(postId: string): Promise<OpenCopy[]>;
  /** Records that a copy was deleted on its network. */
  withdrawn(tx: Transaction, copy: OpenCopy, actor: string, reason: string): Promise<void>;
  /** Cancels everything that was not sent, on every channel, and marks the post as withdrawn. */
  withdrawPost(tx: Transaction, request: WithdrawalRequest): Promise<TakenBack[]>;
  /** Ends the withdrawal of a post, because it is reposted. Does nothing if it was not withdrawn. */
  endWithdrawal(tx: Transaction, postId: string, actor: string): Promise<void>;
  /** When the whole post was withdrawn; `null` if it was not, or was reposted since. */
  withdrawnSince(tx: Transaction, postId: string): Promise<Date | null>;
  /**
   * The ids of those posts that were withdrawn, completely or on one of these channels.
   * @param tx - until it ends, none of them can be withdrawn.
   */
  withdrawnAmong(
    posts: readonly Pick<Post, "id" | "url">[],
    channels: readonly string[],
    tx?: Transaction,
  ): Promise<Set<string>>;
  /**
   * Editions of digests that contain the post, except declined ones.
   * @param tx - until it ends, no new edition is prepared.
   */
  editionsWith(post: Pick<Post, "id" | "url">, tx?: Transaction): Promise<HoldingEdition[]>;
}

/** Reports for operators. */
export interface ReportLedger {
  report(postId?: string): Promise<PublicationReport[]>;
  /** Channels that a running process sends for. */
  workedChannels(): Promise<Set<string>>;
  /** The campaigns of one publication or of all, newest first. */
  campaigns(publicationId?: string): Promise<Campaign[]>;
  /** One for each channel. @throws PostriderError `not_found` */
  audit(publicationId: string): Promise<Audit[]>;
  /** Every delivery, with constant memory. */
  auditedDeliveries(publicationId: string): AsyncGenerator<AuditedDelivery, void>;
}
