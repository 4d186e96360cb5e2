/** The whole ledger, which the store opens. Other code uses only the parts that it needs. */

import type { AudienceLedger, GateLedger, PostLedger, PublicationLedger } from "./deciding.ts";
import type { CampaignLedger, ReportLedger, RepublicationLedger, WithdrawalLedger } from "./operating.ts";
import type { BatchLedger, DeliveryLedger, PaceLedger, RecoveryLedger } from "./sending.ts";
import type { Transactions } from "./transaction.ts";

/** The record of who got what. Every method is one transaction unless it takes one as an argument. */
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
