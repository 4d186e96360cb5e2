/** Lets verbs that have a transaction of their own be part of a larger one. */

import type { Ledger } from "#core/ports/ledger.ts";
import type { Transaction } from "#core/ports/transaction.ts";

/** The same ledger, whose transactions are this one. */
export function joinedTo(tx: Transaction, ledger: Ledger): Ledger {
  return { ...ledger, transaction: (work) => work(tx) };
}
