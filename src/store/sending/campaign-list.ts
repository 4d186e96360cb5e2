/** Campaigns as operators see them: state, counts, rate, time left. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Campaign, CampaignState } from "#core/sending/campaign.ts";
import { type Counts, type DeliveryState, isSettled, noCounts } from "#core/sending/delivery.ts";
import { workedChannels } from "./workers.ts";

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
}

/** All email campaigns, and waiting publications of other media; newest first. @param publicationId - only this one. */
export async function campaigns(sql: Sql, publicationId?: string): Promise<Campaign[]> {
  const { rows } = await sql.query<Row>(
    `select p.id, c.channel, c.post_id as post, t.title, c.list, p.actor, p.created_at as "createdAt",
       p.scheduled_for as "scheduledFor", p.released_at as "startedAt", p.released_at is not null as released,
       c.frozen_at is not null as frozen, case when c.paused_at is not null then coalesce(c.pause_reason, '') end as paused,
       case when c.stalled_at is not null then coalesce(c.failure->>'message', '') end as stopped,
       c.cancelled_at is not null as cancelled,
       case when k.counts is not null then k.counts else (select jsonb_object_agg(state, n) from (
          select d.state, count(*) as n from postrider.delivery d
          where d.publication_id = c.publication_id and d.channel = c.channel group by 1) s) end as counts,
       c.subjects as "subjectCount", c.winner, case when c.subjects > 1 then (
         select jsonb_object_agg(subject, n) from (
           select coalesce(d.subject, c.winner) as subject, count(*) as n from postrider.delivery d
           where d.publication_id = c.publication_id and d.channel = c.channel and d.state = 'accepted' group by 1) s
         where subject is not null) end as sent,
       coalesce((select sum((e.data->>'count')::int) from postrider.event e
          where e.publication_id = c.publication_id and e.channel = c.channel and e.kind = 'delivery.accepted'
            and e.delivery_id is null and e.at > now() - interval '${rateSeconds} seconds'), 0)::int as settled
     from postrider.publication_channel c
     join postrider.publication p on p.id = c.publication_id
     join postrider.post t on t.id = c.post_id
     left join postrider.settled_count k on k.publication_id = c.publication_id and k.channel = c.channel and not c.open
     where p.id = $1 or $1::uuid is null and (c.medium = 'email' or p.released_at is null and c.cancelled_at is null)
     order by p.created_at desc, c.channel`,
    [publicationId ?? null],
  );
  const worked = await workedChannels(sql);
  return rows.map((row) => campaign(row, worked.has(row.channel)));
}

function campaign(
  { counts: some, released, frozen, paused, stopped, cancelled, settled, ...rest }: Row,
  working: boolean,
): Campaign {
  const { subjectCount, winner, sent, ...row } = rest;
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
