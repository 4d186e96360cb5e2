/** Withdraws a post wherever that is possible: by its file, id or address, even if the file was deleted. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { WithdrawalPlan, Withdrawn } from "#core/publishing/withdrawal.ts";
import { isIdle, planWithdrawal, type Withdrawable, withdraw } from "#pipeline/republishing/withdraw.ts";
import { type Actor, act, anyLimits, fields } from "../act.ts";
import { withdrawAnswer } from "../answers/publication.ts";
import { requireChannels } from "../limits.ts";
import type { DeskPorts, ReadPorts } from "../ports.ts";
import { reportsNamed } from "./status.ts";

export const withdrawAsked = z.strictObject({
  post: z.string().min(1),
  /** Only from these channels: the post itself is then not marked as withdrawn. */
  channels: fields.channels,
  reason: fields.reason.optional(),
  dryRun: fields.dryRun,
});

export interface WithdrawAnswer {
  plan: WithdrawalPlan;
  /** There is nothing to withdraw. */
  idle: boolean;
  withdrawn: Withdrawn[];
}

type WithdrawPorts = Pick<
  DeskPorts,
  | "ledger"
  | "editions"
  | "transport"
  | "withdrawItems"
  | "shareLinks"
  | "recognise"
  | "mailedLists"
  | "channelsNamed"
  | "mayGo"
  | "edits"
> &
  ReadPorts;

export const withdrawPost = act({
  name: "posts.withdraw",
  asks: withdrawAsked,
  needs: "publish",
  within: anyLimits,
  answers: withdrawAnswer,
  async run(asked, actor: Actor, ports: WithdrawPorts): Promise<WithdrawAnswer> {
    const channels = ports.channelsNamed(asked.channels);
    requireChannels(actor, asked.channels, channels);
    const what = { post: await found(asked.post, actor, ports), channels, some: asked.channels !== undefined };
    const plan = await planWithdrawal(what, ports);
    const idle = isIdle(plan);
    if (asked.dryRun || idle) return { plan, idle, withdrawn: [] };
    await ports.mayGo();
    const request = { actor: actor.name, reason: asked.reason ?? "", signal: ports.edits() };
    return { plan, idle, withdrawn: await withdraw(what, request, ports) };
  },
  document: ({ plan, withdrawn }) => ({ plan, withdrawn }),
  after: ({ plan, withdrawn }: WithdrawAnswer) => ({ posts: [plan.postId], withdrawn: withdrawn.length }),
});

/** The post from the ledger, or else from its file: a post that was only in digests is not in the ledger. */
async function found(name: string, actor: Actor, ports: WithdrawPorts): Promise<Withdrawable["post"]> {
  const { post, reports } = await reportsNamed(name, actor, ports);
  const [report] = reports;
  if (report) return { id: report.post, url: report.url, title: report.title };
  if (post && (await ports.ledger.editionsWith(post)).length > 0) return post;
  throw new PostriderError("not_found", `"${name}" is not a published post`, {
    hint: "`postrider status` lists every post; `status --json` shows their ids.",
  });
}
