/** Campaigns as operators see them: state, counts, rate, time left. */

import type { CampaignFilter } from "#core/listings/campaign-list.ts";
import { type Found, foundIn, type Slice } from "#core/listings/page.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Campaign, CampaignState } from "#core/sending/campaign.ts";
import { type Counts, type DeliveryState, isSettled, noCounts } from "#core/sending/delivery.ts";
import { keptStates, keptSubjects } from "#store/sending/kept-counts.ts";
import { workedChannels } from "#store/sending/workers.ts";
import { parameters } from "./statement.ts";

/** Seconds over which the rate is measured. */
const rateSeconds = 60;

interface Row extends Omit<Campaign, "counts" | "state" | "working" | "perSecond" | "secondsLeft" | "reason"> {
  counts: Partial<Counts> | null;
  released: boolean;
  frozen: boolean;
  paused: string | null;
  stopped: string | null;
  cancelled: boolean;
  settled: number;
  subjectCount: number;
  winner: number | null;
  sent: Record<string, number> | null;
  /** Where the next page begins. */
  place: string;
}

/** All email campaigns, and waiting publications of other media; newest first. @param publicationId - only this one. */
export async function campaigns(sql: Sql, publicationId?: string): Promise<Campaign[]> {
  const where = `p.id = $1 or $1::uuid is null and ${listed}`;
  return shown(sql, await rowsOf(sql, `where ${where} order by p.created_at desc, c.channel`, [publicationId ?? null]));
}

export async function campaignPage(
  sql: Sql,
  { post, channel }: CampaignFilter,
  { after, limit }: Slice,
): Promise<Found<Campaign>> {
  const { values, parameter } = parameters();
  const conditions = [listed];
  if (post !== undefined) conditions.push(`p.post_id = ${parameter(post, "text")}`);
  if (channel !== undefined) conditions.push(`c.channel = ${parameter(channel, "text")}`);
  if (after !== null) {
    const [micros, id, ...name] = after.split(" ");
    const time = `timestamptz 'epoch' + ${parameter(micros, "bigint")} * interval '1 microsecond'`;
    const place = `(${time}, ${parameter(id, "uuid")})`;
    conditions.push(
      `(p.created_at, p.id) <= ${place} and not ((p.created_at, p.id) = ${place} and c.channel <= ${parameter(name.join(" "), "text")})`,
    );
  }
  const rows = await rowsOf(
    sql,
    `where ${conditions.join(" and ")} order by p.created_at desc, p.id desc, c.channel limit ${limit + 1}`,
    values,
  );
  const found = foundIn(rows, limit, ({ place }) => place);
  return { items: await shown(sql, found.items), after: found.after };
}

/** Campaigns have one channel each, and publications of other media are only listed while they wait. */
const listed = "(c.medium = 'email' or p.released_at is null and c.cancelled_at is null)";

async function shown(sql: Sql, rows: readonly Row[]): Promise<Campaign[]> {
  const worked = await workedChannels(sql);
  return rows.map((row) => campaign(row, worked.has(row.channel)));
}

async function rowsOf(sql: Sql, rest: string, values: unknown[]): Promise<Row[]> {
  const { rows } = await sql.query<Row>(
    `select p.id, c.channel, c.post_id as post, t.title, c.list, p.actor, p.created_at as "createdAt",
       p.scheduled_for as "scheduledFor", p.released_at as "startedAt", p.released_at is not null as released,
       c.frozen_at is not null as frozen, case when c.paused_at is not null then coalesce(c.pause_reason, '') end as paused,
       case when c.stalled_at is not null then coalesce(c.failure->>'message', '') end as stopped,
       c.cancelled_at is not null as cancelled,
       (select jsonb_object_agg(state, n) from (${keptStates("c.publication_id", "c.channel")}) s) as counts,
       c.subjects as "subjectCount", c.winner, case when c.subjects > 1 then (
         select jsonb_object_agg(subject, n) from (${keptSubjects("c.publication_id", "c.channel", "c.winner")}) s
         where subject is not null) end as sent,
       coalesce((select sum((e.data->>'count')::int) from postrider.event e
          where e.publication_id = c.publication_id and e.channel = c.channel and e.kind = 'delivery.accepted'
            and e.delivery_id is null and e.at > now() - interval '${rateSeconds} seconds'), 0)::int as settled,
       (extract(epoch from p.created_at) * 1000000)::bigint || ' ' || p.id || ' ' || c.channel as place
     from postrider.publication_channel c
     join postrider.publication p on p.id = c.publication_id
     join postrider.post t on t.id = c.post_id
     ${rest}`,
    values,
  );
  return rows;
}

function campaign(
  { counts: some, released, frozen, paused, stopped, cancelled, settled, ...rest }: Row,
  working: boolean,
): Campaign {
  const { subjectCount, winner, sent, place: _, ...row } = rest;
  const counts: Counts = { ...noCounts(), ...some };
  const open = Object.entries(counts).reduce((sum, [state, n]) => sum + (isSettled(state as DeliveryState) ? 0 : n), 0);
  const seconds = Math.min(rateSeconds, Math.max(1, (Date.now() - Number(row.startedAt ?? 0)) / 1000));
  const perSecond = Math.round((settled / seconds) * 10) / 10;
  const state = stateOf({ released, frozen, paused, stopped, cancelled, open });
  return {
    ...row,
    counts,
    state,
    reason: paused ?? stopped,
    working,
    perSecond,
    ...(subjectCount > 1 && {
      subjects: { sent: Array.from({ length: subjectCount }, (_, at) => sent?.[at + 1] ?? 0), chosen: winner },
    }),
    secondsLeft: working && open > 0 && perSecond > 0 && state !== "paused" ? Math.ceil(open / perSecond) : null,
  };
}

function stateOf(
  facts: Pick<Row, "released" | "frozen" | "paused" | "stopped" | "cancelled"> & { open: number },
): CampaignState {
  if (facts.cancelled) return "cancelled";
  if (facts.paused !== null) return "paused";
  if (facts.stopped !== null) return "stopped";
  if (!facts.released) return "scheduled";
  if (!facts.frozen) return "freezing";
  return facts.open > 0 ? "sending" : "done";
}
