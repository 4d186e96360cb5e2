/** A campaign: the part of a publication on one email channel, as operators follow it. */

import type { Counts } from "./delivery.ts";
import type { Engagement } from "./engagement.ts";

/**
 * - `scheduled`: its time has not come.
 * - `freezing`: the audience is being written; what is written goes out already.
 * - `stopped`: every mail would fail the same way; nothing is tried until somebody acts.
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
  /** A running process sends for its channel. */
  working: boolean;
  /** Mails a second over the last minute. */
  perSecond: number;
  /** At that rate; `null` when nothing moves, or nobody is working. */
  secondsLeft: number | null;
  /** Where several subjects are tried: how many got which, and the one for the rest. */
  subjects?: { sent: number[]; chosen: number | null };
  /** Where a list's opens and clicks are seen, and somebody asked for them. */
  engagement?: Engagement;
}

/** Whether a campaign's sums add up. */
export interface Audit {
  id: string;
  channel: string;
  /** On the list when the line was drawn: prepared and excluded. */
  candidates: number;
  /** Deliveries written, as counted while they were written. */
  prepared: number;
  /** Deliveries there are. */
  deliveries: number;
  counts: Counts;
  /** On the list and without a delivery, by reason. */
  excluded: Record<string, number>;
  alarms: { at: Date; kind: string; data: unknown }[];
  /** Not yet in a state that lasts. */
  open: number;
  /** In a sentence each; none: all is as it should be. */
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
