/** Ends subscriptions and records who ended them: the one statement for readers, operators, emails and imports. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Origin } from "#core/readers/reader.ts";

/** How somebody unsubscribed; recorded as proof. */
export interface LeavingBy {
  form: Origin["form"] | "operator" | "mail" | "import";
  network?: string;
}

/**
 * Only a subscription that had not ended gets a row of proof, because a mail program may send the request twice.
 * @param lists - names; `null`: all.
 * @returns how many subscriptions ended.
 */
export async function leave(
  sql: Sql,
  recipients: readonly string[],
  lists: readonly string[] | null,
  { form, network }: LeavingBy,
): Promise<number> {
  // The list is looked up first. In a join without statistics, the planner would read the whole list.
  const { rows } = await sql.query<{ id: number }>(
    "select id from postrider.list where $1::text[] is null or name = any($1)",
    [lists],
  );
  // A join, because an import has 20,000 hashes and the hash index finds only one at a time.
  const { rowCount } = await sql.query(
    `with ended as (
       update postrider.subscription b set state = 'unsubscribed', since = now()
       from unnest($1::text[]) as r (hash) join postrider.subscriber s on s.hash = r.hash
       where b.subscriber_id = s.id and b.list_id = any($2) and b.state <> 'unsubscribed'
       returning b.subscriber_id, b.list_id)
     insert into postrider.consent (subscriber_id, list_id, action, form, network)
     select subscriber_id, list_id, 'left', $3, $4 from ended`,
    [recipients, rows.map(({ id }) => id), form, network ?? null],
  );
  return rowCount ?? 0;
}
