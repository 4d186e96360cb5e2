/** Sending a post again when an operator asks for it: the plan and the result. */

import type { Medium } from "#core/renditions/rendition.ts";
import type { Counts, Receipt } from "#core/sending/delivery.ts";

/**
 * - `retry`: what was refused or is uncertain, as the same delivery: the same Message-ID, the same key.
 * - `update`: edits what is out where it stands; mails nobody.
 * - `repost`: once more to everybody, on purpose.
 * - `finish`: a mailing that was cancelled, to those who did not get it, each once.
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
  /** That it shows. */
  revision: string;
  counts: Counts;
  cancelledAt: Date | null;
  /** When the post was taken back there. */
  withdrawnAt: Date | null;
  /** Its time has come: the audience was drawn. */
  begun: boolean;
  /** The one that was accepted, of a channel with one destination. */
  delivery: { id: string; receipt: Receipt } | null;
  publishedAt: Date;
}

export interface RepublishStep {
  channel: string;
  adapter: string;
  medium: Medium;
  /** `replace`: deleted where it stands, and posted again. `none`: there is nothing to do, for the reason given. */
  action: "send" | "edit" | "replace" | "none";
  reason: string;
  /** Who would get something. */
  recipients: number;
  /** Of these, who has it already, and who may. */
  again: number;
  maybeAgain: number;
  /** What is out, and what the post says now. */
  shows: string | null;
  wants: string;
  /** Lines of the text: ` ` as before, `-` out, `+` now. Empty when nothing changes. */
  diff: string[];
}

export interface RepublishPlan {
  postId: string;
  mode: RepublishMode;
  /** Of the post as it would go out; with a correction, another one than the post's. */
  revision: string;
  /** The post was taken back; a repost puts it out again. */
  withdrawn: boolean;
  steps: RepublishStep[];
}
