/** The folder of posts while `serve` runs: what appears is offered to the jobs, what is edited is kept. */

import type { JobQueue, Ledger } from "#core/ports.ts";
import type { Post } from "#core/post.ts";
import type { Channel } from "#core/publication.ts";
import { noticePost } from "#pipeline/notice-post.ts";
import { type OfferPorts, offerPost, takeBaseline } from "#pipeline/offer-posts.ts";
import type { Published } from "#pipeline/publish.ts";
import { seenPosts } from "#store/seen-posts.ts";
import { jobsOf } from "./jobs.ts";
import type { SiteContext } from "./site.ts";

/** @param tell - gets a sentence about each post that was written, by its path. */
export async function startWatch(
  site: SiteContext,
  channels: readonly Channel[],
  { ledger, queue }: { ledger: Ledger; queue: JobQueue },
  tell: (path: string, sentence: string) => void,
): Promise<AsyncDisposable> {
  const { content, log } = site;
  const { jobs: declared, problems } = await jobsOf(site, channels);
  for (const problem of problems) log.error(problem.located);
  const jobs = declared.filter((job) => job.kind === "publish");
  const ports: OfferPorts = { ledger, queue, seen: seenPosts, jobs, channels, now: () => site.clock.now() };

  const look = async (path: string): Promise<void> => {
    const { post, diagnostics } = await content.read(path);
    if (!post || diagnostics.some(({ severity }) => severity === "error"))
      return tell(path, "has errors; `postrider check` shows them");
    if (post.status === "draft") return tell(path, "a draft");
    tell(path, await sentence(post, ports));
  };
  if (jobs.length > 0) await catchUp(site, ports, look);
  return content.watch(
    async (paths) => {
      for (const path of paths) await look(path);
    },
    (error) => log.warn("the content folder can't be watched", { error: error.message }),
  );
}

/** What appeared while nobody watched, unless this is the first time: then everything counts as known. */
async function catchUp(site: SiteContext, ports: OfferPorts, look: (path: string) => Promise<void>): Promise<void> {
  const posts: { path: string; post: Post }[] = [];
  for (const path of await site.content.list()) {
    const { post } = await site.content.read(path);
    if (post && post.status !== "draft") posts.push({ path, post });
  }
  const baseline = await takeBaseline(
    posts.map(({ post }) => post),
    ports,
  );
  if (baseline !== null) {
    site.log.warn(`jobs begin now: what is there already counts as known and goes to nobody (posts: ${baseline})`);
    return;
  }
  for (const { path, post } of posts)
    if (!(await ports.ledger.transaction((tx) => ports.seen.has(tx, post)))) await look(path);
}

async function sentence(post: Post, ports: OfferPorts): Promise<string> {
  const published = await offerPost(post, ports);
  if (published.length > 0) return `new; ${published.map(outcome).join("; ")}`;
  return {
    new: "new; `postrider publish` sends it",
    edited: "edited since it was published; the new revision is kept and nobody is mailed again",
    unchanged: "as it was",
  }[await noticePost(post, ports.ledger)];
}

function outcome({ fresh, scheduledFor }: Published): string {
  const names = fresh.join(", ");
  return scheduledFor ? `goes out at ${scheduledFor.toISOString()} to ${names}` : `published to ${names}`;
}
