/** Withdrawing a post: what can still be done on each channel, and the result. */

import type { Medium } from "#core/renditions/rendition.ts";
import type { Receipt } from "#core/sending/delivery.ts";

/** One note that is out: of whatever generation, and not taken back yet. */
export interface OpenCopy {
  deliveryId: string;
  publicationId: string;
  channel: string;
  receipt: Receipt;
}

export interface WithdrawalRequest {
  postId: string;
  /** Only these. Default: every channel, and the post itself counts as withdrawn. */
  channels?: readonly string[];
  actor: string;
  reason: string;
}

/** What taking a post back came to on one channel of the ledger. */
export interface TakenBack {
  channel: string;
  /** Deliveries that had not gone. */
  cancelled: number;
  /** It was scheduled, or waited for its page: its deliveries were not written yet. */
  waiting: boolean;
  /** Handed to the other side at that moment: these may still arrive. */
  sending: number;
}

/** An edition of a digest that holds the post. */
export interface HoldingEdition {
  job: string;
  number: number;
  state: "waiting" | "approved";
  /** Under which the ledger knows the edition. */
  postId: string;
  /** That it goes to. */
  channels: string[];
  /** It has not gone to everybody: it waits for a reviewer, is scheduled, or is being sent. */
  open: boolean;
  /** Somebody has it, or may have it. */
  reached: boolean;
}

export interface WithdrawalStep {
  channel: string;
  adapter: string;
  medium: Medium;
  /** What is done; `none` for the reason given. */
  actions: ("cancel" | "retract" | "show-withdrawn" | "none")[];
  /** In words. */
  reason: string;
  /** Notes to be taken back. */
  copies: OpenCopy[];
  /** Deliveries that have not gone yet. */
  pending: number;
}

export interface WithdrawalPlan {
  postId: string;
  title: string;
  /** The post is marked: nothing of it goes anywhere afterwards. Not where only some channels were named, or it is marked. */
  marks: boolean;
  steps: WithdrawalStep[];
  /** Digests that hold it. The open ones are cancelled; the others are out for good. */
  editions: HoldingEdition[];
}

export interface Withdrawn {
  channel: string;
  retracted: number;
  cancelled: number;
  /** Its time had not come: nobody gets it. */
  unscheduled: boolean;
  /** Handed to the other side at that moment: these may still arrive. */
  sending: number;
  /** Why something is still out. */
  problems: string[];
}
