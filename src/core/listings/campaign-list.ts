/** Campaigns in lists. */

import type { Campaign } from "#core/sending/campaign.ts";
import type { Found, Slice } from "./page.ts";

export interface CampaignFilter {
  /** A post's id. */
  post?: string | undefined;
  channel?: string | undefined;
}

/** Newest first. */
export interface CampaignList {
  page(filter: CampaignFilter, slice: Slice): Promise<Found<Campaign>>;
}
