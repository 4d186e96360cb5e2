/** Erases people. Only a hash remains, which keeps imports and operators from adding them again. */

import type { Sql } from "#core/ports/transaction.ts";

/** Any number that no other lock uses. */
const lock = 4_206_200;

/**
 * Erases a person. Waits for running imports, so that people they add are erased, too.
 * @param always - also suppresses somebody who was not known.
 * @returns whether they were known
 */
export async function forget(tx: Sql, hash: string, always: boolean): Promise<boolean> {
  await tx.query(`select pg_advisory_xact_lock(${lock})`);
  const { rowCount } = await tx.query("delete from postrider.subscriber where hash = $1", [hash]);
  if (rowCount || always) await suppressForgotten(tx, hash);
  return Boolean(rowCount);
}

/** Must be first in a transaction that adds people. Then nobody is forgotten between reading the hashes and the commit. */
export async function holdForgetting(tx: Sql): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(${lock})`);
}

/** Why email to somebody is suppressed, if it matters for adding them. */
export type Blocked = "forgotten" | "suppressed";

/** The people among these hashes who must get no email of a list. @param listId - `null` for a new list. */
export async function blockedAmong(
  sql: Sql,
  hashes: readonly string[],
  listId: number | null,
): Promise<Map<string, Blocked>> {
  // If nobody is suppressed, as before a first import, 20,000 hashes need not be sent.
  const { rows: any } = await sql.query("select from postrider.suppression limit 1");
  if (any.length === 0 || hashes.length === 0) return new Map();
  const { rows } = await sql.query<{ hash: string; forgotten: boolean }>(
    `select hash, bool_or(reason = 'forgotten') as forgotten from postrider.suppression
     where hash = any($1) and (list_id is null or list_id = $2) group by hash`,
    [hashes, listId],
  );
  return new Map(rows.map(({ hash, forgotten }) => [hash, forgotten ? "forgotten" : "suppressed"]));
}

/**
 * Keeps only the hash of a person, permanently. Earlier reasons for a suppression could be lifted, and their evidence
 * may contain personal data (an import records there how a person agreed).
 */
async function suppressForgotten(tx: Sql, hash: string): Promise<void> {
  await tx.query(
    `insert into postrider.suppression (hash, reason) values ($1, 'forgotten')
     on conflict (hash, list_id) do update set reason = excluded.reason, evidence = null`,
    [hash],
  );
  await tx.query("update postrider.suppression set evidence = null where hash = $1 and list_id is not null", [hash]);
}
