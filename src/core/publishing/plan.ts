/** The plan of a publication: what it would do. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { PostStatus } from "#core/posts/post.ts";
import type { Medium } from "#core/renditions/rendition.ts";
import type { HadElsewhere } from "./had-elsewhere.ts";

export interface PublishPlan {
  /** Hash of everything below that does not change with time alone. 16 hex digits. */
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
  /** Its errors and warnings. */
  checks: Diagnostic[];
  channels: PlannedChannel[];
}

export interface PlannedChannel {
  channel: string;
  adapter: string;
  medium: Medium;
  /**
   * - `reschedule`: it has not begun, and gets another time.
   * - `resume`: an earlier run left deliveries to send.
   * - `none`: it is already published, or is not sent; `reason` explains it.
   */
  action: "send" | "reschedule" | "resume" | "none";
  /** The reason for `none`. */
  reason?: string;
  /** For `reschedule`: the publication. */
  publication?: string;
  /** For `reschedule`: the previous time. ISO 8601. */
  from?: string;
  /** The time of sending, if it is not sent at once. ISO 8601. */
  at?: string;
  /** `at` is this long after the time of publishing. Milliseconds. */
  afterMs?: number;
  /** It also waits for the post's page. */
  gated?: true;
  /** The audience. If the time is later, the audience is determined again then. */
  audience: PlannedAudience;
  /** For emails. */
  subject?: string;
  /** For social posts: the text that would be posted. */
  text?: string;
  /** The size for one recipient, before encoding. */
  bytes: number;
  /** Digest of the rendition, so that exactly what is shown is sent. */
  digest: string;
  /** Line by line, compared with the published revision. */
  diff: string[];
}

/** The same, as two numbers. */
export interface Audience {
  pending: number;
  suppressed: number;
  hadElsewhere?: HadElsewhere[];
}

export interface PlannedAudience {
  recipients: number;
  /** Reason -> the number of people on the list who get nothing because of it. */
  excluded: Record<string, number>;
  /** People among them who already received it from another service, with the proof. */
  hadElsewhere?: HadElsewhere[];
  /** Changes if the people in the audience change. */
  fingerprint: string;
}
