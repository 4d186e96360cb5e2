/** The withdrawal of a post: what is possible on each channel, and the result. */

import type { Medium } from "#core/renditions/rendition.ts";
import type { Receipt } from "#core/sending/delivery.ts";

/** A published social post of any generation that is not withdrawn yet. */
export interface OpenCopy {
  deliveryId: string;
  publicationId: string;
  channel: string;
  receipt: Receipt;
}

export interface WithdrawalRequest {
  postId: string;
  /** Only these channels. Default: every channel, and the post itself is marked as withdrawn. */
  channels?: readonly string[];
  actor: string;
  reason: string;
}

/** The result of a withdrawal on one channel of the ledger. */
export interface TakenBack {
  channel: string;
  /** The number of deliveries that were cancelled before they were sent. */
  cancelled: number;
  /** It was scheduled, or waited for its page, so it had no deliveries yet. */
  waiting: boolean;
  /** The number of deliveries that were being sent at that moment. They may still arrive. */
  sending: number;
}

/** An edition of a digest that contains the post. */
export interface HoldingEdition {
  job: string;
  number: number;
  state: "waiting" | "approved";
  /** The post id of the edition in the ledger. */
  postId: string;
  /** The channels of the edition. */
  channels: string[];
  /** It was not sent to everybody yet: it waits for approval, is scheduled, or is being sent. */
  open: boolean;
  /** Somebody got it, or may have got it. */
  reached: boolean;
}

export interface WithdrawalStep {
  channel: string;
  adapter: string;
  medium: Medium;
  /** What is done. `none`: nothing; `reason` explains it. */
  actions: ("cancel" | "retract" | "show-withdrawn" | "none")[];
  /** As text. */
  reason: string;
  /** Social posts to delete. */
  copies: OpenCopy[];
  /** The number of deliveries that were not sent yet. */
  pending: number;
}

export interface WithdrawalPlan {
  postId: string;
  title: string;
  /** Whether the post will be marked as withdrawn, so that it is not sent any more. Not if only some channels were named, or if it is already marked. */
  marks: boolean;
  steps: WithdrawalStep[];
  /** Digests that contain it. Open ones are cancelled. The others were sent and can't be changed. */
  editions: HoldingEdition[];
}

export interface Withdrawn {
  channel: string;
  retracted: number;
  cancelled: number;
  /** It was scheduled and is not sent to anybody. */
  unscheduled: boolean;
  /** The number of deliveries that were being sent at that moment. They may still arrive. */
  sending: number;
  /** Why some copies are still published. */
  problems: string[];
}
