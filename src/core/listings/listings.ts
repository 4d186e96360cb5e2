/** Everything that is listed page by page, as one port of the desk. */

import type { Transaction } from "#core/ports/transaction.ts";
import type { CampaignList } from "./campaign-list.ts";
import type { DeliveryList, Verdict } from "./delivery-list.ts";
import type { BounceList, ReaderList, SuppressionList } from "./reader-list.ts";
import type { PublicationList, SiteList } from "./site-list.ts";

export interface Listings {
  campaigns: CampaignList;
  deliveries: DeliveryList;
  verdicts: VerdictLedger;
  readers: ReaderList;
  suppressions: SuppressionList;
  bounces: BounceList;
  publications: PublicationList;
  site: SiteList;
}

/** Decisions of operators about uncertain deliveries. */
export interface VerdictLedger {
  /** Until the transaction ends, nobody else decides. @throws PostriderError `not_found`; `conflict` if it is not uncertain */
  requireUncertain(tx: Transaction, id: string): Promise<void>;
  /** Records that it arrived, or that it is left as it is. @throws like `requireUncertain` */
  decide(
    tx: Transaction,
    id: string,
    decision: { verdict: Exclude<Verdict, "send-again">; actor: string; reason: string },
  ): Promise<void>;
}
