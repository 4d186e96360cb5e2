/** Says what publishing would do, in full, with a hash: whoever publishes by the hash gets exactly that, or nothing. */

import { sha256 } from "#core/idempotency.ts";
import type { PlannedAudience, PlannedChannel, PublishPlan } from "#core/plan.ts";
import type { Ledger } from "#core/ports.ts";
import type { Post } from "#core/post.ts";
import type { Channel, ChannelReport } from "#core/publication.ts";
import type { Rendition } from "#core/rendition.ts";
import { isClosed } from "./publish.ts";
import { type Differing, differenceOf } from "./republish.ts";

export interface PlanPorts extends Differing {
  ledger: Ledger;
  /** Why a post does not go to a channel that nobody named; empty: it goes. Absent: all were named. */
  notMailed?: (post: Post, channel: Channel) => string;
}

/** Writes nothing. @param posts - may be held or a draft: then the plan is that nothing goes out. */
export async function planPublication(
  posts: readonly Post[],
  channels: readonly Channel[],
  ports: PlanPorts,
): Promise<PublishPlan> {
  const planned: PublishPlan["posts"] = [];
  for (const post of posts) {
    const { path, title, url, revision, status, diagnostics } = post;
    const [known] = await ports.ledger.report(post.id);
    const steps: PlannedChannel[] = [];
    for (const channel of channels) steps.push(await stepOf(post, channel, known?.channels[channel.name], ports));
    planned.push({ post: post.id, path, title, url, revision, status, checks: diagnostics, channels: steps });
  }
  return { hash: sha256(JSON.stringify(planned)).slice(0, 16), posts: planned };
}

async function stepOf(
  post: Post,
  channel: Channel,
  earlier: ChannelReport | undefined,
  ports: PlanPorts,
): Promise<PlannedChannel> {
  const rendition = await ports.render(post, { ...channel, channel: channel.name });
  const left = earlier ? earlier.counts.pending + earlier.counts.retrying : 0;
  const sendable = post.status === "ready" || post.status === "scheduled";
  const reason = earlier ? "" : (ports.notMailed?.(post, channel) ?? "");
  const action =
    !sendable || isClosed(channel, post) || reason ? "none" : !earlier ? "send" : left > 0 ? "resume" : "none";
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

function nobodyNew(left: number): PlannedAudience {
  return { recipients: left, excluded: {}, fingerprint: "" };
}

function bytesOf(rendition: Rendition): number {
  if (rendition.medium === "note") return Buffer.byteLength(rendition.text + rendition.thread.join(""));
  if (rendition.medium === "feed") return Buffer.byteLength(rendition.html);
  const pictures = rendition.attachments.reduce((sum, { content }) => sum + content.length, 0);
  return Buffer.byteLength(rendition.html) + Buffer.byteLength(rendition.text) + pictures;
}
