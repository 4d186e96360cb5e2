/** Determines when a post is sent to each channel: after its offset, outside of quiet hours, on a day that is not full. */

import type { PublicationLedger } from "#core/ports/deciding.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";

export interface Moment {
  at: Date;
  gateSeconds: number;
  channels: Channel[];
}

/** The earliest time for the post. @param at - default: the post's own date; a past time means now. */
export function readyAt({ publishedAt }: Pick<Post, "publishedAt">, { at, now }: { at?: Date; now: Date }): Date {
  const time = at ?? new Date(publishedAt);
  return time > now ? time : now;
}

type Days = Pick<PublicationLedger, "freeDay">;

/** For a plan of several posts: a day that one of them uses is not free for the next one. Writes nothing. */
export function openMoments(
  tx: Transaction,
  ledger: Days,
): (channel: Channel, ready: Date, moving?: readonly string[]) => Promise<Date> {
  const taken = new Map<string, Date[]>();
  return async (channel, ready, moving = []) => {
    const before = taken.get(channel.name) ?? [];
    const at = await momentOf(tx, channel, ready, ledger, { taken: before, moving });
    taken.set(channel.name, [...before, at]);
    return at;
  };
}

async function momentOf(
  tx: Transaction,
  { name, timing }: Channel,
  ready: Date,
  ledger: Days,
  { taken = [], moving = [] }: { taken?: readonly Date[]; moving?: readonly string[] } = {},
): Promise<Date> {
  const first = timing?.at(ready) ?? ready;
  if (!timing?.postsADay) return first;
  return ledger.freeDay(tx, name, first, timing.postsADay, timing.timezone, taken, moving);
}

/**
 * Groups channels into publications: channels with the same time and the same gate are one publication.
 * @param moving - publications that are being rescheduled.
 */
export async function moments(
  tx: Transaction,
  channels: readonly Channel[],
  ready: Date,
  ledger: Days,
  moving: readonly string[] = [],
): Promise<Moment[]> {
  const found: Moment[] = [];
  for (const channel of channels) {
    const at = await momentOf(tx, channel, ready, ledger, { moving });
    const gateSeconds = channel.timing?.gateSeconds ?? 0;
    const same = found.find((moment) => moment.at.getTime() === at.getTime() && moment.gateSeconds === gateSeconds);
    if (same) same.channels.push(channel);
    else found.push({ at, gateSeconds, channels: [channel] });
  }
  return found;
}
