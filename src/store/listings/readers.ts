/** Pages of subscribers, newest first; with the beginning of an address, in the order of the addresses. */

import { PostriderError } from "#core/errors.ts";
import { type Found, foundIn, type Slice } from "#core/listings/page.ts";
import type { ListedReader, SubscriberFilter } from "#core/listings/reader-list.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { segmentCondition } from "#store/audience/segments.ts";
import { listNamed } from "#store/readers/lists.ts";
import { lastId, type Parameter, parameters, usualReach } from "./statement.ts";

/** The filter, with the list's id. */
interface Wanted extends Omit<SubscriberFilter, "list"> {
  list: number | null;
}

/** @throws PostriderError `not_found` for an unknown list; `invalid` for an invalid segment */
export async function readerPage(
  sql: Sql,
  filter: SubscriberFilter,
  slice: Slice,
  reach = usualReach,
): Promise<Found<ListedReader>> {
  const list = filter.list === undefined ? null : await listNamed(sql, filter.list);
  if (filter.list !== undefined && list === null)
    throw new PostriderError("not_found", `There is no list "${filter.list}"`);
  const wanted: Wanted = { ...filter, list };
  const { values, parameter } = parameters();
  const { address, state, segment } = filter;
  // The candidates are then already what is wanted.
  const isExact =
    segment === undefined &&
    state !== "suppressed" &&
    (address === undefined || (list === null && state === undefined));
  const condition = isExact ? null : conditionOf(wanted, values, parameter);
  // Looking for a suppression takes twice as long as other conditions.
  const looked = Math.ceil(reach.entries / (state === "suppressed" ? 2 : 1));
  const depth = isExact ? slice.limit + 1 : Math.max(slice.limit + 1, looked);
  const { rows } = await sql.query<{ id: string | null; key: string; edge: string | null }>(
    `with taken as materialized (${candidates(wanted, slice.after, depth, parameter)})
     select e.edge, r.* from (
       select case when max(place) >= ${depth} then (select key from taken where place = ${depth}) end as edge from taken) e
     left join lateral (
       select s.id, t.key, t.place from (select * from taken order by place) t join postrider.subscriber s on s.id = t.id
       ${condition === null ? "" : `where ${condition}`} order by t.place limit ${slice.limit + 1}) r on true
     order by r.place`,
    values,
  );
  const found = foundIn(
    rows.filter(({ id }) => id !== null),
    slice.limit,
    ({ key }) => key,
  );
  const ids = found.items.map(({ id }) => id as string);
  return { items: await readersOf(sql, ids), after: found.after ?? (isExact ? null : (rows[0]?.edge ?? null)) };
}

/** A statement with the columns `id`, `key` and `place`. */
function candidates(
  { address, list, state }: Wanted,
  after: string | null,
  depth: number,
  parameter: Parameter,
): string {
  if (address !== undefined) {
    const from = parameter(address.trim().toLowerCase(), "text");
    return `select id, normalized as key, row_number() over (order by normalized) as place from postrider.subscriber
      where normalized >= ${from} and normalized < ${from} || chr(1114111)
        ${after === null ? "" : `and normalized > ${parameter(after, "text")}`}
      order by normalized limit ${depth}`;
  }
  const before = after === null ? lastId : parameter(after, "bigint");
  if (list === null && state === undefined)
    return `select id, id::text as key, row_number() over (order by id desc) as place from postrider.subscriber
      where id < ${before} order by id desc limit ${depth}`;
  // Each list gives its newest ones, in the order of its own index.
  const inState = state && `and state = ${parameter(state === "suppressed" ? "confirmed" : state, "text")}`;
  return `select id, id::text as key, row_number() over (order by id desc) as place from (
      select distinct b.subscriber_id as id from postrider.list l cross join lateral (
        select subscriber_id from postrider.subscription where list_id = l.id and subscriber_id < ${before} ${inState ?? ""}
        order by subscriber_id desc limit ${depth}) b
      ${list === null ? "" : `where l.id = ${parameter(list, "int")}`} order by id desc limit ${depth}) n`;
}

/** What has to be true for one of the person's subscriptions. */
function conditionOf({ list, state, segment }: Wanted, values: unknown[], parameter: Parameter): string {
  const conditions = ["b.subscriber_id = s.id"];
  if (list !== null) conditions.push(`b.list_id = ${parameter(list, "int")}`);
  if (state === "suppressed")
    conditions.push(`b.state = 'confirmed' and exists (
      select from postrider.suppression x where x.hash = s.hash and (x.list_id is null or x.list_id = b.list_id))`);
  else if (state !== undefined) conditions.push(`b.state = ${parameter(state, "text")}`);
  if (segment !== undefined) {
    const compiled = segmentCondition(segment, values.length + 1);
    values.push(...compiled.values);
    conditions.push(compiled.sql);
  }
  return `exists (select from postrider.subscription b where ${conditions.join(" and ")})`;
}

async function readersOf(sql: Sql, ids: readonly string[]): Promise<ListedReader[]> {
  const { rows } = await sql.query<ListedReader>(
    `select s.id, s.address, s.name, s.language, s.attributes, s.created_at as "createdAt",
       (select x.reason from postrider.suppression x where x.hash = s.hash and x.list_id is null) as suppressed,
       coalesce((select jsonb_agg(jsonb_build_object('name', l.name, 'state', b.state, 'since', b.since) order by l.name)
         from postrider.subscription b join postrider.list l on l.id = b.list_id where b.subscriber_id = s.id), '[]') as lists
     from unnest($1::bigint[]) with ordinality o (id, place) join postrider.subscriber s on s.id = o.id order by o.place`,
    [ids],
  );
  return rows.map((row) => ({ ...row, lists: row.lists.map((each) => ({ ...each, since: new Date(each.since) })) }));
}
