/** Lets verbs that have a transaction of their own be part of a larger one. */

import type { Ledger, Transaction } from "#core/ports.ts";

/** The same ledger, whose transactions are this one. */
export function joinedTo(tx: Transaction, ledger: Ledger): Ledger {
  return { ...ledger, transaction: (work) => work(tx) };
}
