/** The decision that a revision of a post goes to certain channels: by whom, why, and its result. */

import type { Medium, NoteStyle } from "#core/renditions/rendition.ts";
import type { Counts, Failure } from "#core/sending/delivery.ts";
import type { SendingRules } from "#core/sending/sending.ts";
import type { Gate, Timing } from "./timing.ts";

/** A configured destination: an adapter with its settings under a name of the operator's. */
export interface Channel {
  name: string;
  adapter: string;
  medium: Medium;
  /** For mail: the list whose confirmed subscribers are the audience. */
  list?: string;
  /** For mail: pace, hold, when to stop. */
  sending?: SendingRules;
  /** For notes. */
  style?: NoteStyle;
  /** When a post may go there. Absent: as soon as it is ready. */
  timing?: Timing;
  /** The adapter's own settings, parsed. */
  config: unknown;
}

/** One channel's part in a publication, as the ledger has it. */
export interface ChannelPublication {
  publicationId: string;
  postId: string;
  revision: string;
  /** The revision that stands there: another one than `revision` after an edit in place. */
  shows: string;
  channel: string;
  adapter: string;
  medium: Medium;
  list: string | null;
  generation: number;
  createdAt: Date;
  /** When it is to go, if that was later than its creation. */
  scheduledFor: Date | null;
  /** When its deliveries were written; `null` while it waits for its time. */
  releasedAt: Date | null;
  rules: SendingRules;
  /** How many subjects are tried; 1 where there is nothing to try. */
  subjects: number;
  /** Set while nothing is to be sent, by an operator or by a rule; `reason` says which. */
  paused: { at: Date; reason: string } | null;
  cancelledAt: Date | null;
  /** Set when the post was taken back there. */
  withdrawnAt: Date | null;
  /** Set when every delivery would fail the same way: nothing is tried until somebody acts. */
  stalled: { at: Date; failure: Failure } | null;
}

/** A post's newest generation on a channel. */
export interface KnownChannel extends ChannelPublication {
  /** Of a cancelled one: somebody has the post through this channel, or may have it, in whatever generation. */
  reached: boolean;
}

/** What `publish` and `status` report for one post. */
export interface PublicationReport {
  /** The newest publication of the post. */
  id: string;
  /** The post's stable id. */
  post: string;
  title: string;
  revision: string;
  url: string;
  publishedAt: Date;
  /** When every channel waits for the same time. */
  scheduledFor?: Date;
  channels: Record<string, ChannelReport>;
}

export interface ChannelReport {
  adapter: string;
  medium: Medium;
  /** The publication that sends it there: what `campaigns cancel` takes. */
  publication: string;
  counts: Counts;
  /** Of mail: who was on the list and has no delivery, by reason. Absent: nobody. */
  excluded?: Record<string, number>;
  /** Where people can look at what was accepted, at most 20. */
  links: string[];
  stalled?: Failure;
  paused?: { at: Date; reason: string };
  cancelledAt?: Date;
  /** The post was taken back there. */
  withdrawnAt?: Date;
  /** It waits for its time. */
  scheduledFor?: Date;
  /** It waits until the post's page is there. */
  gate?: Gate;
  /** Its time has come, and the audience is not written to its end: the counts will grow. */
  freezing?: boolean;
  /** The most frequent reasons for `refused`, `uncertain` and `retrying`, at most 5. */
  failures: { state: "refused" | "uncertain" | "retrying"; code: string; message: string; count: number }[];
  /** When the next retry is due. */
  nextAttemptAt?: Date;
}

/** A share of a channel's deliveries: jobs carry this and never a recipient. */
export interface Batch {
  publicationId: string;
  channel: string;
  /** First and last delivery id, both included. */
  from: string;
  to: string;
}
