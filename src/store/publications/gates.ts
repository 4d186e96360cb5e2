/** What publications wait for besides their time, and which days of a channel are full. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Gate } from "#core/publishing/timing.ts";

/** The stored form. `next`: when the page is checked again. */
interface StoredGate extends Omit<Gate, "until"> {
  until: string;
  next: string;
}

export function newGate(until: Date): StoredGate {
  return { until: until.toISOString(), next: new Date(0).toISOString(), tries: 0, said: "", over: false };
}

/** The gate of a publication; `null` if it has none. */
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
 * Opens the gate, because the page is online or an operator decided to send without it. Returns whether this call
 * opened it.
 * @param until - only if this is still the gate that was checked: it may have been rescheduled in the meantime.
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

/** Whether it is the gate that was checked. The stored time may be more exact than a `Date`. */
function sameMoment(until: string): string {
  return `date_trunc('milliseconds', (gate->>'until')::timestamptz) = date_trunc('milliseconds', ${until})`;
}

/** Records that the page is not online yet. */
export async function keepGate(sql: Sql, publicationId: string, gate: Gate, nextInMs: number): Promise<void> {
  const { until, tries, said, over } = gate;
  await sql.query(
    `update postrider.publication set gate = $2::jsonb || jsonb_build_object('next', now() + $3 * interval '1 millisecond')
     where id = $1 and ${sameMoment("($2::jsonb->>'until')::timestamptz")}`,
    [publicationId, JSON.stringify({ until, tries, said, over }), nextInMs],
  );
}

/** Waits again for a page after waiting was given up. */
export async function renewGate(tx: Sql, publicationId: string, until: Date): Promise<void> {
  await tx.query("update postrider.publication set gate = $2 where id = $1 and (gate->>'over')::boolean", [
    ...[publicationId, JSON.stringify(newGate(until))],
  ]);
}

/**
 * The first day, at this time, on which the channel has fewer than `most` publications.
 * @param taken - times that count as used.
 * @param moving - publications that are being rescheduled.
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
  // Two transactions at once would each miss the other's publication.
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
