/** The ledger of one database, for the pipeline. */

import type { Ledger } from "#core/ports/ledger.ts";
import type { Database } from "./database/database.ts";
import { type LedgerPorts, openDecidingLedger } from "./ledger/deciding.ts";
import { openOperatingLedger } from "./ledger/operating.ts";
import { openSendingLedger } from "./ledger/sending.ts";

export function openLedger(database: Database, ports: LedgerPorts): Ledger {
  return {
    transaction: database.transaction,
    ...openDecidingLedger(database, ports),
    ...openSendingLedger(database),
    ...openOperatingLedger(database),
  };
}
