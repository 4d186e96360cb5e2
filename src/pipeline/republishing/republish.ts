/** Republishes a post when an operator asks for it. Shows the plan first and then does exactly that. */

import type { Envelope } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import type { PublicationLedger } from "#core/ports/deciding.ts";
import type { WithdrawalLedger } from "#core/ports/operating.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Copy, RepublishPlan } from "#core/publishing/republish.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { deliveryKey } from "#core/sending/idempotency.ts";
import { requireNoneHeld } from "#pipeline/publishing/approval.ts";
import { deliveryJobs, release } from "#pipeline/publishing/release.ts";
import { toWhoGotIt } from "./correction.ts";
import { goingOut, type RepublishPorts, type RepublishRequest } from "./republish-plan.ts";

/**
 * Carries out the plan. Returns how many deliveries are due or were edited.
 * @throws PostriderError `unavailable` if a network did not edit or delete; all other channels are done by then
 */
export async function republish(
  request: RepublishRequest,
  plan: RepublishPlan,
  ports: RepublishPorts,
): Promise<number> {
  await ports.ledger.transaction((tx) => ports.ledger.rememberPost(tx, { ...request.post, id: plan.postId }));
  const wanted = plan.steps.filter(({ action }) => action !== "none");
  const chosen = (await ports.ledger.copies(plan.postId)).filter(({ channel }) =>
    wanted.some((step) => step.channel === channel),
  );
  if (request.mode === "retry" || request.mode === "finish") return dueAgain(chosen, request, ports);
  const post = goingOut({ ...request, post: { ...request.post, id: plan.postId } });
  if (request.mode === "repost") return repostAll(plan, chosen, { ...request, post }, ports);
  let done = 0;
  const problems: string[] = [];
  for (const copy of chosen) {
    const replaces = wanted.some(({ channel, action }) => channel === copy.channel && action === "replace");
    try {
      done += await (replaces ? replaceOne : editOne)(copy, { ...request, post }, ports);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      problems.push(`${copy.channel}: ${error.failure.message}`);
    }
  }
  // An edit may have another address.
  if (done > 0) await ports.shareLinks(plan.postId);
  if (problems.length === 0) return done;
  throw new PostriderError("unavailable", `Not everything could be edited: ${problems.join("; ")}`, {
    hint: "The rest is done. Run the same command again to retry only what is left.",
  });
}

/** The same deliveries once more. */
async function dueAgain(
  chosen: readonly Copy[],
  { mode, actor, reason }: RepublishRequest,
  { ledger, queue }: RepublishPorts,
): Promise<number> {
  const make = mode === "finish" ? ledger.finish : ledger.retry;
  return ledger.transaction(async (tx) => {
    let count = 0;
    for (const copy of chosen) {
      count += await make(tx, copy, actor, reason);
      await queue.enqueue(tx, await deliveryJobs(tx, copy.publicationId, copy.channel, ledger));
    }
    return count;
  });
}

async function repostAll(
  { postId, steps, withdrawn }: RepublishPlan,
  chosen: readonly Copy[],
  request: RepublishRequest,
  ports: RepublishPorts,
): Promise<number> {
  const { post, channels, correction } = request;
  const again = channels.flatMap((channel) => {
    const copy = chosen.find((each) => each.channel === channel.name);
    const wanted = correction === undefined ? channel : toWhoGotIt(channel, postId);
    const isWanted = steps.some((step) => step.channel === channel.name && step.action === "send");
    return isWanted ? [{ channel: wanted, generation: (copy?.generation ?? 0) + 1 }] : [];
  });
  requireNoneHeld(
    again.map(({ channel }) => channel),
    "A repost has no plan that somebody could approve. Publish a new post, or leave these channels out with --channels.",
  );
  await ports.ledger.transaction(async (tx) => {
    if (request.once && !(await request.once.mark(tx))) return;
    await refuseOvertaken(tx, postId, chosen, withdrawn, ports.ledger);
    // A correction goes only to people who already have the post, and does not publish it again.
    if (correction === undefined) await ports.ledger.endWithdrawal(tx, postId, request.actor);
    await sendAgain(tx, { ...post, id: postId }, again, request, ports);
  });
  return steps.reduce((sum, { recipients }) => sum + recipients, 0);
}

async function editOne(copy: Copy, request: RepublishRequest, ports: RepublishPorts): Promise<number> {
  const { post, actor, reason, signal } = request;
  const { ledger } = ports;
  if (!copy.delivery) return 0;
  const { id, receipt } = copy.delivery;
  const envelope = {
    key: deliveryKey({ channel: copy.channel, postId: post.id, recipient: "", generation: copy.generation }),
    rendition: await ports.render(post, copy),
    recipient: null,
    publishedAt: copy.publishedAt,
  } as Envelope;
  const transport = await ports.transport(copy.channel);
  const shown = { ...receipt, ...(await transport.update?.(receipt, envelope, signal)) };
  await ledger.transaction((tx) => ledger.edited(tx, { ...copy, deliveryId: id }, shown, post.revision, actor, reason));
  return 1;
}

/**
 * Deletes first, because a second try then finds nothing to delete. The new post is a normal delivery: nothing is
 * posted twice, and if its result is unknown, it waits for the operator.
 */
async function replaceOne(copy: Copy, request: RepublishRequest, ports: RepublishPorts): Promise<number> {
  const { post, channels, actor, reason, signal } = request;
  const { ledger, queue } = ports;
  const channel = channels.find(({ name }) => name === copy.channel);
  if (!copy.delivery || !channel) return 0;
  const { id, receipt } = copy.delivery;
  // Record the deletion first, so that it stays visible even if the next step fails.
  await ledger.transaction((tx) => ledger.replacing(tx, copy, receipt, actor, reason));
  await (await ports.transport(copy.channel)).retract?.(receipt, signal);
  await ledger.transaction(async (tx) => {
    await refuseOvertaken(tx, post.id, [copy], false, ledger);
    await ledger.withdrawn(tx, { ...copy, deliveryId: id, receipt }, actor, reason);
    await sendAgain(tx, post, [{ channel, generation: copy.generation + 1 }], request, { ledger, queue });
  });
  return 1;
}

/**
 * The post may have been withdrawn, or sent again, since the plan was shown.
 * @throws PostriderError `conflict`
 */
async function refuseOvertaken(
  tx: Transaction,
  postId: string,
  planned: readonly Pick<Copy, "channel" | "generation" | "withdrawnAt">[],
  wasWithdrawn: boolean,
  ledger: Pick<PublicationLedger & WithdrawalLedger, "channelsOf" | "withdrawnSince">,
): Promise<void> {
  const known = new Map((await ledger.channelsOf(tx, postId)).map((each) => [each.channel, each]));
  const isWithdrawn = (await ledger.withdrawnSince(tx, postId)) !== null;
  const isAsPlanned = planned.every(({ channel, generation, withdrawnAt }) => {
    const now = known.get(channel);
    return now?.generation === generation && (now.withdrawnAt === null) === (withdrawnAt === null);
  });
  if (isAsPlanned && isWithdrawn === wasWithdrawn) return;
  throw new PostriderError("conflict", "The post was withdrawn or sent again since this plan was made", {
    hint: "Run the same command again to see the new plan.",
  });
}

async function sendAgain(
  tx: Transaction,
  post: Post,
  channels: readonly { channel: Channel; generation: number }[],
  { actor, reason }: Pick<RepublishRequest, "actor" | "reason">,
  { ledger, queue }: Pick<RepublishPorts, "ledger" | "queue">,
): Promise<void> {
  await ledger.rememberPost(tx, post);
  const again = channels.some(({ generation }) => generation > 1);
  const publication = { postId: post.id, revision: post.revision, channels, actor, reason, again };
  const id = await ledger.createPublication(tx, publication);
  const names = channels.map(({ channel }) => channel.name);
  await release(tx, id, names, { ledger, queue });
}
