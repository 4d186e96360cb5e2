/** The plan of a publication: what it would do. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { PostStatus } from "#core/posts/post.ts";
import type { Medium } from "#core/renditions/rendition.ts";
import type { HadElsewhere } from "./had-elsewhere.ts";

export interface PublishPlan {
  /** Over everything below that time alone does not change: the same plan has the same hash. 16 hex digits. */
  hash: string;
  posts: PlannedPost[];
}

export interface PlannedPost {
  post: string;
  path: string;
  title: string;
  url: string;
  revision: string;
  status: PostStatus;
  /** What its errors and warnings are. */
  checks: Diagnostic[];
  channels: PlannedChannel[];
}

export interface PlannedChannel {
  channel: string;
  adapter: string;
  medium: Medium;
  /**
   * - `reschedule`: it has not begun, and gets another time.
   * - `resume`: what an earlier run left over.
   * - `none`: it is out already, or held back.
   */
  action: "send" | "reschedule" | "resume" | "none";
  /** Why it is `none`. */
  reason?: string;
  /** Of what is rescheduled: its publication. */
  publication?: string;
  /** Of what is rescheduled: when it would have gone. ISO 8601. */
  from?: string;
  /** When it would go, where that is not at once. ISO 8601. */
  at?: string;
  /** `at` is so long after publishing, whenever that is. Milliseconds. */
  afterMs?: number;
  /** It waits for the post's page then. */
  gated?: true;
  /** Of what goes later, as it would be now: it is drawn when it goes. */
  audience: PlannedAudience;
  /** Of a mail. */
  subject?: string;
  /** Of a note, as it would stand there. */
  text?: string;
  /** What would be sent to one recipient, before it is packed for the wire. */
  bytes: number;
  /** Of the rendition: what is seen now is what goes out. */
  digest: string;
  /** Line by line against the revision that is out. */
  diff: string[];
}

/** The same in two numbers. */
export interface Audience {
  pending: number;
  suppressed: number;
  hadElsewhere?: HadElsewhere[];
}

export interface PlannedAudience {
  recipients: number;
  /** Reason -> how many on the list get nothing. */
  excluded: Record<string, number>;
  /** Of those, who had it elsewhere, and how that is known. */
  hadElsewhere?: HadElsewhere[];
  /** Of who they are: other people, another fingerprint. */
  fingerprint: string;
}
