/** What publications wait for besides their time, and which days of a channel are full. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Gate } from "#core/publishing/timing.ts";

/** As it is kept; `next`: when the page is looked at again. */
interface StoredGate extends Omit<Gate, "until"> {
  until: string;
  next: string;
}

export function newGate(until: Date): StoredGate {
  return { until: until.toISOString(), next: new Date(0).toISOString(), tries: 0, said: "", over: false };
}

/** The gate of a publication whose time has come; `null`: nothing holds it. */
export async function gateOf(sql: Sql, publicationId: string): Promise<(Gate & { due: boolean }) | null> {
  const { rows } = await sql.query<{ gate: StoredGate | null; due: boolean }>(
    `select gate, (gate->>'next')::timestamptz <= now() and coalesce(scheduled_for <= now(), true) as due
     from postrider.publication where id = $1 and released_at is null`,
    [publicationId],
  );
  const gate = rows[0]?.gate;
  return gate ? { ...gate, until: new Date(gate.until), due: rows[0]?.due ?? false } : null;
}

/**
 * The page is there, or an operator has said that it doesn't matter. Returns whether this call opened it.
 * @param until - only the gate that was looked at: it may have been rescheduled meanwhile.
 */
export async function openGate(
  tx: Sql,
  publicationId: string,
  actor: string,
  until: Date | null = null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update postrider.publication set gate = null where id = $1 and gate is not null and released_at is null
       and ($2::timestamptz is null or ${sameMoment("$2::timestamptz")})`,
    [publicationId, until],
  );
  if (rowCount)
    await tx.query("insert into postrider.event (kind, actor, publication_id) values ('publication.live', $1, $2)", [
      ...[actor, publicationId],
    ]);
  return rowCount === 1;
}

/** Whether the gate is the one that was looked at. Its time may have been kept more exactly than a `Date` can say. */
function sameMoment(until: string): string {
  return `date_trunc('milliseconds', (gate->>'until')::timestamptz) = date_trunc('milliseconds', ${until})`;
}

/** The page is not there yet. */
export async function keepGate(sql: Sql, publicationId: string, gate: Gate, nextInMs: number): Promise<void> {
  const { until, tries, said, over } = gate;
  await sql.query(
    `update postrider.publication set gate = $2::jsonb || jsonb_build_object('next', now() + $3 * interval '1 millisecond')
     where id = $1 and ${sameMoment("($2::jsonb->>'until')::timestamptz")}`,
    [publicationId, JSON.stringify({ until, tries, said, over }), nextInMs],
  );
}

/** Gives what was given up another time to wait. */
export async function renewGate(tx: Sql, publicationId: string, until: Date): Promise<void> {
  await tx.query("update postrider.publication set gate = $2 where id = $1 and (gate->>'over')::boolean", [
    ...[publicationId, JSON.stringify(newGate(until))],
  ]);
}

/**
 * The first of this time and the same time of the days after it whose day has fewer than `most` publications for the channel.
 * @param taken - times that are as good as taken.
 * @param moving - publications that are getting another time.
 */
export async function freeDay(
  tx: Sql,
  channel: string,
  at: Date,
  most: number,
  timezone: string,
  taken: readonly Date[],
  moving: readonly string[] = [],
): Promise<Date> {
  // Two at once would both see one too few.
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 41))", [channel]);
  const { rows } = await tx.query<{ at: Date }>(
    `with recursive day (n, at) as (
       select 0, $2::timestamptz
       union all select n + 1, ((at at time zone $3) + interval '1 day') at time zone $3 from day where n < 1000)
     select d.at from day d where
       (select count(*) from unnest($5::timestamptz[]) t (at) where (t.at at time zone $3)::date = (d.at at time zone $3)::date)
       + (select count(*) from postrider.publication_channel c join postrider.publication p on p.id = c.publication_id
       where c.channel = $1 and c.cancelled_at is null and p.id <> all($6) and p.created_at > now() - interval '1000 days'
         and (coalesce(p.scheduled_for, p.created_at) at time zone $3)::date = (d.at at time zone $3)::date) < $4
     order by n limit 1`,
    [channel, at, timezone, most, taken, moving],
  );
  return rows[0]?.at ?? at;
}
