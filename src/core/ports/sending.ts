/** The ledger's interfaces for sending deliveries, one for each role. */

import type { Batch } from "#core/publishing/publication.ts";
import type { Failure, Receipt } from "#core/sending/delivery.ts";
import type { Bucket } from "#core/sending/sending.ts";
import type { WireLog } from "#core/sending/wire-log.ts";
import type { Transaction } from "./transaction.ts";

/** Due deliveries, in batches for the queue. */
export interface BatchLedger {
  /** Deliveries that are due and not claimed, in batches. */
  dueBatches(tx: Transaction, publicationId: string, channel: string, size: number): Promise<Batch[]>;
  /** Closes the channels of finished publications. */
  closeFinished(channels: readonly string[]): Promise<void>;
  /** Channels with due deliveries that are not stalled and not claimed. */
  dueChannels(channels: readonly string[]): Promise<{ publicationId: string; channel: string }[]>;
  /** Ends the stall of a channel, so that it is tried again. */
  unstall(tx: Transaction, publicationId: string, channel: string): Promise<void>;
}

/** Deliveries in progress, for the worker that sends them. */
export interface DeliveryLedger {
  /** Opens a batch for this worker, and reads what is due in it. Nothing is taken yet. */
  claim(batch: Batch, workerId: string): Promise<Claim>;
  /**
   * Takes deliveries for sending, by compare-and-set, in one commit before the first byte is sent. Returns those that
   * are ours, without deliveries that another worker took, that were paused or cancelled, or that the recipient no
   * longer wants.
   */
  intend(claim: string, ids: readonly string[]): Promise<Set<string>>;
  /**
   * Records results in one commit. Returns the ids that we still held.
   * @param again - a try before this one failed, and may have been committed all the same: what it recorded counts as held.
   */
  record(claim: string, changes: readonly Change[], again?: boolean): Promise<Set<string>>;
  /** Postpones deliveries that were not taken. Milliseconds. */
  defer(ids: readonly string[], dueIn: number): Promise<void>;
  /** Ends the batch. */
  closeClaim(claim: string): Promise<void>;
  /** Records an error that must never happen. */
  alarm(kind: string, publicationId: string, channel: string, data: unknown): Promise<void>;
}

/** Limits that all workers share. */
export interface PaceLedger {
  /** Takes up to `wanted` emails from a limit that all workers share. */
  takePace(bucket: Bucket, wanted: number): Promise<{ granted: number; waitMs: number }>;
  blockPace(key: string, forMs: number): Promise<void>;
  blockedPace(keys: readonly string[]): Promise<Map<string, number>>;
}

/** Recovery after a crash or a lost answer. */
export interface RecoveryLedger {
  /** Settles what dead workers left behind: `sending` becomes what the wire log proves, else `uncertain`, or `pending` where a second try is harmless. */
  recover(idempotentAdapters: readonly string[], wireLog: WireLog): Promise<Recovered>;
  /** Uncertain deliveries that should be looked up on their network now. Emails can't be looked up. */
  dueLookups(channel: string): Promise<UncertainDelivery[]>;
  /** Records the result of a look-up: a receipt, or `null` if it was certainly not posted and is due again. Returns whether the delivery was still uncertain. */
  recordLookup(delivery: UncertainDelivery, found: Receipt | null): Promise<boolean>;
  /** The look-up had no result, and is repeated later. */
  putOffLookup(delivery: UncertainDelivery): Promise<void>;
}

export interface Claim {
  id: string;
  deliveries: ClaimedDelivery[];
}

/** The recipient of a delivery. */
export interface Addressee {
  /** The subscriber's hash; empty for a channel with one destination. */
  recipient: string;
  generation: number;
  subscriber: { address: string; name?: string } | null;
}

export interface ClaimedDelivery extends Addressee {
  id: string;
  /** The number of earlier tries. */
  attempts: number;
  /** Counted from 1; `null` if there is only one subject, or none was chosen yet. */
  subject: number | null;
}

/** An uncertain delivery of a channel with one destination. */
export interface UncertainDelivery extends Addressee {
  id: string;
  publicationId: string;
  /** How often it was looked up. */
  looks: number;
}

/** The result of a delivery that was taken; `pending`: it was not begun. `dueIn` in milliseconds. */
export type Change = { id: string } & (
  | { state: "accepted"; receipt: Receipt }
  | { state: "refused" | "uncertain"; failure: Failure }
  | { state: "retrying"; failure: Failure; dueIn: number; attemptCounts: boolean }
  | { state: "pending" }
);

/** How many deliveries of dead workers got which state. */
export interface Recovered {
  uncertain: number;
  pending: number;
  accepted: number;
}
