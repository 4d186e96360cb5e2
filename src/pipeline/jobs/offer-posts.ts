/** Offers each new post once to the jobs of kind `publish`, but no post from before the jobs. */

import type { PublishJob } from "#core/jobs/job-file.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Published } from "#core/publishing/publishing.ts";
import { joinedTo } from "#pipeline/publishing/join-transaction.ts";
import { openMoments, readyAt } from "#pipeline/publishing/moments.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import type { PublishPorts } from "#pipeline/publishing/reschedule.ts";
import type { Ran } from "./run-jobs.ts";

/** Which posts have been offered. */
export interface SeenPosts {
  /** Whether anything was ever seen. */
  any(tx: Transaction): Promise<boolean>;
  /** By id or permalink; a post that was published by hand counts. */
  has(tx: Transaction, post: Post): Promise<boolean>;
  /** The same without what was published by hand. */
  known(tx: Transaction, post: Post): Promise<boolean>;
  add(tx: Transaction, posts: readonly Post[]): Promise<void>;
  /** The same for posts from before the jobs, even if there are none. */
  begin(tx: Transaction, posts: readonly Post[]): Promise<void>;
}

export interface OfferPorts {
  ledger: PublishPorts["ledger"];
  queue: JobQueue;
  seen: SeenPosts;
  jobs: readonly PublishJob[];
  channels: readonly Channel[];
  /** Why a post does not go to a channel by itself; empty: it does. */
  leftOut(post: Post, channel: Channel): string;
  now(): Date;
  /** Keeps what a job did as one of its runs; the run that an operator asked for keeps that itself. */
  record(tx: Transaction, job: string, outcome: string): Promise<void>;
}

/**
 * The first time: everything that is there counts as seen, and nothing is published. Returns how many, or `null` when it
 * was not the first time.
 */
export async function takeBaseline(posts: readonly Post[], { ledger, seen }: OfferPorts): Promise<number | null> {
  return ledger.transaction(async (tx) => {
    if (await seen.any(tx)) return null;
    await seen.begin(tx, posts);
    return posts.length;
  });
}

/** What a job published of a post. */
export interface Offered extends Published {
  /** An operator scheduled the post for then, and the job goes no earlier. */
  notBefore?: Date;
}

/** What an operator has decided about a post that no job was offered: it is theirs, or goes with theirs when its time has come. */
interface Decided {
  notBefore: Date;
  channels: readonly string[];
}

/** Whether there is nothing left to offer of a post; of one that an operator has scheduled there is. */
export async function isOffered(tx: Transaction, post: Post, ports: OfferPorts): Promise<boolean> {
  return (await ports.seen.has(tx, post)) && (await scheduledByHand(tx, post, ports)) === null;
}

/** Of a post that no job was offered and that goes everywhere only later; `null` of any other. */
async function scheduledByHand(
  tx: Transaction,
  post: Post,
  { ledger, seen, now }: OfferPorts,
): Promise<Decided | null> {
  if (await seen.known(tx, post)) return null;
  const known = await ledger.channelsOf(tx, post.id);
  const times = known.map(({ scheduledFor, releasedAt, cancelledAt }) =>
    releasedAt || cancelledAt || !scheduledFor ? 0 : scheduledFor.getTime(),
  );
  const notBefore = Math.min(...times);
  if (times.length === 0 || notBefore <= now().getTime()) return null;
  return { notBefore: new Date(notBefore), channels: known.map(({ channel }) => channel) };
}

/** Publishes a post that no job has been offered yet. Drafts and held posts wait until they are ready. */
export async function offerPost(post: Post, ports: OfferPorts): Promise<Offered[]> {
  const { ledger, queue, seen, jobs } = ports;
  if (!isReady(post)) return [];
  // One transaction for all of it: what the ledger knows counts as seen, and no job may be left out.
  return ledger.transaction(async (tx) => {
    const byHand = await scheduledByHand(tx, post, ports);
    if (!byHand && (await seen.has(tx, post))) return [];
    // Posts that appear while there is no publish job are not offered. Before the first job, its first run decides.
    if (jobs.length === 0 && !(await seen.any(tx))) return [];
    const joined = { queue, ledger: joinedTo(tx, ledger) };
    const published: Offered[] = [];
    for (const { job, channels, at } of sharesOf(post, ports, byHand)) {
      const done = await publish({ post, channels, actor: `job:${job}`, now: ports.now(), ...(at && { at }) }, joined);
      await ports.record(tx, job, `"${post.title}" ${publishedTo(done)}`);
      published.push({ ...done, ...(byHand && { notBefore: byHand.notBefore }) });
    }
    await seen.add(tx, [post]);
    return published;
  });
}

/** `published to feed; goes out at 2026-01-10T09:00:00.000Z to newsletter`. */
export function publishedTo({ fresh, later }: Published): string {
  const now = fresh.filter((name) => !later.some(({ channel }) => channel === name));
  const times = later.map(({ channel, at }) => `${at.toISOString()} to ${channel}`);
  const parts = [
    now.length > 0 && `published to ${now.join(", ")}`,
    times.length > 0 && `goes out at ${times.join(", at ")}`,
  ];
  return parts.filter(Boolean).join("; ");
}

/** Offers all of them, as an operator who runs a job wants it. What is published once is never published again. */
export async function runOffers(posts: readonly Post[], ports: OfferPorts): Promise<(tx: Transaction) => Promise<Ran>> {
  const baseline = await takeBaseline(posts, ports);
  if (baseline !== null)
    return async () => ({
      state: "nothing",
      outcome: `existing posts are treated as already published and will not be sent (posts: ${baseline})`,
    });
  const ids: string[] = [];
  const channels = new Set<string>();
  const waiting: string[] = [];
  for (const post of posts)
    for (const { postId, fresh, notBefore } of await offerPost(post, ports)) {
      if (!ids.includes(postId)) ids.push(postId);
      for (const name of fresh) channels.add(name);
      if (notBefore) waiting.push(`"${post.title}" ${waitsFor(notBefore)}`);
    }
  const outcome = [`published to ${[...channels].join(", ")} (posts: ${ids.length})`, ...new Set(waiting)].join("; ");
  return async () =>
    ids.length > 0 ? { state: "done", outcome, posts: ids } : { state: "nothing", outcome: "no new posts" };
}

/** Why a job did not send a post at once. */
export function waitsFor(notBefore: Date): string {
  return `waits until ${notBefore.toISOString()}, for which an operator scheduled it`;
}

/** What the jobs would do with a post. */
export interface Offer {
  post: Post;
  channels: { job: string; channel: string; at: Date }[];
  /** An operator scheduled the post for then, and the jobs go no earlier. */
  notBefore?: Date;
}

/** What a look at the posts would come to. Publishes nothing. */
export async function planOffers(
  posts: readonly Post[],
  ports: OfferPorts,
): Promise<{ baseline: number | null; offers: Offer[] }> {
  const isFirst = await ports.ledger.transaction(async (tx) => !(await ports.seen.any(tx)));
  if (isFirst) return { baseline: posts.length, offers: [] };
  const { ledger } = ports;
  const offers = await ledger.transaction(async (tx) => {
    const found: Offer[] = [];
    const momentOf = openMoments(tx, ledger);
    for (const post of posts.filter(isReady)) {
      if (await isOffered(tx, post, ports)) continue;
      const byHand = await scheduledByHand(tx, post, ports);
      const wanted: Offer["channels"] = [];
      for (const { job, channels, at } of sharesOf(post, ports, byHand)) {
        const ready = readyAt(post, { now: ports.now(), ...(at && { at }) });
        for (const channel of channels) wanted.push({ job, channel: channel.name, at: await momentOf(channel, ready) });
      }
      if (wanted.length > 0) found.push({ post, channels: wanted, ...(byHand && { notBefore: byHand.notBefore }) });
    }
    return found;
  });
  return { baseline: null, offers };
}

function isReady({ status }: Post): boolean {
  return status !== "draft" && status !== "held";
}

interface Share {
  job: string;
  channels: Channel[];
  at?: Date;
}

/** Which job takes the post to which channels; of two jobs for one channel the earlier one counts. */
function sharesOf(post: Post, { jobs, channels, leftOut, now }: OfferPorts, byHand: Decided | null): Share[] {
  const free = channels.filter(({ name }) => !byHand?.channels.includes(name));
  const known = free.filter((channel) => leftOut(post, channel) === "");
  const taken = new Set<string>();
  return byTime(jobs).flatMap((job): Share[] => {
    const channels = known.filter(({ name }) => job.channels.includes(name) && !taken.has(name));
    for (const { name } of channels) taken.add(name);
    if (channels.length === 0) return [];
    const timed = channels.map((channel) => withOffset(channel, job));
    return [{ job: job.name, channels: timed, ...timeOf(job, post, now(), byHand?.notBefore) }];
  });
}

function withOffset(channel: Channel, { after }: PublishJob): Channel {
  const at = after?.[channel.name];
  return at ? { ...channel, timing: { timezone: "UTC", ...channel.timing, at } } : channel;
}

/** Those without a schedule first. */
function byTime(jobs: readonly PublishJob[]): PublishJob[] {
  return [...jobs].sort((a, b) => Number(Boolean(a.schedule)) - Number(Boolean(b.schedule)));
}

/** The first time of the schedule at which the post may be seen. */
function timeOf({ schedule }: PublishJob, post: Post, now: Date, notBefore: Date = now): { at?: Date } {
  const from = Math.max(now.getTime(), notBefore.getTime(), new Date(post.publishedAt).getTime());
  if (!schedule) return notBefore > now ? { at: new Date(from) } : {};
  // A moment before, so that a post dated for the very minute goes out in it.
  const at = schedule.next(new Date(from - 1));
  return at ? { at } : {};
}
