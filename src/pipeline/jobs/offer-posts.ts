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

/** Records which posts have been offered to jobs. */
export interface SeenPosts {
  /** Whether any post was ever recorded, or the first run has happened. */
  any(tx: Transaction): Promise<boolean>;
  /** Looks by id and permalink. A post that an operator published counts too. */
  has(tx: Transaction, post: Post): Promise<boolean>;
  /** The same, without posts that an operator published. */
  known(tx: Transaction, post: Post): Promise<boolean>;
  add(tx: Transaction, posts: readonly Post[]): Promise<void>;
  /** Records the posts from before the jobs, even if there are none. */
  begin(tx: Transaction, posts: readonly Post[]): Promise<void>;
}

export interface OfferPorts {
  ledger: PublishPorts["ledger"];
  queue: JobQueue;
  seen: SeenPosts;
  jobs: readonly PublishJob[];
  channels: readonly Channel[];
  /** Why a post is not sent to a channel automatically; empty: it is sent. */
  leftOut(post: Post, channel: Channel): string;
  now(): Date;
  /** Records what a job did as one of its runs. A run by an operator is recorded elsewhere. */
  record(tx: Transaction, job: string, outcome: string): Promise<void>;
}

/**
 * On the first run, all existing posts count as seen, and nothing is published. Returns how many; `null` if this was
 * not the first run.
 */
export async function takeBaseline(posts: readonly Post[], { ledger, seen }: OfferPorts): Promise<number | null> {
  return ledger.transaction(async (tx) => {
    if (await seen.any(tx)) return null;
    await seen.begin(tx, posts);
    return posts.length;
  });
}

/** What a job published for a post. */
export interface Offered extends Published {
  /** The time that an operator set for the post; the job sends at this time or later. */
  notBefore?: Date;
}

/** What an operator decided about a post that was not offered to a job. The jobs don't send it, or send it at the operator's time. */
interface Decided {
  notBefore: Date;
  channels: readonly string[];
}

/** Whether the jobs have nothing left to do for a post. For a post that an operator scheduled, they have. */
export async function isOffered(tx: Transaction, post: Post, ports: OfferPorts): Promise<boolean> {
  return (await ports.seen.has(tx, post)) && (await scheduledByHand(tx, post, ports)) === null;
}

/** The decision for a post that was not offered to a job and is scheduled on all its channels; `null` for other posts. */
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

/** Publishes a post that was not offered to the jobs yet. Drafts and posts with errors wait until they are ready. */
export async function offerPost(post: Post, ports: OfferPorts): Promise<Offered[]> {
  const { ledger, queue, seen, jobs } = ports;
  if (!isReady(post)) return [];
  // One transaction for everything: a post in the ledger counts as seen, so no job may be missed.
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

/** `published to feed; is sent at 2026-01-10T09:00:00.000Z to newsletter`. */
export function publishedTo({ fresh, later }: Published): string {
  const now = fresh.filter((name) => !later.some(({ channel }) => channel === name));
  const times = later.map(({ channel, at }) => `${at.toISOString()} to ${channel}`);
  const parts = [
    now.length > 0 && `published to ${now.join(", ")}`,
    times.length > 0 && `is sent at ${times.join(", at ")}`,
  ];
  return parts.filter(Boolean).join("; ");
}

/** Offers all posts, for an operator who runs a job. A published post is never published again. */
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
  return `waits until ${notBefore.toISOString()}, the time that an operator set`;
}

/** The channels to which the jobs would send a post. */
export interface Offer {
  post: Post;
  channels: { job: string; channel: string; at: Date }[];
  /** The time that an operator set for the post; the jobs send at this time or later. */
  notBefore?: Date;
}

/** What offering the posts would do. Publishes nothing. */
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

/** Which job sends the post to which channels. If two jobs have the same channel, the earlier time counts. */
function sharesOf(post: Post, { jobs, channels, leftOut, now }: OfferPorts, byHand: Decided | null): Share[] {
  const free = channels.filter(({ name }) => !byHand?.channels.includes(name));
  // Nobody would approve what a job sends by itself.
  const known = free.filter((channel) => !channel.approval && leftOut(post, channel) === "");
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

/** Jobs without a schedule come first. */
function byTime(jobs: readonly PublishJob[]): PublishJob[] {
  return [...jobs].sort((a, b) => Number(Boolean(a.schedule)) - Number(Boolean(b.schedule)));
}

/** The first scheduled time at which the post is public. */
function timeOf({ schedule }: PublishJob, post: Post, now: Date, notBefore: Date = now): { at?: Date } {
  const from = Math.max(now.getTime(), notBefore.getTime(), new Date(post.publishedAt).getTime());
  if (!schedule) return notBefore > now ? { at: new Date(from) } : {};
  // One millisecond earlier, so that a post dated for exactly this minute is included.
  const at = schedule.next(new Date(from - 1));
  return at ? { at } : {};
}
