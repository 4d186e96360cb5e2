/** Reads campaigns: all, one, and the check of its numbers. */

import { z } from "zod";
import type { Audit, Campaign } from "#core/sending/campaign.ts";
import { campaignsNamed } from "#pipeline/campaigns/control.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { auditAnswer, campaign as campaignItem, campaignsAnswer } from "../answers/campaign.ts";
import { requireDestinations, withinLimits } from "../limits.ts";
import { listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";

type CampaignPorts = Pick<DeskPorts, "ledger" | "engagement">;

const text = z.string().min(1).max(500).optional();
const campaign = z.string().min(1).describe("The campaign's id, or its first characters");

export const listCampaigns = act({
  name: "campaigns.list",
  asks: z.strictObject({}),
  needs: "read",
  within: anyLimits,
  answers: campaignsAnswer,
  run: async (_, actor: Actor, { ledger }: Pick<CampaignPorts, "ledger">): Promise<{ campaigns: Campaign[] }> => ({
    campaigns: withinLimits(actor, await ledger.campaigns()),
  }),
  document: (answer) => answer,
});

/** Newest first. */
export const pageCampaigns = listing({
  list: "campaigns",
  needs: "read",
  within: anyLimits,
  filter: {
    post: text.describe("The id of a post"),
    channel: text.describe("The name of a channel"),
  },
  item: campaignItem,
  keys: /^\d{1,18} [0-9a-f-]{36} [^\0]{1,400}$/,
  async find(filter, slice, { listings }: Pick<DeskPorts, "listings">, actor) {
    const { items, after } = await listings.campaigns.page(filter, slice);
    return { items: withinLimits(actor, items), after };
  },
});

export const showCampaign = act({
  name: "campaigns.show",
  asks: z.strictObject({ campaign }),
  needs: "read",
  within: anyLimits,
  answers: campaignsAnswer,
  async run(asked, actor: Actor, { ledger, engagement }: CampaignPorts): Promise<{ campaigns: Campaign[] }> {
    const campaigns: Campaign[] = [];
    for (const each of await ownNamed(asked.campaign, actor, ledger)) {
      const seen = each.list ? await engagement(each.post, each.list) : null;
      campaigns.push({ ...each, ...(seen && { engagement: seen }) });
    }
    return { campaigns };
  },
  document: (answer) => answer,
});

export const auditCampaign = act({
  name: "campaigns.audit",
  asks: z.strictObject({ campaign }),
  needs: "read",
  within: anyLimits,
  answers: auditAnswer,
  async run(
    asked,
    actor: Actor,
    { ledger }: Pick<CampaignPorts, "ledger">,
  ): Promise<{ campaign: Campaign; audits: Audit[]; ok: boolean }> {
    const own = await ownNamed(asked.campaign, actor, ledger);
    const [first] = own;
    if (!first) throw new Error("a campaign that is named is there");
    const channels = new Set(own.map(({ channel }) => channel));
    const audits = (await ledger.audit(first.id)).filter(({ channel }) => channels.has(channel));
    return { campaign: first, audits, ok: audits.every(({ problems }) => problems.length === 0) };
  },
  document: ({ ok, campaign, audits }) => ({ ok, campaign: campaign.id, channels: audits, audits }),
});

/** The campaigns of one publication that are within the actor's limits. @throws PostriderError `not_found`, or `forbidden` if none is */
async function ownNamed(id: string, actor: Actor, ledger: CampaignPorts["ledger"]): Promise<Campaign[]> {
  const all = await campaignsNamed(id, ledger);
  const own = withinLimits(actor, all);
  if (own.length === 0) requireDestinations(actor, all);
  return own;
}
