/** Writes an act into the audit log, in the act's own transaction. */

import type { Acting } from "#core/audit/acting.ts";
import type { Doing } from "#core/audit/audit.ts";
import type { Sql } from "#core/ports/transaction.ts";

/** For the columns of `columns`. */
export function valuesOf({ id, act, actor, door, about, reason, plan, before }: Doing): unknown[] {
  return [id, act, actor, door, JSON.stringify(about), reason, plan, before === null ? null : JSON.stringify(before)];
}

export const columns = "act_id, act, actor, door, about, reason, plan, before";

/**
 * Before the commit of a transaction of this act. A transaction that has only read gets no entry. Of several
 * transactions of one act, the first that is committed has the entry.
 * @returns whether the transaction has the entry
 */
export async function record(tx: Sql, acting: Acting): Promise<boolean> {
  if (acting.isRecorded) return false;
  const { rowCount } = await tx.query(
    `insert into postrider.audit_log (kind, ${columns})
     select 'effect', $1, $2, $3, $4, $5, $6, $7, $8 where pg_current_xact_id_if_assigned() is not null
     on conflict (act_id, kind) do nothing`,
    valuesOf(acting),
  );
  return rowCount === 1;
}
