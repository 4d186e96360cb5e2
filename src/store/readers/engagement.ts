/** Opens and clicks, for lists that tell their readers about it. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Engagement, EngagementStore } from "#core/sending/engagement.ts";
import type { Database } from "#store/database/database.ts";

/** Upper limit of links in a report. */
const mostLinks = 50;

export function openEngagement({ pool }: Database): EngagementStore {
  return {
    async note({ delivery, kind, url, prefetched }, lists) {
      await pool.query(
        // The token contains the first 64 bits of the key, and we signed it.
        `insert into postrider.engagement as e (subscriber_id, list_id, post_id, kind, url, prefetched)
         select s.id, l.id, d.post_id, $2, $3, $4
         from postrider.delivery d
         join postrider.publication_channel c using (publication_id, channel)
         join postrider.list l on l.name = c.list and l.name = any($5)
         join postrider.subscriber s on s.hash = d.recipient
         where d.recipient <> '' and postrider.delivery_trace(d.channel, d.post_id, d.recipient, d.generation) = $1
         limit 1
         on conflict (subscriber_id, list_id, post_id, kind, url)
           do update set prefetched = false, at = excluded.at where e.prefetched and not excluded.prefetched`,
        [Buffer.from(delivery.slice(0, 16), "hex"), kind, url, prefetched, lists],
      );
    },
  };
}

/** `null` if nothing was ever recorded. */
export async function engagementOf(sql: Sql, post: string, list: string): Promise<Engagement | null> {
  const { rows } = await sql.query<{ kind: "open" | "click"; url: string; readers: number; machines: number }>(
    `select e.kind, e.url, count(*) filter (where not e.prefetched)::int as readers, count(*) filter (where e.prefetched)::int as machines
     from postrider.engagement e join postrider.list l on l.id = e.list_id
     where e.post_id = $1 and l.name = $2 group by e.kind, e.url order by readers desc, e.url limit ${mostLinks}`,
    [post, list],
  );
  if (rows.length === 0) return null;
  const { rows: clicks } = await sql.query<{ clicked: number }>(
    `select count(distinct e.subscriber_id)::int as clicked from postrider.engagement e join postrider.list l on l.id = e.list_id
     where e.post_id = $1 and l.name = $2 and e.kind = 'click' and not e.prefetched`,
    [post, list],
  );
  const open = rows.find(({ kind }) => kind === "open");
  return {
    opened: open?.readers ?? 0,
    prefetched: open?.machines ?? 0,
    clicked: clicks[0]?.clicked ?? 0,
    links: rows
      .filter(({ kind }) => kind === "click")
      .map(({ url, readers, machines }) => ({ url, clicked: readers, prefetched: machines })),
  };
}
