/** What the ledger knows of deliveries, for whoever sends them: one interface for each role. */

import type { Batch } from "#core/publishing/publication.ts";
import type { Failure, Receipt } from "#core/sending/delivery.ts";
import type { Bucket } from "#core/sending/sending.ts";
import type { WireLog } from "#core/sending/wire-log.ts";
import type { Transaction } from "./transaction.ts";

/** What is due, cut into batches for the queue. */
export interface BatchLedger {
  /** What is due now and claimed by nobody, cut into batches. */
  dueBatches(tx: Transaction, publicationId: string, channel: string, size: number): Promise<Batch[]>;
  /** Closes the channels of publications in which nothing is left to do. */
  closeFinished(channels: readonly string[]): Promise<void>;
  /** Channels that have due deliveries, are not stalled, and are claimed by nobody. */
  dueChannels(channels: readonly string[]): Promise<{ publicationId: string; channel: string }[]>;
  /** Forgets that a channel had stalled, so that it is tried again. */
  unstall(tx: Transaction, publicationId: string, channel: string): Promise<void>;
}

/** Deliveries under way, as the worker that sends them sees them. */
export interface DeliveryLedger {
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
  /** Keeps what must never happen. */
  alarm(kind: string, publicationId: string, channel: string, data: unknown): Promise<void>;
}

/** Limits that all workers share. */
export interface PaceLedger {
  /** Takes up to `wanted` mails' worth from a limit that all workers share. */
  takePace(bucket: Bucket, wanted: number): Promise<{ granted: number; waitMs: number }>;
  blockPace(key: string, forMs: number): Promise<void>;
  blockedPace(keys: readonly string[]): Promise<Map<string, number>>;
}

/** What a crash, or an answer that never came, left open. */
export interface RecoveryLedger {
  /** Settles what dead workers left behind: `sending` becomes what the wire log proves, else `uncertain`, or `pending` where a second try is harmless. */
  recover(idempotentAdapters: readonly string[], wireLog: WireLog): Promise<Recovered>;
  /** What is to be looked for now, because nobody knows whether it went out. Mails can't be looked for. */
  dueLooks(channel: string): Promise<UncertainDelivery[]>;
  /** Writes what looking found: a receipt, or `null` when it certainly did not go out and is due again. Returns whether it was still the same question. */
  recordLook(delivery: UncertainDelivery, found: Receipt | null): Promise<boolean>;
  /** Nothing could be told: it is looked for again later. */
  putOffLook(delivery: UncertainDelivery): Promise<void>;
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
