/** Reschedules a post that has not begun: to the operator's new time, or to the post's own date. */

import { PostriderError } from "#core/errors.ts";
import type { GateLedger, PostLedger, PublicationLedger } from "#core/ports/deciding.ts";
import type { WithdrawalLedger } from "#core/ports/operating.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { BatchLedger } from "#core/ports/sending.ts";
import type { Transaction, Transactions } from "#core/ports/transaction.ts";
import type { Channel, KnownChannel } from "#core/publishing/publication.ts";
import type { Published, PublishRequest } from "#core/publishing/publishing.ts";
import { type Moment, moments, readyAt } from "./moments.ts";

export interface PublishPorts {
  ledger: Transactions & PostLedger & PublicationLedger & GateLedger & BatchLedger & WithdrawalLedger;
  queue: JobQueue;
}

/** A time that passed a few seconds ago means now. An older time is a mistake. */
const slipMs = 60_000;

export function hasPassed(at: Date, now: Date): boolean {
  return at.getTime() < now.getTime() - slipMs;
}

/**
 * Refuses a new time in the past, so that a wrong date does not send a post at once. The time at which the post was
 * already due is allowed.
 * @throws PostriderError `invalid`
 */
export function refusePast(
  { at, named, now }: Pick<PublishRequest, "at" | "named" | "now">,
  waiting: readonly Pick<KnownChannel, "scheduledFor">[],
  fresh: number,
): void {
  if (!named || !at || !hasPassed(at, now)) return;
  if (fresh === 0 && waiting.every(({ scheduledFor }) => scheduledFor?.getTime() === at.getTime())) return;
  throw new PostriderError("invalid", `${at.toISOString()} has passed`, {
    hint: "Choose a later time, or use `--at now` to send it immediately.",
  });
}

/** Gives channels that have not begun the new time and the current revision. */
export async function moveTimes(
  tx: Transaction,
  waiting: readonly Channel[],
  known: ReadonlyMap<string, KnownChannel>,
  request: PublishRequest,
  result: Published,
  ports: PublishPorts,
): Promise<void> {
  const { post, now, named = false } = request;
  const earlierOf = ({ name }: Channel): KnownChannel => known.get(name) as KnownChannel;
  const groups = Map.groupBy(waiting, (channel) => earlierOf(channel).publicationId);
  for (const [id, channels] of groups) {
    const [first] = channels;
    const names = channels.map(({ name }) => name);
    const at = first && (await newTime(tx, first, earlierOf(first), request, ports.ledger));
    let publicationId = id;
    if (named && channels.some((channel) => earlierOf(channel).revision !== post.revision)) {
      const revised = await ports.ledger.revise(tx, id, names, post);
      if (revised) result.revised.push(...names);
      publicationId = revised ?? id;
    }
    if (at) {
      const ready = readyAt(post, { at, now });
      for (const moment of await moments(tx, channels, ready, ports.ledger, [publicationId]))
        await moveTo(tx, moment, publicationId, earlierOf, request, result, ports);
      continue;
    }
    for (const channel of channels) {
      const { scheduledFor } = earlierOf(channel);
      if (scheduledFor) result.later.push({ channel: channel.name, at: scheduledFor });
      await waitAgain(tx, publicationId, channel.timing, scheduledFor, request, ports);
      result.unchanged.push(channel.name);
    }
  }
}

/** The new time: from the operator, or from the post's date if the post was scheduled by its date. */
export async function newTime(
  tx: Transaction,
  { timing }: Pick<Channel, "timing">,
  { postId, revision, scheduledFor }: Pick<KnownChannel, "postId" | "revision" | "scheduledFor">,
  { post, at, named = false }: Pick<PublishRequest, "post" | "at" | "named">,
  ledger: Pick<PostLedger, "post">,
): Promise<Date | undefined> {
  if (!named || at) return named ? at : undefined;
  if (!scheduledFor || revision === post.revision) return undefined;
  const { publishedAt } = await ledger.post(postId, revision, tx);
  const dated = new Date(publishedAt);
  const isByDate = (timing?.at(dated) ?? dated).getTime() === scheduledFor.getTime();
  return isByDate && publishedAt !== post.publishedAt ? new Date(post.publishedAt) : undefined;
}

async function moveTo(
  tx: Transaction,
  { at, channels, gateSeconds }: Moment,
  publicationId: string,
  earlierOf: (channel: Channel) => KnownChannel,
  { actor, now }: PublishRequest,
  result: Published,
  { ledger, queue }: PublishPorts,
): Promise<void> {
  const to = at > now ? at : undefined;
  const moving = channels.filter((channel) => !to || earlierOf(channel).scheduledFor?.getTime() !== to.getTime());
  for (const { name } of channels.filter((channel) => !moving.includes(channel))) {
    result.later.push({ channel: name, at });
    result.unchanged.push(name);
  }
  if (moving.length === 0) return;
  const names = moving.map(({ name }) => name);
  const moved = await ledger.reschedule(tx, {
    ...{ publicationId, channels: names, actor },
    ...(to && { scheduledFor: to }),
    ...(gateSeconds && { gateUntil: new Date((to ?? now).getTime() + gateSeconds * 1000) }),
  });
  if (!moved) {
    result.begun.push(...names);
    return;
  }
  for (const channel of moving) {
    const from = earlierOf(channel).scheduledFor;
    result.rescheduled.push({ channel: channel.name, ...(from && { from }), ...(to && { to }) });
  }
  await queue.enqueue(tx, [
    { kind: "release", publicationId: moved, delay: Math.max(0, at.getTime() - now.getTime()) },
  ]);
}

/** If waiting for the page was given up, waits again. If the channel has no gate any more, sends it. */
async function waitAgain(
  tx: Transaction,
  publicationId: string,
  timing: Channel["timing"],
  scheduledFor: Date | null,
  { now, actor }: PublishRequest,
  { ledger, queue }: PublishPorts,
): Promise<void> {
  if (timing?.gateSeconds)
    await ledger.renewGate(tx, publicationId, new Date(now.getTime() + timing.gateSeconds * 1000));
  else await ledger.openGate(tx, publicationId, actor);
  const delay = Math.max(0, (scheduledFor ?? now).getTime() - now.getTime());
  await queue.enqueue(tx, [{ kind: "release", publicationId, delay }]);
}
