/** The decision to send a revision of a post to certain channels, by whom and why, and its result. */

import type { Medium, NoteStyle } from "#core/renditions/rendition.ts";
import type { Counts, Failure } from "#core/sending/delivery.ts";
import type { SendingRules } from "#core/sending/sending.ts";
import type { Gate, Timing } from "./timing.ts";

/** A configured destination: an adapter with its settings, under the operator's name. */
export interface Channel {
  name: string;
  adapter: string;
  medium: Medium;
  /** For email: the list whose confirmed subscribers are the audience. */
  list?: string;
  /** For email: pace, hold time, and rules for stopping. */
  sending?: SendingRules;
  /** For social posts. */
  style?: NoteStyle;
  /** When a post may be sent there. Absent: as soon as it is ready. */
  timing?: Timing;
  /** `other`: something is only sent after another person has approved the plan. */
  approval?: "other";
  /** The adapter's own settings, parsed. */
  config: unknown;
}

/** One channel's part in a publication, from the ledger. */
export interface ChannelPublication {
  publicationId: string;
  postId: string;
  revision: string;
  /** The published revision. Differs from `revision` after an edit in place. */
  shows: string;
  channel: string;
  adapter: string;
  medium: Medium;
  list: string | null;
  generation: number;
  createdAt: Date;
  /** The scheduled time, if it was later than the creation. */
  scheduledFor: Date | null;
  /** When it was released; `null` while it is scheduled. */
  releasedAt: Date | null;
  rules: SendingRules;
  /** The number of subjects in the test; 1 without a test. */
  subjects: number;
  /** Set while an operator or a rule has paused it, with the reason. */
  paused: { at: Date; reason: string } | null;
  cancelledAt: Date | null;
  /** Set if the post was withdrawn there. */
  withdrawnAt: Date | null;
  /** Set if every delivery would fail in the same way: nothing is tried until an operator acts. */
  stalled: { at: Date; failure: Failure } | null;
}

/** A post's newest generation on a channel. */
export interface KnownChannel extends ChannelPublication {
  /** For a cancelled one: somebody got the post through this channel, or may have got it, in any generation. */
  reached: boolean;
}

/** The report of `publish` and `status` for one post. */
export interface PublicationReport {
  /** The newest publication of the post. */
  id: string;
  /** The post's stable id. */
  post: string;
  title: string;
  revision: string;
  url: string;
  publishedAt: Date;
  /** Set if all channels wait for the same time. */
  scheduledFor?: Date;
  channels: Record<string, ChannelReport>;
}

export interface ChannelReport {
  adapter: string;
  medium: Medium;
  /** The publication, for `campaigns cancel`. */
  publication: string;
  counts: Counts;
  /** For email: the number of people on the list without a delivery, by reason. */
  excluded?: Record<string, number>;
  /** Addresses of published copies, at most 20. */
  links: string[];
  stalled?: Failure;
  paused?: { at: Date; reason: string };
  cancelledAt?: Date;
  /** When the post was withdrawn there. */
  withdrawnAt?: Date;
  /** The time for which it waits. */
  scheduledFor?: Date;
  /** Set while it waits for the post's page. */
  gate?: Gate;
  /** The audience is still being written, so the counts will grow. */
  freezing?: boolean;
  /** The most frequent reasons for `refused`, `uncertain` and `retrying`, at most 5. */
  failures: { state: "refused" | "uncertain" | "retrying"; code: string; message: string; count: number }[];
  /** When the next retry is due. */
  nextAttemptAt?: Date;
}

/** A range of a channel's deliveries. Jobs contain this range and never a recipient. */
export interface Batch {
  publicationId: string;
  channel: string;
  /** First and last delivery id, both included. */
  from: string;
  to: string;
}
