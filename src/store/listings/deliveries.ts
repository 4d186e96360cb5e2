/**
 * Pages of deliveries, newest first. A filter without an index looks at a limited number of deliveries for each page,
 * so that no request reads the whole ledger: an index of a delivery's state would slow down sending.
 */

import type { DeliveryFilter, ListedDelivery } from "#core/listings/delivery-list.ts";
import type { Found, Slice } from "#core/listings/page.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { type Candidates, candidatesFor } from "./delivery-candidates.ts";
import { lastId, type Parameter, parameters, usualReach } from "./statement.ts";

export const deliveryColumns = `d.id, d.publication_id as campaign, d.post_id as post, d.channel, c.medium, d.state, d.attempts,
  case when d.recipient = '' then null else d.subscriber_id end as subscriber, s.address, d.generation,
  d.created_at as "createdAt", case when d.state in ('pending', 'retrying') then d.due_at end as "dueAt",
  d.intent_at as "intentAt", d.settled_at as "settledAt", d.failure, d.remote_id as "remoteId", d.url`;

export const deliveryJoins = `join postrider.publication_channel c on c.publication_id = d.publication_id and c.channel = d.channel
  left join postrider.subscriber s on d.recipient <> '' and s.id = d.subscriber_id`;

export async function deliveryPage(
  sql: Sql,
  filter: DeliveryFilter,
  slice: Slice,
  reach = usualReach,
): Promise<Found<ListedDelivery>> {
  const { values, parameter } = parameters();
  const { after, limit } = slice;
  const before = after === null ? lastId : parameter(after, "bigint");
  const conditions = conditionsOf(filter, parameter);
  const isExact = conditions.length === 0;
  const candidates = await candidatesFor(sql, filter, { ...slice, before, parameter, isExact, reach });
  if (!candidates) return { items: [], after: null };
  const { rows } = await sql.query<ListedDelivery & { edge: string; id: string | null }>(
    statement(candidates, conditions, limit + 1),
    values,
  );
  const found = rows.filter(({ id }) => id !== null).map(({ edge: _, ...row }) => row);
  const items = found.slice(0, limit);
  if (found.length > limit) return { items, after: items.at(-1)?.id ?? null };
  const edge = rows[0]?.edge ?? "0";
  return { items, after: edge === "0" ? null : edge };
}

/**
 * A stream that was cut off may have more deliveries below its lowest one, and these can be newer than those of other
 * streams. So the page ends at the highest of these lowest ones, and the next page begins there.
 */
function statement({ streams, depth, edge }: Candidates, conditions: readonly string[], limit: number): string {
  return `with taken as materialized (
      select id, count(*) over (partition by stream) as n, min(id) over (partition by stream) as lowest from (${streams}) t),
    edge as materialized (
      select greatest(${edge}, coalesce(max(lowest) filter (where n >= ${depth}), 0)) as id from taken)
    select edge.id as edge, r.* from edge left join lateral (
      select ${deliveryColumns} from (select id from taken where id >= edge.id group by id order by id desc) t
      join postrider.delivery d on d.id = t.id ${deliveryJoins}
      ${conditions.length > 0 ? `where ${conditions.join(" and ")}` : ""}
      order by t.id desc limit ${limit}) r on true
    order by r.id desc`;
}

/** What the candidates don't have in common. */
function conditionsOf({ state, domain, code, text, ...filter }: DeliveryFilter, parameter: Parameter): string[] {
  const { subscriber, campaign, post, channel } = filter;
  const ofReader = subscriber !== undefined;
  return [
    ofReader && campaign !== undefined && `d.publication_id = ${parameter(campaign, "uuid")}`,
    ofReader && post !== undefined && `d.post_id = ${parameter(post, "text")}`,
    ofReader && channel !== undefined && `d.channel = ${parameter(channel, "text")}`,
    state !== undefined && `d.state = ${parameter(state, "text")}`,
    domain !== undefined &&
      `split_part(s.normalized collate "default", '@', 2) = ${parameter(domain.trim().toLowerCase(), "text")}`,
    code !== undefined && `d.failure->>'code' = ${parameter(code, "text")}`,
    text !== undefined && `position(lower(${parameter(text, "text")}) in lower(d.failure->>'message')) > 0`,
  ].filter((condition) => condition !== false);
}
