/** Publishes posts: decides who gets them, and leaves the sending to the workers. */

import { z } from "zod";
import type { Reading } from "#core/posts/content.ts";
import type { Post } from "#core/posts/post.ts";
import type { PublishPlan } from "#core/publishing/plan.ts";
import type { Channel, PublicationReport } from "#core/publishing/publication.ts";
import { type PlanTimes, planPublication } from "#pipeline/publishing/plan.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import { type PublishedPost, planAsShown, publishPlanned } from "#pipeline/publishing/publish-planned.ts";
import { type Actor, act, anyLimits, fields, type Shown } from "../act.ts";
import { publishAnswer } from "../answers/publication.ts";
import { reportsWithin, requireChannels } from "../limits.ts";
import type { OpenedPorts, Opening, SitePorts } from "../ports.ts";
import { requireOtherApproval } from "./approved.ts";
import { withDifferences } from "./plan-differences.ts";
import { isRefused, readNamed, refusedDocuments } from "./read.ts";

export const publishAsked = z
  .strictObject({
    /** Paths. An actor on another machine may also give ids. */
    posts: z.array(z.string().min(1)).min(1),
    channels: fields.channels,
    at: fields.time.optional().describe("When to send the post. Default: the post's own date, or now"),
    plan: z.string().optional().describe("The hash of a plan. Publishes exactly this plan, or nothing"),
    onChange: z
      .boolean()
      .optional()
      .describe("The file has changed. Drafts and posts from before the jobs began are not published"),
    new: z.boolean().optional().describe("Publish the file as a new post, even if it looks like a renamed one"),
    sameAs: z
      .string()
      .optional()
      .describe("Publish the file as this existing post, which was renamed: its old file, id or address"),
    dryRun: fields.dryRun,
  })
  .refine((asked) => !(asked.new && asked.sameAs !== undefined), { error: "use either new or sameAs, not both" })
  .refine((asked) => !(asked.new || asked.sameAs !== undefined) || asked.posts.length === 1, {
    error: "new and sameAs work for exactly one post",
  });

export interface PublishAnswer {
  /** In the order of the request. */
  readings: Reading[];
  /** Held back by their errors, or drafts. */
  refused: Reading[];
  /** Posts that changed, but are not published because of that. */
  leftAlone: { path: string; why: string }[];
  /** Channels that a post's front matter or list excludes, and that were not named. */
  leftOut: { channel: string; reason: string }[];
  published: PublishedPost[];
  publications: PublicationReport[];
  /** Only for a dry run; then nothing was published. */
  plan?: PublishPlan;
}

type LedgerPorts = Pick<
  OpenedPorts,
  "ledger" | "queue" | "render" | "clock" | "recognise" | "identify" | "jobs" | "plans" | "tokens"
>;
type PublishPorts = SitePorts & LedgerPorts;

export const publishPosts = act({
  name: "posts.publish",
  asks: publishAsked,
  needs: "publish",
  within: anyLimits,
  answers: publishAnswer,
  async run(asked, actor: Actor, site: SitePorts & Opening<LedgerPorts>): Promise<PublishAnswer> {
    const channels = site.channelsNamed(asked.channels);
    requireChannels(actor, asked.channels, channels);
    const readings = await Promise.all(asked.posts.map((name) => readNamed(name, actor, site)));
    const answer: PublishAnswer = {
      ...{ readings, refused: [], leftAlone: [], leftOut: [], published: [], publications: [] },
    };
    const rest = withoutDrafts(readings, asked, answer);
    answer.refused = rest.filter(isRefused);
    if (answer.refused.length === rest.length && !asked.dryRun && asked.plan === undefined) return answer;
    const ports: PublishPorts = { ...site, ...(await site.opened()) };
    const found = await chosen(rest, asked, answer, ports);
    const posts = found.filter((reading) => !isRefused(reading)).flatMap(({ post }) => post ?? []);
    const all = found.flatMap(({ post }) => post ?? []);
    const leftOut = asked.channels ? () => "" : ports.leftOut;
    const times: PlanTimes = {
      ...{ now: ports.clock.now(), named: !asked.onChange },
      ...(asked.at && { at: asked.at }),
    };
    const planning = { ...ports, leftOut };
    const planned = { posts: all, channels, hash: asked.plan ?? "", actor: actor.name, ...times };
    if (asked.dryRun) {
      answer.plan =
        asked.plan === undefined
          ? await planPublication(all, channels, times, planning)
          : await planAsShown(planned, planning);
      return answer;
    }
    if (asked.plan !== undefined) await requireOtherApproval(asked.plan, channels, ports);
    answer.leftOut = posts.flatMap((post) => reasons(post, channels, leftOut));
    if (asked.plan !== undefined)
      answer.published = await publishPlanned({ ...planned, isApproved: true }, planning).catch(
        async (error: unknown) => {
          const now = () => planPublication(all, channels, times, planning);
          throw await withDifferences(error, asked.plan ?? "", now, ports);
        },
      );
    else
      for (const post of posts) {
        const mine = channels.filter((channel) => leftOut(post, channel) === "");
        if (mine.length === 0) continue;
        const request = { post, channels: mine, actor: actor.name, ...times };
        answer.published.push({ ...(await publish(request, ports)), post });
      }
    answer.publications = reportsWithin(actor, await reportsOf(answer, posts, ports), ports);
    return answer;
  },
  document: publishDocument,
  after: ({ published }: PublishAnswer) => ({ posts: published.map(({ postId }) => postId) }),
});

function publishDocument(
  { plan, publications, refused, leftAlone }: PublishAnswer,
  { placeOf }: Shown,
): z.input<typeof publishAnswer> {
  return {
    ...(plan ? { plan } : { publications }),
    ...(refused.length > 0 && { refused: refusedDocuments(refused, placeOf) }),
    ...(leftAlone.length > 0 && { leftAlone: leftAlone.map(({ why }) => why).join("; ") }),
  };
}

/** A draft whose file has changed is not reported as held back. */
function withoutDrafts(
  readings: readonly Reading[],
  { onChange }: z.output<typeof publishAsked>,
  answer: PublishAnswer,
): readonly Reading[] {
  const drafts = onChange ? readings.filter(({ post }) => post?.status === "draft") : [];
  for (const { path } of drafts) answer.leftAlone.push({ path, why: "is a draft" });
  return readings.filter((reading) => !drafts.includes(reading));
}

/** The requested posts, with the ids under which the ledger knows them. */
async function chosen(
  rest: readonly Reading[],
  { onChange, dryRun, new: isNew, sameAs }: z.output<typeof publishAsked>,
  answer: PublishAnswer,
  { recognise, identify, jobs }: PublishPorts,
): Promise<Reading[]> {
  const posts = rest.flatMap(({ post }) => post ?? []);
  const decision = isNew ? ("new" as const) : sameAs === undefined ? undefined : { sameAs };
  const known = onChange
    ? await recognise(posts, { keep: !dryRun })
    : await identify(posts, { keep: !dryRun, ...(decision && { decision }) });
  const found = rest.map((reading) => ({
    ...reading,
    post: known.find(({ path }) => path === reading.post?.path) ?? null,
  }));
  answer.refused = found.filter(isRefused);
  if (!onChange) return found;
  const news: Reading[] = [];
  for (const reading of found) {
    const why = reading.post && !isRefused(reading) ? await jobs.whyLeftAlone(reading.post) : "";
    if (why) answer.leftAlone.push({ path: reading.path, why });
    else news.push(reading);
  }
  return news;
}

function reasons(
  post: Post,
  channels: readonly Channel[],
  leftOut: SitePorts["leftOut"],
): { channel: string; reason: string }[] {
  return channels
    .map((channel) => ({ channel: channel.name, reason: leftOut(post, channel) }))
    .filter(({ reason }) => reason !== "");
}

async function reportsOf(
  { published }: PublishAnswer,
  posts: readonly Post[],
  { ledger }: PublishPorts,
): Promise<PublicationReport[]> {
  const ids = published.length > 0 ? published.map(({ postId }) => postId) : posts.map(({ id }) => id);
  return (await Promise.all(ids.map((id) => ledger.report(id)))).flat();
}
