/** Publishing a post: the request, and the decision for each channel. */

import type { Post } from "#core/posts/post.ts";
import type { Channel } from "./publication.ts";

export interface PublishRequest {
  post: Post;
  channels: readonly Channel[];
  actor: string;
  /** Not before; a time that has passed means now. Default: the post's own date. */
  at?: Date;
  /**
   * An operator named this post. Then `at` also moves what is scheduled and has not begun, an edit of it goes out with it,
   * and a mailing that was cancelled before anybody got it starts again. Default: what was decided stays.
   */
  named?: boolean;
  now: Date;
  /** Writes the audience of what goes now to its end, however large it is. Default: a share of it, the rest by jobs. */
  whole?: boolean;
}

export interface Published {
  /** Under which the ledger knows the post. */
  postId: string;
  /** Channels for which this call decided to send. */
  fresh: string[];
  /** Channels with deliveries left over from an earlier run, taken up again. */
  resumed: string[];
  /** Channels that hold what is left until somebody resumes them. */
  paused: string[];
  /** Channels that had it already and have nothing left to do. */
  unchanged: string[];
  /** Channels where an operator has cancelled it: nothing of it goes there by publishing again. */
  cancelled: string[];
  /** Channels where the post was taken back: only a repost on purpose sends it there. */
  withdrawn: string[];
  /** Channels where it had not begun, and that have another time now. */
  rescheduled: Rescheduled[];
  /** Channels where it had not begun, and goes out as the post is now. */
  revised: string[];
  /** Channels where it had begun, so that `at` changes nothing. */
  begun: string[];
  /** Channels that show an earlier revision of the post. */
  stale: string[];
  /** Feeds, which may not have it. */
  closed: string[];
  /** Of the fresh ones and of those known, what has a later time. */
  later: { channel: string; at: Date }[];
}

/** Times as in `PublishRequest`; absent: at once. */
export interface Rescheduled {
  channel: string;
  from?: Date;
  to?: Date;
}
