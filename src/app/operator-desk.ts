/** What operators' programs may ask for over HTTP: the same verbs as on the command line, on posts by their names. */

import { isAbsolute, relative, resolve } from "node:path";
import { PostriderError } from "#core/errors.ts";
import type { SendingPorts } from "#core/ports.ts";
import type { Post } from "#core/posts/post.ts";
import type { OperatorDesk } from "#http/operator/api.ts";
import { rehearsalFacts } from "#pipeline/jobs/rehearse.ts";
import { mailPage } from "#pipeline/pages/mail-page.ts";
import { whyLeftAlone } from "#pipeline/publishing/changed-post.ts";
import { planPublication } from "#pipeline/publishing/plan.ts";
import { publish, refuseUnready } from "#pipeline/publishing/publish.ts";
import { publishPlanned } from "#pipeline/publishing/publish-planned.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import { deliveryJobs } from "#pipeline/publishing/release.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { seenPosts } from "#store/jobs/seen-posts.ts";
import type { JobDesk } from "./jobs/job-desk.ts";
import { channelsNamed, leftOutIn, placeIn, type SiteContext } from "./site.ts";

/** Edits happen while the program waits for its answer. */
const editMs = 5 * 60_000;

export function openOperatorDesk(
  site: SiteContext,
  ports: SendingPorts,
  jobs: JobDesk,
  { identify }: Recognition,
): OperatorDesk {
  const { ledger, queue } = ports;
  const planning = { ...ports, placeOf: placeIn(site) };
  const known = async (name: string, dryRun = false): Promise<Post> => {
    const post = await postNamed(site, name);
    const [same = post] = await identify([post], { keep: !dryRun });
    return same;
  };
  const reportOf = async (postId: string) => ({ publications: await ledger.report(postId) });
  return {
    async publish(name, { channels: names, at, dryRun, plan, onChange }, actor) {
      const post = await known(name, dryRun);
      const leftAlone = onChange ? await whyLeftAlone(post, { ledger, seen: seenPosts }) : "";
      if (leftAlone) return { publications: [], leftAlone };
      const leftOut = names ? () => "" : leftOutIn(site);
      const channels = channelsNamed(site, names);
      const times = { now: site.clock.now(), named: !onChange, ...(at && { at }) };
      if (dryRun) return { plan: await planPublication([post], channels, times, { ...planning, leftOut }) };
      if (plan !== undefined) {
        refuseUnready(post);
        const wanted = { posts: [post], channels, hash: plan, actor, ...times };
        const [published] = await publishPlanned(wanted, { ...planning, leftOut });
        return reportOf(published?.postId ?? post.id);
      }
      const mine = channels.filter((channel) => leftOut(post, channel) === "");
      const { postId } = await publish({ post, channels: mine, actor, ...times }, ports);
      return reportOf(postId);
    },
    async republish(name, { channels: names, mode, reason = "", dryRun, ...rest }, actor) {
      const told = defined(rest);
      const post = await known(name, dryRun);
      const channels = channelsNamed(site, names);
      const plan = await planRepublication({ post, channels, mode, ...told }, ports);
      if (dryRun) return { plan };
      const signal = AbortSignal.timeout(editMs);
      const done = await republish({ post, channels, mode, actor, reason, ...told, signal }, plan, ports);
      return { plan, done, ...(await reportOf(plan.postId)) };
    },
    async jobs() {
      const { jobs: declared, problems } = await jobs.overview();
      return {
        jobs: declared.map(({ job, ...rest }) => ({ ...job, ...rest })),
        problems: problems.map(({ file = "", line, message }) => ({
          file: relative(site.config.dir, file),
          line,
          message,
        })),
      };
    },
    async runJob(name, { dryRun, ...said }, actor) {
      const answers = defined(said);
      if (dryRun) return { rehearsal: rehearsalFacts(await jobs.rehearse(name, answers)) };
      const { posts, scheduledFor, state, outcome } = await jobs.run(name, actor, answers);
      const publications = (await Promise.all(posts.map((post) => ledger.report(post)))).flat();
      return { job: name, scheduledFor, state, outcome, publications };
    },
    editions: async (job) => ({ editions: await jobs.editions.list({ job }) }),
    async edition(job, number) {
      const edition = await jobs.editions.find(job, number);
      if (!edition) throw new PostriderError("not_found", `There is no edition ${number} of "${job}"`);
      const posts = await jobs.editions.contents(job, number);
      const mails: Record<string, { subject: string; html: string; text: string }> = {};
      for (const list of new Set(edition.channels.map((channel) => channel.list ?? ""))) {
        const mail = await jobs.editions.mail(job, number, list);
        if (mail) mails[list] = { subject: mail.subject, ...mailPage(mail, mail.url) };
      }
      return { edition, posts, mails };
    },
    decide: async (decision) => ({ edition: await jobs.decide(decision) }),
    async retry(id, reason, actor) {
      await ledger.transaction(async (tx) => {
        const { publicationId, channel } = await ledger.retryOne(tx, id, actor, reason);
        await queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger));
      });
      return { delivery: id, state: "pending" };
    },
  };
}

/** What `content` finds where there is no file: the name may still be an id. */
const noFile: readonly string[] = ["missing-file", "not-a-file"];

/** By its path below the content folder or the site, or by its id. Nothing outside of them is read. */
async function postNamed(site: SiteContext, name: string): Promise<Post> {
  const { config, content } = site;
  // No file and no id has this character in it, and the system refuses such a path.
  const folders = name.includes("\0") ? [] : [config.content.dir, config.dir];
  for (const folder of folders) {
    const path = resolve(folder, name);
    if (!isWithin(config.content.dir, path)) continue;
    const { post, diagnostics } = await content.read(path);
    if (!diagnostics.some(({ code }) => noFile.includes(code))) return ready(post, name, diagnostics);
  }
  for (const path of await content.list()) {
    const { post, diagnostics } = await content.read(path);
    if (post?.id === name) return ready(post, name, diagnostics);
  }
  throw new PostriderError("not_found", `There is no post "${name}"`, {
    hint: "Use its path below the content folder, percent-encoded.",
  });
}

function ready(post: Post | null, name: string, diagnostics: readonly { severity: string; message: string }[]): Post {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (post && !error) return post;
  throw new PostriderError("invalid", `The post "${name}" is held back: ${error?.message ?? "it can't be read"}`);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..") && !isAbsolute(way);
}

/** Without the keys that are `undefined`. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}
