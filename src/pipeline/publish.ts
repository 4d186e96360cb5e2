/** Publishes a post: decides in one transaction who gets it, and leaves the sending to the queue. A second run finds the decision made. */

import { PostriderError } from "#core/errors.ts";
import type { Job, JobQueue, Ledger, Transaction } from "#core/ports.ts";
import type { Post } from "#core/post.ts";
import type { Batch, Channel } from "#core/publication.ts";
import { moments, readyAt } from "./moments.ts";

/** Small enough for a short job, large enough that the queue costs next to nothing beside the sending. */
const batchSize = 500;
/** Subscriptions in a share of an audience: a second's work, after which everybody else has a turn. */
const shareSize = 20_000;

export interface PublishRequest {
  post: Post;
  channels: readonly Channel[];
  actor: string;
  /** Not before; a time that has passed means now. Default: the post's own date. */
  at?: Date;
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
  /** Channels that had it already and have nothing left to do. */
  unchanged: string[];
  /** Channels where an operator has taken it back: nothing of it goes there by publishing again. */
  cancelled: string[];
  /** Feeds, which may not have it. */
  closed: string[];
  /** Of the fresh ones and of those known, what has a later time. */
  later: { channel: string; at: Date }[];
}

/** @throws PostriderError `invalid` for a draft or a post that its errors hold back. */
export async function publish(
  request: PublishRequest,
  { ledger, queue }: { ledger: Ledger; queue: JobQueue },
): Promise<Published> {
  const { post } = request;
  refuseUnready(post);
  return ledger.transaction(async (tx) => {
    const postId = await ledger.rememberPost(tx, post);
    const known = new Map((await ledger.channelsOf(tx, postId)).map((channel) => [channel.channel, channel]));
    const closed = request.channels.filter((channel) => isClosed(channel, post)).map(({ name }) => name);
    const fresh = request.channels.filter(({ name }) => !known.has(name) && !closed.includes(name));
    const result: Published = {
      postId,
      fresh: fresh.map((channel) => channel.name),
      resumed: [],
      unchanged: [],
      cancelled: [],
      closed,
      later: [],
    };

    if (fresh.length > 0) {
      for (const moment of await moments(tx, fresh, readyAt(post, request), ledger)) {
        const { channels, gateSeconds } = moment;
        const scheduledFor = moment.at > request.now ? moment.at : undefined;
        const publicationId = await ledger.createPublication(tx, {
          postId,
          revision: post.revision,
          actor: request.actor,
          channels: channels.map((channel) => ({ channel, generation: 1 })),
          ...(post.subjects && { subjects: post.subjects.length }),
          ...(scheduledFor && { scheduledFor }),
          ...(gateSeconds && { gateUntil: new Date(moment.at.getTime() + gateSeconds * 1000) }),
        });
        if (scheduledFor || gateSeconds) {
          if (scheduledFor) result.later.push(...channels.map(({ name }) => ({ channel: name, at: scheduledFor })));
          const delay = moment.at.getTime() - request.now.getTime();
          await queue.enqueue(tx, [{ kind: "release", publicationId, delay }]);
        } else {
          const holdMs = Math.max(0, ...channels.map(({ sending }) => (sending?.holdSeconds ?? 0) * 1000));
          const names = channels.map(({ name }) => name);
          await release(tx, publicationId, names, { ledger, queue }, { holdMs, whole: request.whole ?? false });
        }
      }
    }
    for (const { name, timing } of request.channels) {
      const earlier = known.get(name);
      if (!earlier) continue;
      if (earlier.cancelledAt) {
        result.cancelled.push(name);
        continue;
      }
      if (!earlier.releasedAt) {
        if (earlier.scheduledFor) result.later.push({ channel: name, at: earlier.scheduledFor });
        await lookAgain(tx, earlier.publicationId, timing, request, { ledger, queue });
      }
      await ledger.unstall(tx, earlier.publicationId, name);
      const jobs = await deliveryJobs(tx, earlier.publicationId, name, ledger);
      await queue.enqueue(tx, jobs);
      (jobs.length > 0 ? result.resumed : result.unchanged).push(name);
    }
    return result;
  });
}

/** Whoever asks gets a feed. */
export function isClosed({ medium }: Pick<Channel, "medium">, { limited }: Post): boolean {
  return medium === "feed" && limited !== undefined;
}

/** What waited for its page in vain waits again; where the channel asks for no gate any more, it goes. */
async function lookAgain(
  tx: Transaction,
  publicationId: string,
  timing: Channel["timing"],
  { now, actor }: PublishRequest,
  { ledger, queue }: { ledger: Ledger; queue: JobQueue },
): Promise<void> {
  if (timing?.gateSeconds)
    await ledger.renewGate(tx, publicationId, new Date(now.getTime() + timing.gateSeconds * 1000));
  else await ledger.openGate(tx, publicationId, actor);
  await queue.enqueue(tx, [{ kind: "release", publicationId, delay: 0 }]);
}

/**
 * Draws the line under the audience, writes its first share and puts it on the queue; a further share is a job of its own.
 * Harmless when that was done before.
 */
export async function release(
  tx: Transaction,
  publicationId: string,
  channels: readonly string[],
  { ledger, queue }: { ledger: Ledger; queue: JobQueue },
  { holdMs = 0, whole = false }: { holdMs?: number; whole?: boolean } = {},
): Promise<void> {
  const isFirst = await ledger.release(tx, publicationId);
  let { unfinished, written } = await ledger.freeze(tx, publicationId, shareSize);
  while (whole && unfinished > 0) ({ unfinished, written } = await ledger.freeze(tx, publicationId, shareSize));
  // What was written before has its jobs: to look for all that is due would cost more with every share.
  if (isFirst || written.length === 0)
    for (const channel of channels) await queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger));
  else
    await queue.enqueue(
      tx,
      written.flatMap(cut).map((batch) => ({ kind: "deliver", batch })),
    );
  if (unfinished > 0) await queue.enqueue(tx, [{ kind: "release", publicationId, delay: 0 }]);
  // What is held has a time of its own; the job only comes to look.
  if (holdMs > 0) await queue.enqueue(tx, [{ kind: "release", publicationId, delay: holdMs }]);
}

/** By id and not by count: the ids of others between only make a batch smaller. */
function cut({ from, to, ...rest }: Batch): Batch[] {
  const batches: Batch[] = [];
  for (let first = BigInt(from); first <= BigInt(to); first += BigInt(batchSize)) {
    const last = first + BigInt(batchSize) - 1n;
    batches.push({ ...rest, from: String(first), to: last < BigInt(to) ? String(last) : to });
  }
  return batches;
}

/** A job for each batch of what is due. A job too many finds nothing to claim. */
export async function deliveryJobs(
  tx: Transaction,
  publicationId: string,
  channel: string,
  ledger: Ledger,
): Promise<Job[]> {
  const batches = await ledger.dueBatches(tx, publicationId, channel, batchSize);
  return batches.map((batch) => ({ kind: "deliver", batch }));
}

/** @throws PostriderError `invalid` */
export function refuseUnready(post: Post): void {
  if (post.status === "draft")
    throw new PostriderError("invalid", "This post is a draft", {
      file: post.path,
      hint: "Take the draft mark out of its front matter to publish it.",
    });
  if (post.status === "held")
    throw new PostriderError("invalid", "This post is held back by its errors", {
      file: post.path,
      hint: "Mend what is listed above; `postrider check` shows it again.",
    });
}
