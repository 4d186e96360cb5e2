/** Pauses, resumes and cancels a campaign: on one channel, or on each that it has. */

import { PostriderError } from "#core/errors.ts";
import type { GateLedger } from "#core/ports/deciding.ts";
import type { CampaignLedger, ReportLedger } from "#core/ports/operating.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { BatchLedger } from "#core/ports/sending.ts";
import type { Transactions } from "#core/ports/transaction.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { deliveryJobs } from "#pipeline/publishing/release.ts";

export interface ControlRequest {
  /** The publication's id, or its first characters. */
  campaign: string;
  /** Default: all its email channels. */
  channel?: string;
  action: "pause" | "resume" | "cancel";
  /** `cli`, `api:<name>`. */
  actor: string;
  reason: string;
}

export interface ControlPorts {
  ledger: Transactions & CampaignLedger & ReportLedger & GateLedger & BatchLedger;
  queue: JobQueue;
}

/** Returns the new state of the campaigns. @throws PostriderError `not_found`; `conflict` for a cancelled or finished campaign */
export async function control(request: ControlRequest, { ledger, queue }: ControlPorts): Promise<Campaign[]> {
  const chosen = await campaignsNamed(request.campaign, ledger, request.channel);
  // A campaign that has ended on one channel must not block the action on the others.
  const alive = chosen.filter(({ state }) => state !== "cancelled");
  const all = alive.length > 0 ? alive : chosen;
  const open = all.filter(({ state }) => state !== "done");
  if (open.length === 0)
    throw new PostriderError("conflict", `This campaign is finished: there is nothing to ${request.action}`, {
      hint: "`postrider campaigns show` shows the result.",
    });
  for (const { id, channel } of open) {
    await ledger.control(id, channel, request.action, request.actor, request.reason);
    if (request.action === "resume")
      await ledger.transaction(async (tx) => {
        if (await ledger.openGate(tx, id, request.actor))
          await queue.enqueue(tx, [{ kind: "release", publicationId: id, delay: 0 }]);
        await ledger.unstall(tx, id, channel);
        await queue.enqueue(tx, await deliveryJobs(tx, id, channel, ledger));
      });
  }
  return (await ledger.campaigns(chosen[0]?.id)).filter(({ channel }) => chosen.some((one) => one.channel === channel));
}

/** Sends this subject, counted from 1, to everybody who still waits. @throws PostriderError */
export async function choose(
  request: Omit<ControlRequest, "action" | "reason"> & { subject: number },
  { ledger, queue }: ControlPorts,
): Promise<Campaign[]> {
  for (const { id, channel } of await campaignsNamed(request.campaign, ledger, request.channel))
    await ledger.chooseSubject(id, channel, request.subject, request.actor);
  const reason = `subject ${request.subject} was chosen`;
  return control({ ...request, action: "resume", reason }, { ledger, queue });
}

/** The campaigns of one publication. @throws PostriderError `not_found`, or `invalid` if several ids begin with these characters. */
export async function campaignsNamed(
  id: string,
  ledger: Pick<ReportLedger, "campaigns">,
  channel?: string,
): Promise<Campaign[]> {
  const whole = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const all = (await ledger.campaigns(whole ? id : undefined)).filter((campaign) => campaign.id.startsWith(id));
  const ids = new Set(all.map((campaign) => campaign.id));
  if (ids.size > 1)
    throw new PostriderError("invalid", `${ids.size} campaigns begin with "${id}"`, {
      hint: "Type more characters of the id.",
    });
  const chosen = all.filter((campaign) => !channel || campaign.channel === channel);
  if (chosen.length > 0 && id !== "") return chosen;
  throw new PostriderError("not_found", `There is no campaign ${id}${channel ? ` on the channel "${channel}"` : ""}`, {
    hint: "`postrider campaigns list` shows them.",
  });
}
