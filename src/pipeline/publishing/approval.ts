/** Four eyes: channels to which something is only sent after another person has approved the plan. */

import { PostriderError } from "#core/errors.ts";
import type { Channel } from "#core/publishing/publication.ts";

/** The channels that demand an approval. */
export function heldChannels<T extends Pick<Channel, "approval">>(channels: readonly T[]): T[] {
  return channels.filter(({ approval }) => approval === "other");
}

/** @param next - what to do. @throws PostriderError `forbidden` if one of these channels demands an approval */
export function requireNoneHeld(
  channels: readonly Pick<Channel, "name" | "approval">[],
  next = "Make a plan with `postrider plan` or POST /api/v1/plans. Another person approves it (`postrider plan approve HASH`). Then publish with --plan HASH.",
): void {
  const names = heldChannels(channels).map(({ name }) => name);
  if (names.length === 0) return;
  const words = names.length === 1 ? `The channel ${names[0]} demands` : `The channels ${names.join(", ")} demand`;
  throw new PostriderError("forbidden", `${words} that another person approves the plan. Nothing was sent`, {
    hint: next,
  });
}
