/** What publishing a post means for one channel, depending on its state in the ledger. */

import type { Post } from "#core/posts/post.ts";
import type { Channel, KnownChannel } from "#core/publishing/publication.ts";
import type { PublishRequest } from "#core/publishing/publishing.ts";

/** `waiting`: it is decided, but sending has not begun. */
export type Fate = "fresh" | "waiting" | "begun" | "cancelled" | "withdrawn" | "closed";

export function fateOf(
  channel: Pick<Channel, "medium">,
  earlier: Pick<KnownChannel, "withdrawnAt" | "cancelledAt" | "reached" | "releasedAt"> | undefined,
  { post, named = false }: Pick<PublishRequest, "post" | "named">,
): Fate {
  if (earlier?.withdrawnAt) return "withdrawn";
  if (isClosed(channel, post) && !(earlier?.releasedAt && !earlier.cancelledAt)) return "closed";
  if (!earlier) return "fresh";
  if (earlier.cancelledAt) return named && !earlier.reached ? "fresh" : "cancelled";
  return earlier.releasedAt ? "begun" : "waiting";
}

/** Anybody can read a feed. */
export function isClosed({ medium }: Pick<Channel, "medium">, { limited }: Post): boolean {
  return medium === "feed" && limited !== undefined;
}
