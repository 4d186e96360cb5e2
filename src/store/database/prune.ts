/** Deletes old data that the operator chose not to keep: events of single deliveries, and stored emails. */

import type { Sql } from "#core/ports/transaction.ts";

/** Only for channels that are finished. Decisions, alarms and actors are kept. */
const old = `from postrider.event e
  join postrider.publication_channel c on c.publication_id = e.publication_id and c.channel = e.channel
  where e.kind like 'delivery.%' and e.at < $1 and not c.open`;

export async function prunableEvents(sql: Sql, before: Date): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(`select count(*)::int as count ${old}`, [before]);
  return rows[0]?.count ?? 0;
}

/** Replaces the events of each channel of a publication by one event, with the totals that `audit` needs. Returns how many were deleted. */
export async function pruneEvents(tx: Sql, before: Date): Promise<number> {
  await tx.query("set local postrider.summing_up = 'on'");
  const { rows } = await tx.query<{ count: number }>(
    `with old as materialized (select e.id, e.publication_id, e.channel, e.post_id, e.kind, e.data ${old}),
     accepted as (
       select publication_id, channel, count(*) as deliveries, count(*) filter (where times > 1) as twice from (
         select o.publication_id, o.channel, count(*) as times from old o, jsonb_array_elements(o.data->'deliveries') d
         where o.kind = 'delivery.accepted' group by o.publication_id, o.channel, d) n
       group by publication_id, channel),
     summed as (
       insert into postrider.event (kind, post_id, publication_id, channel, data)
       select 'history.summed-up', o.post_id, o.publication_id, o.channel, jsonb_build_object('before', $1::timestamptz,
         'events', count(*), 'accepted', coalesce(max(a.deliveries), 0), 'twice', coalesce(max(a.twice), 0))
       from old o left join accepted a on a.publication_id = o.publication_id and a.channel = o.channel
       group by o.post_id, o.publication_id, o.channel),
     gone as (delete from postrider.event e using old o where e.id = o.id returning 1)
     select count(*)::int as count from gone`,
    [before],
  );
  await tx.query("set local postrider.summing_up = 'off'");
  return rows[0]?.count ?? 0;
}

/** A retry after this time renders its email again, from the published revision. */
const stale = `from postrider.frozen_mail m where m.made_at < $1 and exists (
  select 1 from postrider.publication_channel c
  where c.publication_id = m.publication_id and c.channel = m.channel and not c.open)`;

export async function prunableMails(sql: Sql, before: Date): Promise<number> {
  return (await sql.query(`select 1 ${stale}`, [before])).rowCount ?? 0;
}

export async function pruneMails(sql: Sql, before: Date): Promise<number> {
  return (await sql.query(`delete ${stale}`, [before])).rowCount ?? 0;
}

const staleLimits = "from postrider.pace where at < $1 and (blocked_until is null or blocked_until < $1)";

/** Deletes limits of channels and providers that were not used since then. Returns how many. */
export async function pruneLimits(sql: Sql, before: Date): Promise<number> {
  return (await sql.query(`delete ${staleLimits}`, [before])).rowCount ?? 0;
}

export async function prunableLimits(sql: Sql, before: Date): Promise<number> {
  return (await sql.query(`select 1 ${staleLimits}`, [before])).rowCount ?? 0;
}
