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
export async function offerPost(post: Post, ports: OfferPorts): Promise<Published | null> {
  const { ledger, seen, jobs } = ports;
  if (post.status === "draft" || post.status === "held" || jobs.length === 0) return null;
  if (await ledger.transaction((tx) => seen.has(tx, post))) return null;
  const names = new Set(jobs.flatMap(({ channels }) => channels));
  const channels = ports.channels.filter(({ name }) => names.has(name));
  const actor = `job:${jobs.map(({ name }) => name).join(",")}`;
  // Published before it counts as seen: after a crash between the two it is published again, which sends nothing.
  const published = await publish({ post, channels, actor, now: ports.now() }, ports);
  await ledger.transaction((tx) => seen.add(tx, [post]));
  return published;
}
