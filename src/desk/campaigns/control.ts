/** Pauses, resumes and cancels a campaign, and chooses the subject that the rest of its readers get. */

import { z } from "zod";
import type { Campaign } from "#core/sending/campaign.ts";
import { campaignsNamed, choose, control } from "#pipeline/campaigns/control.ts";
import { type Actor, act, anyLimits, fields } from "../act.ts";
import { campaignsAnswer } from "../answers/campaign.ts";
import { requireDestinations } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";

type ControlPorts = Pick<DeskPorts, "ledger" | "queue">;

const named = {
  campaign: z.string().min(1).describe("The campaign's id, or its first characters"),
  channel: z.string().min(1).optional().describe("Default: all its email channels"),
};
const controlAsked = z.strictObject({ ...named, reason: fields.reason });

const acting = (action: "pause" | "resume" | "cancel") =>
  act({
    name: `campaigns.${action}`,
    asks: controlAsked,
    needs: "operate",
    within: anyLimits,
    answers: campaignsAnswer,
    run: async (
      { campaign, channel, reason },
      actor: Actor,
      ports: ControlPorts,
    ): Promise<{ campaigns: Campaign[] }> => {
      await requireOwn({ campaign, channel }, actor, ports);
      const request = { campaign, action, actor: actor.name, reason, ...(channel !== undefined && { channel }) };
      return { campaigns: await control(request, ports) };
    },
    document: (answer) => answer,
    before: async (asked, { ledger }: ControlPorts) =>
      statesOf(await campaignsNamed(asked.campaign, ledger, asked.channel)),
    after: ({ campaigns }) => statesOf(campaigns),
  });

export const pauseCampaign = acting("pause");
export const resumeCampaign = acting("resume");
export const cancelCampaign = acting("cancel");

export const chooseSubject = act({
  name: "campaigns.choose-subject",
  /** @param subject - counted from 1. */
  asks: z.strictObject({ ...named, subject: z.int().min(1).max(99) }),
  needs: "publish",
  within: anyLimits,
  answers: campaignsAnswer,
  run: async (
    { campaign, channel, subject },
    actor: Actor,
    ports: ControlPorts,
  ): Promise<{ campaigns: Campaign[] }> => {
    await requireOwn({ campaign, channel }, actor, ports);
    const request = { campaign, subject, actor: actor.name, ...(channel !== undefined && { channel }) };
    return { campaigns: await choose(request, ports) };
  },
  document: (answer) => answer,
  before: async (asked, { ledger }: ControlPorts) =>
    subjectsOf(await campaignsNamed(asked.campaign, ledger, asked.channel)),
  after: ({ campaigns }) => subjectsOf(campaigns),
});

/** By channel. */
function statesOf(campaigns: readonly Campaign[]): Record<string, string> {
  return Object.fromEntries(campaigns.map(({ channel, state }) => [channel, state]));
}

function subjectsOf(campaigns: readonly Campaign[]): Record<string, number | null> {
  return Object.fromEntries(campaigns.map(({ channel, subjects }) => [channel, subjects?.chosen ?? null]));
}

/** @throws PostriderError `forbidden` if it is not within the actor's limits */
async function requireOwn(
  { campaign, channel }: { campaign: string; channel: string | undefined },
  actor: Actor,
  { ledger }: Pick<ControlPorts, "ledger">,
): Promise<void> {
  if (actor.limits) requireDestinations(actor, await campaignsNamed(campaign, ledger, channel));
}
