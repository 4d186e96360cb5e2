/** Numbers for monitoring: deliveries by channel and state, delays, and what waits for an operator. */

import type { Sql } from "#core/ports/transaction.ts";
import type { DeliveryState } from "#core/sending/delivery.ts";
import type { Measured } from "#core/sending/measured.ts";

/** Counting takes at most this share of the time, so a large ledger is counted less often. */
const share = 0.05;
const leastMs = 1_000;

/** Counts the rows, and caches the result for a while. Simultaneous requests share one count. */
export function openMeasure(sql: Sql): () => Promise<Measured> {
  let last: { asked: Promise<Measured>; until: number } | null = null;
  return () => {
    if (last && performance.now() < last.until) return last.asked;
    const began = performance.now();
    const mine = { asked: measure(sql), until: Infinity };
    last = mine;
    mine.asked
      .then(() => performance.now() + Math.max(leastMs, (performance.now() - began) / share))
      .catch(() => 0)
      .then((until) => {
        mine.until = until;
      });
    return mine.asked;
  };
}

async function measure(sql: Sql): Promise<Measured> {
  const deliveries = await sql.query<{ channel: string; state: DeliveryState; count: number }>(
    "select channel, state, count(*)::float8 as count from postrider.delivery group by 1, 2 order by 1, 2",
  );
  const channels = await sql.query<Measured["channels"][number]>(
    `select c.channel,
       count(*) filter (where c.paused_at is not null)::int as paused,
       count(*) filter (where c.stalled_at is not null)::int as stalled,
       coalesce(max(extract(epoch from now() - late.since)), 0)::float8 as "lateSeconds"
     from postrider.publication_channel c,
       lateral (select min(d.due_at) as since from postrider.delivery d
         where d.publication_id = c.publication_id and d.channel = c.channel and d.state in ('pending', 'retrying')
           and d.due_at <= now() and c.paused_at is null) late
     where c.open and c.cancelled_at is null group by 1 order by 1`,
  );
  return { deliveries: deliveries.rows, channels: channels.rows };
}
