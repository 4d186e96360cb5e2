/** The whole ledger: what the store opens, and nobody asks for. */

import type { AudienceLedger, GateLedger, PostLedger, PublicationLedger } from "./deciding.ts";
import type { CampaignLedger, ReportLedger, RepublicationLedger, WithdrawalLedger } from "./operating.ts";
import type { BatchLedger, DeliveryLedger, PaceLedger, RecoveryLedger } from "./sending.ts";
import type { Transactions } from "./transaction.ts";

/** The truth about who got what. Every method is one transaction unless it takes one. Nobody asks for more of it than they use. */
export interface Ledger
  extends Transactions,
    PostLedger,
    PublicationLedger,
    GateLedger,
    AudienceLedger,
    BatchLedger,
    DeliveryLedger,
    PaceLedger,
    CampaignLedger,
    RecoveryLedger,
    RepublicationLedger,
    WithdrawalLedger,
    ReportLedger {}
