/** Publishes exactly what was planned, or nothing: all posts in one transaction, which is rolled back if anything differs from the plan. */

import { PostriderError } from "#core/errors.ts";
import type { AudienceLedger, PublicationLedger } from "#core/ports/deciding.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { PlannedPost, PublishPlan } from "#core/publishing/plan.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Published } from "#core/publishing/publishing.ts";
import { joinedTo } from "./join-transaction.ts";
import { goesLater, isSendable, type PlanPorts, type PlanTimes, planPublication } from "./plan.ts";
import { publish } from "./publish.ts";
import type { PublishPorts } from "./reschedule.ts";

export interface PlannedRequest extends PlanTimes {
  /** All planned posts. Drafts and posts with errors are not published. */
  posts: readonly Post[];
  channels: readonly Channel[];
  /** The hash of the plan that was shown. */
  hash: string;
  actor: string;
  /** Another person has approved the plan. */
  isApproved?: boolean;
}

export type PublishedPost = Published & { post: Post };

/**
 * Makes the plan again and compares it. Somebody may subscribe or unsubscribe in the meantime, so the deliveries that
 * were written are also compared with the plan before the commit.
 * @throws PostriderError `conflict` if anything differs from the plan; then nothing was changed
 */
export async function publishPlanned(
  request: PlannedRequest,
  ports: PlanPorts & PublishPorts,
): Promise<PublishedPost[]> {
  const { posts, channels, actor, now, at, named, isApproved = false } = request;
  const { ledger, queue, leftOut } = ports;
  const plan = await planAsShown(request, ports);
  return ledger.transaction(async (tx) => {
    const done: PublishedPost[] = [];
    for (const [index, post] of posts.entries()) {
      const planned = plan.posts[index];
      const mine = channels.filter((channel) => (leftOut?.(post, channel) ?? "") === "");
      if (!planned || !isSendable(post) || mine.length === 0) continue;
      const wanted = {
        post,
        channels: mine,
        actor,
        now,
        isApproved,
        ...(at && { at }),
        ...(named && { named }),
        whole: true,
      };
      const published = await publish(wanted, { ledger: joinedTo(tx, ledger), queue });
      await holdTo(planned, published, tx, ledger);
      done.push({ ...published, post });
    }
    return done;
  });
}

/** The plan as it is now. @throws PostriderError `conflict` if it differs */
export async function planAsShown(
  { posts, channels, hash, now, at, named }: PlannedRequest,
  ports: PlanPorts,
): Promise<PublishPlan> {
  const plan = await planPublication(posts, channels, { now, ...(at && { at }), ...(named && { named }) }, ports);
  if (plan.hash === hash) return plan;
  throw changed(`the plan is now ${plan.hash}, and not ${hash}`);
}

/** @throws PostriderError `conflict` */
async function holdTo(
  planned: PlannedPost,
  published: Published,
  tx: Transaction,
  ledger: PublicationLedger & AudienceLedger,
): Promise<void> {
  const { title } = planned;
  const doing = (wanted: string) => planned.channels.filter(({ action }) => action === wanted);
  const namesOf = (steps: readonly { channel: string }[]) => steps.map(({ channel }) => channel);
  const sent = doing("send");
  const moved = doing("reschedule");
  if (!isSame(namesOf(sent), published.fresh) || !isSame(namesOf(moved), namesOf(published.rescheduled)))
    throw changed(`"${title}" has been published in the meantime`);
  const known = new Map((await ledger.channelsOf(tx, published.postId)).map((each) => [each.channel, each]));
  for (const step of [...sent, ...moved]) {
    const { channel, medium, at, audience } = step;
    const written = known.get(channel);
    if ((written?.scheduledFor?.toISOString() ?? "") !== (at ?? ""))
      throw changed(`${channel} has no free slot left at the planned time`);
    // The audience of a rescheduled channel is determined at its new time.
    if (!written || medium !== "email" || goesLater(step) || step.action === "reschedule") continue;
    const { recipients, fingerprint } = await ledger.writtenAudience(tx, written.publicationId, channel);
    if (recipients !== audience.recipients || fingerprint !== audience.fingerprint)
      throw changed(`the audience has just changed: somebody joined or left "${written.list ?? ""}"`);
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

function changed(what: string): PostriderError {
  return new PostriderError("conflict", `The plan is out of date: ${what}`, {
    hint: "A post, a template, a setting or the audience has changed, so nothing was sent. Run `postrider plan` with the same arguments to see the new plan.",
  });
}
