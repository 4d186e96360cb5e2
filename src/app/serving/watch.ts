/** Watches the folder of posts while `serve` runs: new posts are offered to the jobs, edits are stored. */

import type { JobDesk } from "#app/jobs/job-desk.ts";
import { standingPosts } from "#app/jobs/job-posts.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import {
  isOffered,
  type OfferPorts,
  offerPost,
  publishedTo,
  takeBaseline,
  waitsFor,
} from "#pipeline/jobs/offer-posts.ts";
import { whyLeftAlone } from "#pipeline/publishing/changed-post.ts";
import { noticePost } from "#pipeline/publishing/notice-post.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import { followEdit, isBehind } from "#pipeline/republishing/follow-edit.ts";
import type { RepublishPorts } from "#pipeline/republishing/republish-plan.ts";
import { seenPosts } from "#store/jobs/seen-posts.ts";
import type { SiteContext } from "../site.ts";

/** Writing a feed takes much less. */
const editMs = 60_000;
/** An edit waits until the first copy of the post is published. */
const waitMs = 2_000;
/** How often the job files are read again. */
const jobsMs = 10_000;

export interface WatchPorts extends RepublishPorts {
  ledger: RepublishPorts["ledger"] & OfferPorts["ledger"];
  recognition: Recognition;
}

/** @param tell - gets the path of each changed post, and a sentence about it. */
export async function startWatch(
  site: SiteContext,
  channels: readonly Channel[],
  { jobs, ...ports }: WatchPorts & { jobs: Pick<JobDesk, "offering"> },
  tell: (path: string, sentence: string) => void,
): Promise<AsyncDisposable> {
  const { content, log } = site;
  let offering: OfferPorts = await jobs.offering(channels);
  const waiting = new Set<string>();
  // Posts that existed before the watch began are old, even if they are edited later.
  const earlier = new Set(await content.list());
  const take = async (path: string): Promise<void> => {
    const { post: found, diagnostics } = await content.read(path);
    if (!found || diagnostics.some(({ severity }) => severity === "error"))
      return tell(path, "has errors; `postrider check` shows them");
    if (found.status === "draft") return tell(path, "a draft");
    const [post] = await ports.recognition.recognise([found], { keep: true });
    // It may be an earlier post; the warning already says so.
    if (!post) return;
    const said = await sentence(post, offering, ports, earlier.has(path));
    earlier.add(path);
    if (said) tell(path, said);
    else waiting.add(path);
  };

  const readJobs = async (): Promise<void> => {
    const before = offering.jobs.length;
    offering = await jobs.offering(channels);
    if (before === 0 && offering.jobs.length > 0) await catchUp(site, offering, ports, take);
  };
  const takeAgain = async (): Promise<void> => {
    for (const path of [...waiting]) {
      waiting.delete(path);
      await take(path).catch((error: Error) => {
        log.error("an edit could not be applied yet", { path, error: error.message });
        waiting.add(path);
      });
    }
  };

  if (offering.jobs.length > 0) await catchUp(site, offering, ports, take);
  await using starting = new AsyncDisposableStack();
  // One at a time: if a post were checked twice at once, both checks would find it new.
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const every = (ms: number, work: () => Promise<void>): void => {
    const timer = setInterval(
      () =>
        inTurn(work).catch((error: Error) => log.error("the jobs could not be read again", { error: error.message })),
      ms,
    );
    starting.defer(() => clearInterval(timer));
  };
  starting.defer(() => turn);
  every(waitMs, takeAgain);
  every(jobsMs, readJobs);
  starting.use(
    await content.watch(
      (paths) =>
        inTurn(async () => {
          for (const path of paths) await take(path);
        }),
      (error) => log.warn("the content folder can't be watched", { error: error.message }),
    ),
  );
  return starting.move();
}

/** Handles posts that appeared while nothing watched. On the very first run, all posts count as already published. */
async function catchUp(
  site: SiteContext,
  offering: OfferPorts,
  ports: WatchPorts,
  take: (path: string) => Promise<void>,
): Promise<void> {
  const posts = await ports.recognition.recognise(await standingPosts(site), { keep: true });
  const baseline = await takeBaseline(posts, offering);
  if (baseline !== null) {
    site.log.warn(
      `Jobs are now active. ${baseline} existing ${baseline === 1 ? "post is" : "posts are"} treated as already published and will not be sent.`,
    );
    return;
  }
  const isNews = async (post: Post): Promise<boolean> => {
    const known = await ports.ledger.transaction(
      async (tx) => (await isOffered(tx, post, offering)) && (await ports.ledger.noticed(tx, post)),
    );
    return !known || known === "edited" || (known === "unchanged" && (await isBehind(post, { ...offering, ...ports })));
  };
  for (const post of posts) if (await isNews(post)) await take(post.path);
}

/** What happened to the post; `null` if that can't be said yet. */
async function sentence(
  post: Post,
  offering: OfferPorts,
  ports: RepublishPorts,
  wasThere: boolean,
): Promise<string | null> {
  const leftAlone = await whyLeftAlone(post, { ledger: ports.ledger, seen: seenPosts });
  const published = await offerPost(post, offering);
  const [notBefore] = published.flatMap(({ notBefore }) => notBefore ?? []);
  if (published.length > 0)
    return [`new; ${published.map(publishedTo).join("; ")}`, ...(notBefore ? [waitsFor(notBefore)] : [])].join("; ");
  const notice = await noticePost(post, ports.ledger);
  if (notice === "withdrawn") return "edited, but the post is withdrawn and is not sent or shown";
  if (notice === "new") {
    if (leftAlone) return `${leftAlone}; \`postrider publish\` sends it`;
    return `${wasThere ? "edited; it was never published" : "new"}; \`postrider publish\` sends it`;
  }
  const feeds = await followEdit(post, { ...offering, ...ports }, AbortSignal.timeout(editMs));
  if (!feeds) return null;
  if (notice === "unchanged" && feeds.length === 0) return "unchanged";
  const shown = feeds.length > 0 ? `; ${feeds.join(", ")} shows it` : "";
  return `edited since it was published; the new revision is stored and no email is sent again${shown}`;
}
