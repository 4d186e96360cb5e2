/** Publishes a post: decides in one transaction who gets it, and leaves the sending to the queue. A second run finds that this is already decided. */

import { PostriderError } from "#core/errors.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel, KnownChannel } from "#core/publishing/publication.ts";
import type { Published, PublishRequest } from "#core/publishing/publishing.ts";
import { requireNoneHeld } from "./approval.ts";
import { type Fate, fateOf, isClosed } from "./fate.ts";
import { moments, readyAt } from "./moments.ts";
import { deliveryJobs, release } from "./release.ts";
import { moveTimes, type PublishPorts, refusePast } from "./reschedule.ts";

/** @throws PostriderError `invalid` for a draft, a post with errors, or a new time in the past */
export async function publish(request: PublishRequest, ports: PublishPorts): Promise<Published> {
  const { post } = request;
  refuseUnready(post);
  return ports.ledger.transaction(async (tx) => {
    const postId = await ports.ledger.rememberPost(tx, post);
    const isWithdrawn = (await ports.ledger.withdrawnSince(tx, postId)) !== null;
    const known = new Map((await ports.ledger.channelsOf(tx, postId)).map((channel) => [channel.channel, channel]));
    const fates = Map.groupBy(request.channels, (channel) =>
      isWithdrawn ? "withdrawn" : fateOf(channel, known.get(channel.name), request),
    );
    const of = (fate: Fate): Channel[] => fates.get(fate) ?? [];
    const names = (fate: Fate): string[] => of(fate).map(({ name }) => name);
    const result: Published = {
      ...{ postId, fresh: names("fresh"), resumed: [], paused: [], unchanged: [], cancelled: names("cancelled") },
      ...{ withdrawn: names("withdrawn"), later: [] },
      closed: request.channels.filter((channel) => isClosed(channel, post)).map(({ name }) => name),
      ...{ rescheduled: [], revised: [], begun: [], stale: [] },
    };
    if (!request.isApproved)
      requireNoneHeld([...of("fresh"), ...(request.named ? changed(of("waiting"), known, request) : [])]);
    const waiting = of("waiting").flatMap(({ name }) => known.get(name) ?? []);
    refusePast(request, waiting, result.fresh.length);
    await takeOut(tx, postId, of("closed"), known, request, ports);
    await start(tx, of("fresh"), known, request, result, ports);
    await moveTimes(tx, of("waiting"), known, request, result, ports);
    for (const { name } of of("begun")) {
      const earlier = known.get(name);
      if (!earlier) continue;
      // The time at which it already began is not a new time.
      const { at } = request;
      if (request.named && at && at.getTime() !== earlier.scheduledFor?.getTime()) result.begun.push(name);
      if (earlier.shows !== post.revision) result.stale.push(name);
      await ports.ledger.unstall(tx, earlier.publicationId, name);
      const jobs = await deliveryJobs(tx, earlier.publicationId, name, ports.ledger);
      await ports.queue.enqueue(tx, jobs);
      const moving = earlier.paused ? result.paused : result.resumed;
      (jobs.length > 0 ? moving : result.unchanged).push(name);
    }
    return result;
  });
}

/** Channels that have not begun, and would send something else or at another time. */
function changed(
  waiting: readonly Channel[],
  known: ReadonlyMap<string, KnownChannel>,
  { post, at }: PublishRequest,
): Channel[] {
  return waiting.filter(({ name }) => {
    const earlier = known.get(name);
    return earlier?.revision !== post.revision || (at && at.getTime() !== earlier?.scheduledFor?.getTime());
  });
}

/** A scheduled post that is no longer public is not sent to feeds. */
async function takeOut(
  tx: Transaction,
  postId: string,
  closed: readonly Channel[],
  known: ReadonlyMap<string, KnownChannel>,
  { actor, post }: PublishRequest,
  { ledger }: PublishPorts,
): Promise<void> {
  const channels = closed.map(({ name }) => name).filter((name) => known.has(name) && !known.get(name)?.cancelledAt);
  const reason = `the post is no longer public (${post.limited})`;
  if (channels.length > 0) await ledger.withdrawPost(tx, { postId, channels, actor, reason });
}

/** One publication for each time. If the time is now, it is released; otherwise it waits. */
async function start(
  tx: Transaction,
  fresh: readonly Channel[],
  known: ReadonlyMap<string, KnownChannel>,
  request: PublishRequest,
  result: Published,
  { ledger, queue }: PublishPorts,
): Promise<void> {
  const { post, now, actor, whole = false } = request;
  for (const moment of await moments(tx, fresh, readyAt(post, request), ledger)) {
    const { channels, gateSeconds } = moment;
    const scheduledFor = moment.at > now ? moment.at : undefined;
    const publicationId = await ledger.createPublication(tx, {
      postId: result.postId,
      revision: post.revision,
      actor,
      channels: channels.map((channel) => ({ channel, generation: (known.get(channel.name)?.generation ?? 0) + 1 })),
      ...(post.subjects && { subjects: post.subjects.length }),
      ...(scheduledFor && { scheduledFor }),
      ...(gateSeconds && { gateUntil: new Date(moment.at.getTime() + gateSeconds * 1000) }),
    });
    if (scheduledFor || gateSeconds) {
      if (scheduledFor) result.later.push(...channels.map(({ name }) => ({ channel: name, at: scheduledFor })));
      const delay = moment.at.getTime() - now.getTime();
      await queue.enqueue(tx, [{ kind: "release", publicationId, delay }]);
    } else {
      const holdMs = Math.max(0, ...channels.map(({ sending }) => (sending?.holdSeconds ?? 0) * 1000));
      const names = channels.map(({ name }) => name);
      await release(tx, publicationId, names, { ledger, queue }, { holdMs, whole });
    }
  }
}

/** @throws PostriderError `invalid` */
export function refuseUnready(post: Post): void {
  if (post.status === "draft")
    throw new PostriderError("invalid", "This post is a draft", {
      file: post.path,
      hint: "Remove the draft setting from its front matter to publish it.",
    });
  if (post.status === "held")
    throw new PostriderError("invalid", "This post has errors and was not published", {
      file: post.path,
      hint: "Fix the errors above. `postrider check` lists them again.",
    });
}
