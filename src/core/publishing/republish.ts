/** Sending a post again when an operator asks for it: the plan and the result. */

import type { Medium } from "#core/renditions/rendition.ts";
import type { Counts, Receipt } from "#core/sending/delivery.ts";

/**
 * - `retry`: refused and uncertain deliveries again, with the same Message-ID and the same key.
 * - `update`: edits published copies in place; sends no email.
 * - `repost`: sends it once more to everybody.
 * - `finish`: sends a cancelled mailing to those who did not get it, once each.
 */
export const republishModes = ["retry", "update", "repost", "finish"] as const;
export type RepublishMode = (typeof republishModes)[number];

/** One channel's newest generation of a post. */
export interface Copy {
  publicationId: string;
  channel: string;
  adapter: string;
  medium: Medium;
  list: string | null;
  generation: number;
  /** The published revision. */
  revision: string;
  counts: Counts;
  cancelledAt: Date | null;
  /** When the post was withdrawn there. */
  withdrawnAt: Date | null;
  /** It was released, and its audience was determined. */
  begun: boolean;
  /** The accepted delivery, on a channel with one destination. */
  delivery: { id: string; receipt: Receipt } | null;
  publishedAt: Date;
}

export interface RepublishStep {
  channel: string;
  adapter: string;
  medium: Medium;
  /** `replace`: deleted and posted again. `none`: there is nothing to do; `reason` explains it. */
  action: "send" | "edit" | "replace" | "none";
  reason: string;
  /** The number of people who would get something. */
  recipients: number;
  /** How many of them already have it, and how many may have it. */
  again: number;
  maybeAgain: number;
  /** The published revision, and the one that would be sent. */
  shows: string | null;
  wants: string;
  /** Lines of text: ` ` unchanged, `-` published, `+` current. Empty if nothing changes. */
  diff: string[];
}

export interface RepublishPlan {
  postId: string;
  mode: RepublishMode;
  /** The revision that would be sent. With a correction, it differs from the post's revision. */
  revision: string;
  /** The post was withdrawn; a repost ends that. */
  withdrawn: boolean;
  steps: RepublishStep[];
}
