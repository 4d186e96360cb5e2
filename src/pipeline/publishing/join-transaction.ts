/** Lets verbs that have a transaction of their own be part of a larger one. */

import type { Transaction, Transactions } from "#core/ports/transaction.ts";

/** The same ledger, whose transactions are this one. */
export function joinedTo<L extends Transactions>(tx: Transaction, ledger: L): L {
  return { ...ledger, transaction: (work) => work(tx) };
}
