/** Publishing a post: the request, and the decision for each channel. */

import type { Post } from "#core/posts/post.ts";
import type { Channel } from "./publication.ts";

export interface PublishRequest {
  post: Post;
  channels: readonly Channel[];
  actor: string;
  /** The earliest time; a past time means now. Default: the post's own date. */
  at?: Date;
  /**
   * Whether an operator named this post. Then `at` also reschedules channels that have not begun, an edit is
   * included, and a mailing that was cancelled before anybody got it starts again. Default: earlier decisions are
   * kept.
   */
  named?: boolean;
  /** Another person has approved exactly this. Channels may demand it. */
  isApproved?: boolean;
  now: Date;
  /** Writes the whole audience of channels that are sent now. Default: the first share; jobs write the rest. */
  whole?: boolean;
}

export interface Published {
  /** The post's id in the ledger. */
  postId: string;
  /** Channels for which this call decided to send. */
  fresh: string[];
  /** Channels that continue with deliveries from an earlier run. */
  resumed: string[];
  /** Channels that are paused, with deliveries to send. */
  paused: string[];
  /** Channels that already have it, with nothing left to do. */
  unchanged: string[];
  /** Channels where an operator has cancelled it: publishing again does not send it there. */
  cancelled: string[];
  /** Channels where the post was withdrawn: only a repost sends it there. */
  withdrawn: string[];
  /** Channels that had not begun and were rescheduled. */
  rescheduled: Rescheduled[];
  /** Channels that had not begun and will send the current revision. */
  revised: string[];
  /** Channels that had begun, where `at` has no effect. */
  begun: string[];
  /** Channels that show an earlier revision of the post. */
  stale: string[];
  /** Feeds that must not contain it, because it is not public. */
  closed: string[];
  /** All channels with a later time. */
  later: { channel: string; at: Date }[];
}

/** Times as in `PublishRequest`; absent: now. */
export interface Rescheduled {
  channel: string;
  from?: Date;
  to?: Date;
}
