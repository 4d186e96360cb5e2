/** A campaign: the part of a publication on one email channel, for operators. */

import type { Counts } from "./delivery.ts";
import type { Engagement } from "./engagement.ts";

/**
 * - `scheduled`: its time is in the future.
 * - `freezing`: the audience is being written, and sending has begun.
 * - `stopped`: every email would fail in the same way; nothing is tried until an operator acts.
 */
export type CampaignState = "scheduled" | "freezing" | "sending" | "paused" | "stopped" | "cancelled" | "done";

export interface Campaign {
  /** The publication's id. */
  id: string;
  channel: string;
  post: string;
  title: string;
  list: string | null;
  state: CampaignState;
  /** Why it is paused or stopped. */
  reason: string | null;
  actor: string;
  createdAt: Date;
  scheduledFor: Date | null;
  startedAt: Date | null;
  counts: Counts;
  /** Whether a running process sends for its channel. */
  working: boolean;
  /** Emails per second over the last minute. */
  perSecond: number;
  /** The time left at that rate; `null` if nothing is being sent. */
  secondsLeft: number | null;
  /** For a subject test: how many readers got each subject, and the chosen one. */
  subjects?: { sent: number[]; chosen: number | null };
  /** Opens and clicks, on lists with tracking, if they were requested. */
  engagement?: Engagement;
}

/** The check of a campaign's numbers. */
export interface Audit {
  id: string;
  channel: string;
  /** The people on the list when the audience was determined: prepared and excluded. */
  candidates: number;
  /** The number of deliveries, counted while they were written. */
  prepared: number;
  /** The number of deliveries in the ledger. */
  deliveries: number;
  counts: Counts;
  /** On the list and without a delivery, by reason. */
  excluded: Record<string, number>;
  alarms: { at: Date; kind: string; data: unknown }[];
  /** Deliveries that are not settled yet. */
  open: number;
  /** One sentence for each problem. */
  problems: string[];
}

/** One delivery of a campaign, for an export. No address: the recipient's keyed hash. */
export interface AuditedDelivery {
  id: string;
  channel: string;
  recipient: string;
  state: string;
  attempts: number;
  intentAt: Date | null;
  settledAt: Date | null;
  remoteId: string | null;
  failure: unknown;
}
