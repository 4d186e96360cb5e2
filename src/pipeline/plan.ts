/** Says what publishing would do, in full, with a hash: whoever publishes by the hash gets exactly that, or nothing. */

import { sha256 } from "#core/idempotency.ts";
import type { PlannedAudience, PlannedChannel, PlannedPost, PublishPlan } from "#core/plan.ts";
import type { Ledger, Transaction } from "#core/ports.ts";
import type { Post } from "#core/post.ts";
import type { Channel, ChannelReport } from "#core/publication.ts";
import type { Rendition } from "#core/rendition.ts";
import { type Differing, differenceOf } from "./difference.ts";
import { openMoments, readyAt } from "./moments.ts";
import { isClosed } from "./publish.ts";

export interface PlanPorts extends Differing {
  ledger: Ledger;
  /** Why a post does not go to a channel that nobody named; empty: it goes. Absent: all were named. */
  leftOut?: (post: Post, channel: Channel) => string;
  /** A post's path as the plan gives it; absent: as it was read. */
  placeOf?: (path: string) => string;
}

export interface PlanTimes {
  now: Date;
  /** As for `publish`. */
  at?: Date;
}

/** Writes nothing. @param posts - may be held or a draft: then the plan is that nothing goes out. */
export async function planPublication(
  posts: readonly Post[],
  channels: readonly Channel[],
  times: PlanTimes,
  ports: PlanPorts,
): Promise<PublishPlan> {
  const planned: PublishPlan["posts"] = [];
  for (const post of posts) {
    const { title, url, revision, status, diagnostics } = post;
    const path = ports.placeOf?.(post.path) ?? post.path;
    const [known] = await ports.ledger.report(post.id);
    const steps: PlannedChannel[] = [];
    for (const channel of channels) steps.push(await stepOf(post, channel, known?.channels[channel.name], ports));
    planned.push({ post: post.id, path, title, url, revision, status, checks: diagnostics, channels: steps });
  }
  await ports.ledger.transaction((tx) => setTimes(tx, planned, posts, channels, times, ports));
  return { hash: sha256(JSON.stringify(planned.map(lasting))).slice(0, 16), posts: planned };
}

async function setTimes(
  tx: Transaction,
  planned: readonly PlannedPost[],
  posts: readonly Post[],
  channels: readonly Channel[],
  times: PlanTimes,
  { ledger }: PlanPorts,
): Promise<void> {
  const momentOf = openMoments(tx, ledger);
  for (const [index, post] of posts.entries()) {
    const ready = readyAt(post, times);
    for (const step of planned[index]?.channels ?? []) {
      const channel = channels.find(({ name }) => name === step.channel);
      if (!channel || step.action !== "send") continue;
      const at = await momentOf(channel, ready);
      if (at > times.now) step.at = at.toISOString();
      if (at > times.now && ready <= times.now && moves(channel, ready)) step.afterMs = at.getTime() - ready.getTime();
      if (channel.timing?.gateSeconds) step.gated = true;
    }
  }
}

/** Whether it goes later when it is published later: after an offset, and not at an hour of the clock. */
function moves({ timing }: Channel, ready: Date): boolean {
  const moment = (time: number): number => timing?.at(new Date(time)).getTime() ?? time;
  return moment(ready.getTime() + 1) - moment(ready.getTime()) === 1;
}

/** Whether its audience is drawn later, and may be another one by then. */
export function goesLater({ at, gated }: PlannedChannel): boolean {
  return at !== undefined || gated === true;
}

/** What stays the same while nothing happens: a time after an offset moves, and people come and go until it is there. */
function lasting({ channels, ...post }: PlannedPost): unknown {
  return {
    ...post,
    channels: channels.map((step) => {
      const { at, audience, ...rest } = step;
      return { ...rest, ...(at && !rest.afterMs && { at }), ...(!goesLater(step) && { audience }) };
    }),
  };
}

async function stepOf(
  post: Post,
  channel: Channel,
  earlier: ChannelReport | undefined,
  ports: PlanPorts,
): Promise<PlannedChannel> {
  const rendition = await ports.render(post, { ...channel, channel: channel.name });
  const left = earlier ? earlier.counts.pending + earlier.counts.retrying : 0;
  const reason = left > 0 ? "" : whyNot(post, channel, earlier, ports);
  const action = reason ? "none" : earlier ? "resume" : "send";
  const audience = action === "send" ? await ports.ledger.plannedAudience(channel, post) : nobodyNew(left);
  const copy = earlier && (await ports.ledger.copies(post.id)).find((each) => each.channel === channel.name);
  return {
    ...{ channel: channel.name, adapter: channel.adapter, medium: channel.medium, action, audience },
    ...(reason && { reason }),
    ...(rendition.medium === "email" && { subject: rendition.subject }),
    ...(rendition.medium === "note" && { text: [rendition.text, ...rendition.thread].join("\n\n") }),
    bytes: bytesOf(rendition),
    digest: sha256(JSON.stringify(rendition)),
    diff: copy ? await differenceOf(post, copy, channel, ports) : [],
  };
}

/** Why nothing would go there; empty: it would. */
function whyNot(post: Post, channel: Channel, earlier: ChannelReport | undefined, { leftOut }: PlanPorts): string {
  if (!isSendable(post)) return post.status === "draft" ? "it is a draft" : "its errors hold it back";
  if (isClosed(channel, post)) return `it is not for everybody (${post.limited})`;
  if (!earlier) return leftOut?.(post, channel) ?? "";
  if (earlier.cancelledAt) return "it was cancelled; `postrider republish --mode repost` sends it there on purpose";
  if (earlier.scheduledFor) return `it is scheduled for ${earlier.scheduledFor.toISOString()} already`;
  if (earlier.gate) return "it waits for its page already";
  return earlier.freezing ? "it is on its way already" : "it is out already";
}

export function isSendable({ status }: Post): boolean {
  return status === "ready" || status === "scheduled";
}

function nobodyNew(left: number): PlannedAudience {
  return { recipients: left, excluded: {}, fingerprint: "" };
}

function bytesOf(rendition: Rendition): number {
  if (rendition.medium === "note") return Buffer.byteLength(rendition.text + rendition.thread.join(""));
  if (rendition.medium === "feed") return Buffer.byteLength(rendition.html);
  const pictures = rendition.attachments.reduce((sum, { content }) => sum + content.length, 0);
  return Buffer.byteLength(rendition.html) + Buffer.byteLength(rendition.text) + pictures;
}
