/** Takes a post back wherever that can be done: by its file, its id or its address, also when the file is gone. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { WithdrawalPlan, Withdrawn } from "#core/publishing/withdrawal.ts";
import { isIdle, planWithdrawal, type Withdrawable, withdraw } from "#pipeline/republishing/withdraw.ts";
import { type Actor, act, fields, owners } from "../act.ts";
import { withdrawAnswer } from "../answers/publication.ts";
import type { DeskPorts, ReadPorts } from "../ports.ts";
import { reportsNamed } from "./status.ts";

export const withdrawAsked = z.strictObject({
  post: z.string().min(1),
  /** Only from these: the post itself is not marked. */
  channels: fields.channels,
  reason: fields.reason.optional(),
  dryRun: fields.dryRun,
});

export interface WithdrawAnswer {
  plan: WithdrawalPlan;
  /** Nothing is left to take back. */
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
  | "channelsNamed"
  | "mayGo"
  | "edits"
> &
  ReadPorts;

export const withdrawPost = act({
  asks: withdrawAsked,
  roles: owners,
  answers: withdrawAnswer,
  async run(asked, actor: Actor, ports: WithdrawPorts): Promise<WithdrawAnswer> {
    const channels = ports.channelsNamed(asked.channels);
    const what = { post: await found(asked.post, actor, ports), channels, some: asked.channels !== undefined };
    const plan = await planWithdrawal(what, ports);
    const idle = isIdle(plan);
    if (asked.dryRun || idle) return { plan, idle, withdrawn: [] };
    await ports.mayGo();
    const request = { actor: actor.name, reason: asked.reason ?? "", signal: ports.edits() };
    return { plan, idle, withdrawn: await withdraw(what, request, ports) };
  },
  document: ({ plan, withdrawn }) => ({ plan, withdrawn }),
});

/** As the ledger knows it; else as its file says, for a post that only stood in digests. */
async function found(name: string, actor: Actor, ports: WithdrawPorts): Promise<Withdrawable["post"]> {
  const { post, reports } = await reportsNamed(name, actor, ports);
  const [report] = reports;
  if (report) return { id: report.post, url: report.url, title: report.title };
  if (post && (await ports.ledger.editionsWith(post)).length > 0) return post;
  throw new PostriderError("not_found", `"${name}" is not a published post`, {
    hint: "`postrider status` lists every post; `status --json` shows their ids.",
  });
}
