/** Numbers of deliveries and subscriptions, kept by the triggers of `migrations/0250_kept_counts.sql`. */

import type { Sql } from "#core/ports/transaction.ts";

/** A query: `state` and `n` of one channel of a publication. `audit` counts the deliveries themselves. */
export function keptStates(publication: string, channel: string): string {
  return `select state, sum(change)::int as n from postrider.delivery_count
    where publication_id = ${publication} and channel = ${channel} group by state having sum(change) <> 0`;
}

/** A query: `subject` and `n` of the accepted emails of one channel of a publication. */
export function keptSubjects(publication: string, channel: string, winner: string): string {
  return `select coalesce(subject, ${winner}) as subject, sum(change)::int as n from postrider.delivery_count
    where publication_id = ${publication} and channel = ${channel} and state = 'accepted' group by 1`;
}

/** A query: the reasons of one channel of a publication, the most frequent first. */
export function keptReasons(publication: string, channel: string): string {
  return `select state, code, message, sum(change)::int as count from postrider.delivery_count
    where publication_id = ${publication} and channel = ${channel}
      and (code is not null or message is not null) group by 1, 2, 3 having sum(change) <> 0
    order by count desc, state, code`;
}

const manyRows = 500;

/** Replaces the rows of a channel or a list by their sums, if there are many. Writers need not wait: they only add rows. */
export async function addUpCounts(sql: Sql, many = manyRows): Promise<void> {
  await sql.query(
    `with many as materialized (
       select publication_id, channel from postrider.delivery_count group by 1, 2 having count(*) > $1 limit 20),
     gone as (
       delete from postrider.delivery_count c using many m
       where c.publication_id = m.publication_id and c.channel = m.channel returning c.*)
     insert into postrider.delivery_count
     select publication_id, channel, state, subject, code, message, sum(change) from gone
     group by 1, 2, 3, 4, 5, 6 having sum(change) <> 0`,
    [many],
  );
  await sql.query(
    `with many as materialized (
       select list_id from postrider.subscription_count group by 1 having count(*) > $1 limit 20),
     gone as (delete from postrider.subscription_count c using many m where c.list_id = m.list_id returning c.*)
     insert into postrider.subscription_count (list_id, state, change)
     select list_id, state, sum(change) from gone group by 1, 2 having sum(change) <> 0`,
    [many],
  );
}
