/** Offers posts that appear to the jobs of kind `publish`: each post once, and nothing that was there before the jobs. */

import type { PublishJob } from "#core/job-file.ts";
import type { JobQueue, Ledger, Transaction } from "#core/ports.ts";
import type { Post } from "#core/post.ts";
import type { Channel } from "#core/publication.ts";
import { type Published, publish } from "./publish.ts";

/** Which posts have been offered. */
export interface SeenPosts {
  /** Whether anything was ever seen. */
  any(tx: Transaction): Promise<boolean>;
  /** By id or permalink; a post that was published by hand counts. */
  has(tx: Transaction, post: Post): Promise<boolean>;
  add(tx: Transaction, posts: readonly Post[]): Promise<void>;
}

export interface OfferPorts {
  ledger: Ledger;
  queue: JobQueue;
  seen: SeenPosts;
  jobs: readonly PublishJob[];
  channels: readonly Channel[];
  now(): Date;
}

/**
 * The first time: everything that is there counts as seen, and nothing is published. Returns how many, or `null` when it
 * was not the first time.
 */
export async function takeBaseline(posts: readonly Post[], { ledger, seen }: OfferPorts): Promise<number | null> {
  return ledger.transaction(async (tx) => {
    if (await seen.any(tx)) return null;
    await seen.add(tx, posts);
    return posts.length;
  });
}

/** Publishes a post that no job has been offered yet. Drafts and held posts wait until they are ready. */
export async function offerPost(post: Post, ports: OfferPorts): Promise<Published[]> {
  const { ledger, queue, seen, jobs } = ports;
  if (post.status === "draft" || post.status === "held" || jobs.length === 0) return [];
  // One transaction for all of it: what the ledger knows counts as seen, and no job may be left out.
  return ledger.transaction(async (tx) => {
    if (await seen.has(tx, post)) return [];
    const joined = {
      queue,
      ledger: { ...ledger, transaction: <T>(work: (joined: Transaction) => Promise<T>) => work(tx) },
    };
    const taken = new Set<string>();
    const published: Published[] = [];
    for (const job of byTime(jobs)) {
      const channels = ports.channels.filter(({ name }) => job.channels.includes(name) && !taken.has(name));
      for (const { name } of channels) taken.add(name);
      if (channels.length === 0) continue;
      const timed = channels.map((channel) => withOffset(channel, job));
      const request = { post, channels: timed, actor: `job:${job.name}`, now: ports.now() };
      published.push(await publish({ ...request, ...timeOf(job, post, ports.now()) }, joined));
    }
    await seen.add(tx, [post]);
    return published;
  });
}

function withOffset(channel: Channel, { after }: PublishJob): Channel {
  const at = after?.[channel.name];
  return at ? { ...channel, timing: { timezone: "UTC", ...channel.timing, at } } : channel;
}

/** Those without a schedule first: of two jobs for one channel the earlier one counts. */
function byTime(jobs: readonly PublishJob[]): PublishJob[] {
  return [...jobs].sort((a, b) => Number(Boolean(a.schedule)) - Number(Boolean(b.schedule)));
}

/** The first time of the schedule at which the post may be seen. */
function timeOf({ schedule }: PublishJob, post: Post, now: Date): { at?: Date } {
  if (!schedule) return {};
  const from = Math.max(now.getTime(), new Date(post.publishedAt).getTime());
  // A moment before, so that a post dated for the very minute goes out in it.
  const at = schedule.next(new Date(from - 1));
  return at ? { at } : {};
}
