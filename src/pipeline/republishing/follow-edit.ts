/** What an edit of a published post changes automatically: only its item in the feeds of its jobs. */

import type { PublishJob } from "#core/jobs/job-file.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { republish } from "./republish.ts";
import { planRepublication, type RepublishPorts } from "./republish-plan.ts";

export interface EditPorts extends RepublishPorts {
  jobs: readonly PublishJob[];
  channels: readonly Channel[];
}

/** Whether a feed of the jobs shows another revision than this. */
export async function isBehind(post: Post, ports: Pick<EditPorts, "jobs" | "channels" | "ledger">): Promise<boolean> {
  return (await copiesBehind(post, ports)).length > 0;
}

/**
 * Only feeds are updated, because nobody gets a message from them. Returns the feeds that now show the edit; `null`
 * if a feed has not got the post itself yet: then nothing was done.
 */
export async function followEdit(post: Post, ports: EditPorts, signal: AbortSignal): Promise<string[] | null> {
  const behind = await copiesBehind(post, ports);
  if (behind.length === 0) return [];
  if (behind.some(({ counts }) => counts.pending + counts.sending + counts.retrying > 0)) return null;
  const feeds = ports.channels.filter(({ name }) => behind.some(({ channel }) => channel === name));
  const plan = await planRepublication({ post, channels: feeds, mode: "update" }, ports);
  const actor = `job:${ports.jobs.map(({ name }) => name).join(",")}`;
  const request = { post, channels: feeds, mode: "update", actor, reason: "the post was edited", signal } as const;
  await republish(request, plan, ports);
  return plan.steps.filter(({ action }) => action === "edit").map(({ channel }) => channel);
}

async function copiesBehind(post: Post, { jobs, channels, ledger }: Pick<EditPorts, "jobs" | "channels" | "ledger">) {
  const followed = new Set(jobs.flatMap((job) => job.channels));
  const feeds = channels.filter(({ name, medium }) => medium === "feed" && followed.has(name));
  if (feeds.length === 0) return [];
  const copies = await ledger.copies(post.id);
  return copies.filter(
    ({ channel, revision, withdrawnAt, cancelledAt }) =>
      feeds.some(({ name }) => name === channel) && revision !== post.revision && !withdrawnAt && !cancelledAt,
  );
}
