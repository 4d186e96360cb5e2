/** Reads campaigns: all, one, and the check of its numbers. */

import { z } from "zod";
import type { Audit, Campaign } from "#core/sending/campaign.ts";
import { campaignsNamed } from "#pipeline/campaigns/control.ts";
import { type Actor, act } from "../act.ts";
import { auditAnswer, campaignsAnswer } from "../answers/campaign.ts";
import type { DeskPorts } from "../ports.ts";

type CampaignPorts = Pick<DeskPorts, "ledger" | "engagement">;

/** The publication's id, or its first characters. */
const campaign = z.string().min(1);

export const listCampaigns = act({
  name: "campaigns.list",
  asks: z.strictObject({}),
  needs: "read",
  answers: campaignsAnswer,
  run: async (_, __: Actor, { ledger }: Pick<CampaignPorts, "ledger">): Promise<{ campaigns: Campaign[] }> => ({
    campaigns: await ledger.campaigns(),
  }),
  document: (answer) => answer,
});

export const showCampaign = act({
  name: "campaigns.show",
  asks: z.strictObject({ campaign }),
  needs: "read",
  answers: campaignsAnswer,
  async run(asked, _: Actor, { ledger, engagement }: CampaignPorts): Promise<{ campaigns: Campaign[] }> {
    const campaigns: Campaign[] = [];
    for (const each of await campaignsNamed(asked.campaign, ledger)) {
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
  answers: auditAnswer,
  async run(
    asked,
    _: Actor,
    { ledger }: Pick<CampaignPorts, "ledger">,
  ): Promise<{ campaign: Campaign; audits: Audit[]; ok: boolean }> {
    const [first] = await campaignsNamed(asked.campaign, ledger);
    if (!first) throw new Error("a campaign that is named is there");
    const audits = await ledger.audit(first.id);
    return { campaign: first, audits, ok: audits.every(({ problems }) => problems.length === 0) };
  },
  document: ({ ok, campaign, audits }) => ({ ok, campaign: campaign.id, channels: audits, audits }),
});
