/** Imports people who are already known: adds data and never undoes an unsubscription. */

import type { Sql } from "#core/ports/transaction.ts";
import type { SubscriptionState } from "#core/readers/subscriber.ts";
import { put } from "./bulk.ts";
import { type Person, subscribedAs, suppressedFor } from "./import-share.ts";

export interface ImportInto {
  listId: number;
  list: string;
  hadUntil: Date | null;
}

const staged = [
  ["hash", "text"],
  ["id", "bigint"],
  ["name", "text"],
  ["state", "text"],
  ["source", "text"],
  ["language", "text"],
  ["frequency", "text"],
  ["attributes", "jsonb"],
] as const;

/**
 * @param known - ids by address.
 * @returns the states of people who were already on the list, by hash
 */
export async function mergeKnown(
  tx: Sql,
  copies: boolean,
  people: readonly Person[],
  known: ReadonlyMap<string, string>,
  { listId, hadUntil }: ImportInto,
): Promise<Map<string, SubscriptionState>> {
  if (people.length === 0) return new Map();
  await tx.query(`create temp table staged (${staged.map((column) => column.join(" ")).join(", ")}) on commit drop`);
  await put(tx, copies, "staged", staged, people, ({ row, hash, normalized, source }) => [
    ...[hash, known.get(normalized) ?? null, row.name || null, subscribedAs(row.state)],
    ...[source, row.language || null, row.frequency, JSON.stringify(row.attributes)],
  ]);
  // Existing values are kept: an old export must not overwrite a reader's later choice.
  await tx.query(
    `update postrider.subscriber s set name = coalesce(s.name, t.name), language = coalesce(s.language, t.language),
       attributes = t.attributes || s.attributes, updated_at = now()
     from staged t where t.id = s.id
       and ((s.name is null and t.name is not null) or (s.language is null and t.language is not null)
         or t.attributes || s.attributes <> s.attributes)`,
  );
  const { rows } = await tx.query<{ hash: string; state: SubscriptionState }>(
    `select t.hash, b.state from staged t
     join postrider.subscription b on b.subscriber_id = t.id and b.list_id = $1`,
    [listId],
  );
  await tx.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source, frequency, had_until)
     select $1, t.id, t.state, t.source, t.frequency, $2 from staged t order by t.id on conflict do nothing`,
    [listId, hadUntil],
  );
  if (hadUntil)
    await tx.query(
      `update postrider.subscription b set had_until = greatest(b.had_until, $2) from staged t
       where b.subscriber_id = t.id and b.list_id = $1`,
      [listId, hadUntil],
    );
  return new Map(rows.map(({ hash, state }) => [hash, state]));
}

/** Suppresses people who bounced or complained, on all lists and permanently. */
export async function suppress(tx: Sql, people: readonly Person[]): Promise<void> {
  const suppressed = people.filter(({ row }) => row.state in suppressedFor);
  if (suppressed.length > 0)
    await tx.query(
      `insert into postrider.suppression (hash, reason, evidence)
       select hash, reason, evidence from jsonb_to_recordset($1) as p (hash text, reason text, evidence text)
       on conflict do nothing`,
      [
        JSON.stringify(
          suppressed.map(({ row, hash, source }) => ({ hash, reason: suppressedFor[row.state], evidence: source })),
        ),
      ],
    );
}
