/** The networks that a post's author excluded, with the reasons. */

import { type Post, whyNotPosted } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";

/** Channel -> reason. */
export function leftOutOf(
  post: Post,
  channels: readonly Pick<Channel, "name" | "adapter" | "medium">[],
): Record<string, string> {
  const notes = channels.filter(({ medium }) => medium === "note");
  const reasons = notes.map(({ name, adapter }) => [name, whyNotPosted(post, name, adapter)] as const);
  return Object.fromEntries(reasons.filter(([, reason]) => reason !== ""));
}

/** `not for bluesky, x: its front matter turns it off`, one line for all channels with the same reason. */
export function leftOutLines(leftOut: Readonly<Record<string, string>>): string[] {
  const groups = Map.groupBy(Object.entries(leftOut), ([, reason]) => reason);
  return [...groups].map(([reason, channels]) => `not for ${channels.map(([name]) => name).join(", ")}: ${reason}`);
}
