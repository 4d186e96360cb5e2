/** Taking a post back on an operator's word: what can be done about what is out, and what became of it. */

import type { Receipt } from "./delivery.ts";
import type { Medium } from "./rendition.ts";

/** One note that is out: of whatever generation, and not taken back yet. */
export interface OpenCopy {
  deliveryId: string;
  publicationId: string;
  channel: string;
  receipt: Receipt;
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
  steps: WithdrawalStep[];
}

export interface Withdrawn {
  channel: string;
  retracted: number;
  cancelled: number;
  /** Why something is still out. */
  problems: string[];
}
