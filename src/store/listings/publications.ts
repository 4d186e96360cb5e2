/** Pages of publications and of posts, newest first. */

import { PostriderError } from "#core/errors.ts";
import { type Found, foundIn, type Slice } from "#core/listings/page.ts";
import type { ListedChannelPart, ListedPublication, PublicationList } from "#core/listings/site-list.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import { report } from "#store/publications/report.ts";
import { parameters } from "./statement.ts";

/** Microseconds and an id: a time alone is not unique, and a JavaScript date is not exact enough. */
const keyOf = (time: string, id: string) => `(extract(epoch from ${time}) * 1000000)::bigint || ' ' || ${id}`;
const timeOf = (place: string) =>
  `timestamptz 'epoch' + split_part(${place}, ' ', 1)::bigint * interval '1 microsecond'`;
const idOf = (place: string) => `substr(${place}, position(' ' in ${place}) + 1)`;

const columns = `p.id, p.post_id as post, t.title, p.revision, p.actor, p.reason, p.created_at as "createdAt",
  p.scheduled_for as "scheduledFor", p.released_at as "releasedAt",
  (select jsonb_agg(jsonb_build_object('name', c.channel, 'adapter', c.adapter, 'medium', c.medium, 'list', c.list,
      'generation', c.generation, 'prepared', c.prepared, 'open', c.open, 'pausedAt', c.paused_at, 'stalledAt', c.stalled_at,
      'cancelledAt', c.cancelled_at, 'withdrawnAt', c.withdrawn_at) order by c.channel)
    from postrider.publication_channel c where c.publication_id = p.id) as channels`;

type Row = Omit<ListedPublication, "channels"> & { channels: ListedChannelPart[] | null; key: string };

export async function publicationPage(
  sql: Sql,
  { post, channel }: Parameters<PublicationList["page"]>[0],
  { after, limit }: Slice,
): Promise<Found<ListedPublication>> {
  const { values, parameter } = parameters();
  const place = after === null ? null : parameter(after, "text");
  const conditions = [
    place && `(p.created_at, p.id) < (${timeOf(place)}, (${idOf(place)})::uuid)`,
    post !== undefined && `p.post_id = ${parameter(post, "text")}`,
    channel !== undefined &&
      `exists (select from postrider.publication_channel c where c.publication_id = p.id and c.channel = ${parameter(channel, "text")})`,
  ].filter((condition) => typeof condition === "string");
  const { rows } = await sql.query<Row>(
    `select ${columns}, ${keyOf("p.created_at", "p.id")} as key
     from postrider.publication p join postrider.post t on t.id = p.post_id
     ${conditions.length > 0 ? `where ${conditions.join(" and ")}` : ""}
     order by p.created_at desc, p.id desc limit ${limit + 1}`,
    values,
  );
  const { items, after: next } = foundIn(rows, limit, ({ key }) => key);
  return { items: items.map(publication), after: next };
}

/** @throws PostriderError `not_found` */
export async function showPublication(sql: Sql, id: string): Promise<ListedPublication> {
  const { rows } = await sql.query<Row>(
    `select ${columns}, '' as key from postrider.publication p join postrider.post t on t.id = p.post_id where p.id::text = $1`,
    [id],
  );
  if (rows[0]) return publication(rows[0]);
  throw new PostriderError("not_found", `There is no publication "${id}"`, {
    hint: "Ids of publications are UUIDs. GET /api/v1/publications lists them.",
  });
}

/** In the order in which the ledger first saw them. */
export async function postPage(sql: Sql, { after, limit }: Slice): Promise<Found<PublicationReport>> {
  const { values, parameter } = parameters();
  const place = after === null ? null : parameter(after, "text");
  const { rows } = await sql.query<{ id: string; key: string }>(
    `select t.id, ${keyOf("t.first_seen_at", "t.id")} as key from postrider.post t
     where exists (select from postrider.publication_channel c where c.post_id = t.id)
       ${place ? `and (t.first_seen_at, t.id) < (${timeOf(place)}, ${idOf(place)})` : ""}
     order by t.first_seen_at desc, t.id desc limit ${limit + 1}`,
    values,
  );
  const { items, after: next } = foundIn(rows, limit, ({ key }) => key);
  const ids = items.map(({ id }) => id);
  const reports = await report(sql, ids);
  return { items: reports.toSorted((a, b) => ids.indexOf(a.post) - ids.indexOf(b.post)), after: next };
}

function publication({ key: _, channels, ...row }: Row): ListedPublication {
  const time = (text: Date | null): Date | null => (text === null ? null : new Date(text));
  return {
    ...row,
    channels: (channels ?? []).map((each) => ({
      ...each,
      pausedAt: time(each.pausedAt),
      stalledAt: time(each.stalledAt),
      cancelledAt: time(each.cancelledAt),
      withdrawnAt: time(each.withdrawnAt),
    })),
  };
}
