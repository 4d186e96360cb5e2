/** Takes a post back: notes where their network lets us, items of feeds, and what has not gone yet. Mails are out for good. */

import type { Transport } from "#core/adapter.ts";
import { DeliveryError } from "#core/delivery.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Ledger } from "#core/ports.ts";
import type { Channel } from "#core/publication.ts";
import type { Copy } from "#core/republish.ts";
import type { OpenCopy, WithdrawalPlan, WithdrawalStep, Withdrawn } from "#core/withdrawal.ts";

export interface WithdrawPorts {
  ledger: Ledger;
  transport(channel: string): Promise<Transport>;
  /** Shows the post as withdrawn in these feeds. Returns those that had it. */
  withdrawItems(postId: string, channels: readonly string[]): Promise<string[]>;
  shareLinks(postId?: string): Promise<void>;
}

/** Changes nothing. @throws PostriderError `not_found` for a post that was never published */
export async function planWithdrawal(
  postId: string,
  channels: readonly Channel[],
  { ledger, transport }: Pick<WithdrawPorts, "ledger" | "transport">,
): Promise<WithdrawalPlan> {
  const known = new Map((await ledger.copies(postId)).map((copy) => [copy.channel, copy]));
  if (known.size === 0) throw new PostriderError("not_found", "This post was never published");
  const open = await ledger.openCopies(postId);
  const steps: WithdrawalStep[] = [];
  for (const channel of channels) {
    const copies = open.filter((copy) => copy.channel === channel.name);
    const canRetract = copies.length > 0 && Boolean((await transport(channel.name)).retract);
    steps.push(stepOf(channel, known.get(channel.name), copies, canRetract));
  }
  return { postId, steps };
}

function stepOf(
  { name, adapter, medium }: Channel,
  copy: Copy | undefined,
  copies: OpenCopy[],
  canRetract: boolean,
): WithdrawalStep {
  const pending = copy ? copy.counts.pending + copy.counts.retrying : 0;
  const reasons: string[] = [];
  const actions: WithdrawalStep["actions"] = [];
  if (!copy) reasons.push("was never published here");
  if (pending > 0) {
    actions.push("cancel");
    reasons.push(`${pending} that have not gone yet are cancelled`);
  }
  if (copy && medium === "email" && copy.counts.accepted > 0)
    reasons.push(`${copy.counts.accepted} mails are out, and can't be taken back`);
  if (copy && medium === "feed") {
    actions.push("show-withdrawn");
    reasons.push("is shown as withdrawn, then dropped");
  }
  if (canRetract) {
    actions.push("retract");
    reasons.push("is deleted there");
  } else if (copies.length > 0) reasons.push(`${adapter} has no way to delete it; do it there`);
  if (copy && copy.counts.uncertain > 0 && medium === "note") reasons.push("one may be out: look there");
  if (reasons.length === 0) reasons.push("nothing of it is out here");
  return {
    ...{ channel: name, adapter, medium, pending },
    actions: actions.length > 0 ? actions : ["none"],
    reason: reasons.join("; "),
    copies: canRetract ? copies : [],
  };
}

/** Does what was planned, channel by channel; what fails is told and stays out. */
export async function withdraw(
  { postId, steps }: WithdrawalPlan,
  { actor, reason, signal }: { actor: string; reason: string; signal: AbortSignal },
  ports: WithdrawPorts,
): Promise<Withdrawn[]> {
  const { ledger } = ports;
  const publications = new Map((await ledger.copies(postId)).map((copy) => [copy.channel, copy.publicationId]));
  const results: Withdrawn[] = [];
  for (const { channel, actions, copies } of steps) {
    const result: Withdrawn = { channel, retracted: 0, cancelled: 0, problems: [] };
    const publicationId = publications.get(channel);
    if (actions.includes("cancel") && publicationId)
      result.cancelled = await ledger.control(publicationId, channel, "cancel", actor, reason);
    // The newest first: an older one may be what it answers to.
    for (const copy of copies.toReversed()) {
      const problem = await retractOne(copy, ports, signal);
      if (problem) result.problems.push(problem);
      else {
        await ledger.transaction((tx) => ledger.withdrawn(tx, copy, actor, reason));
        result.retracted++;
      }
    }
    if (actions.includes("show-withdrawn")) {
      const had = await ports.withdrawItems(postId, [channel]);
      if (had.length > 0) await (await ports.transport(channel)).rebuild?.([], signal);
      result.retracted += had.length;
    }
    results.push(result);
  }
  await ports.shareLinks(postId);
  return results;
}

/** Why it is still out; `null`: it is not. */
async function retractOne(
  { channel, receipt }: OpenCopy,
  { transport }: Pick<WithdrawPorts, "transport">,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    await (await transport(channel)).retract?.(receipt, signal);
    return null;
  } catch (error) {
    return error instanceof DeliveryError ? error.failure.message : messageOf(error);
  }
}
