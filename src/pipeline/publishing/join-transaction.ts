/** Makes functions that open their own transaction part of a larger one. */

import type { Transaction, Transactions } from "#core/ports/transaction.ts";

/** The same ledger, which uses this transaction instead of opening new ones. */
export function joinedTo<L extends Transactions>(tx: Transaction, ledger: L): L {
  return { ...ledger, transaction: (work) => work(tx) };
}
