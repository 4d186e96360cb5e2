/** Opens and clicks, for lists that tell their readers about it. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Engagement, EngagementStore } from "#core/sending/engagement.ts";
import type { Database } from "#store/database/database.ts";

/** Upper limit of links in a report. */
const mostLinks = 50;

export function openEngagement({ pool }: Database): EngagementStore {
  return {
    async note({ delivery, kind, url, prefetched }, lists) {
      const { rows } = await pool.query<Mailed>(
        // The trace is the key's first 64 bits; the rest of the token was signed by us.
        `insert into postrider.engagement as e (subscriber_id, list_id, post_id, kind, url, prefetched)
         select s.id, l.id, d.post_id, $2, $3, $4
         from postrider.delivery d
         join postrider.publication_channel c using (publication_id, channel)
         join postrider.list l on l.name = c.list and l.name = any($5)
         join postrider.subscriber s on s.hash = d.recipient
         where d.recipient <> '' and postrider.delivery_trace(d.channel, d.post_id, d.recipient, d.generation) = $1
         limit 1
         on conflict (subscriber_id, list_id, post_id, kind, url)
           do update set prefetched = false, at = excluded.at where e.prefetched and not excluded.prefetched
         returning e.subscriber_id as subscriber, e.list_id as list, e.post_id as post`,
        [Buffer.from(delivery.slice(0, 16), "hex"), kind, url, prefetched, lists],
      );
      if (rows[0] && !prefetched) await recogniseScanner(pool, rows[0]);
    },
  };
}

/** One reader's mail of a post. */
interface Mailed {
  subscriber: string;
  list: number;
  post: string;
}

/**
 * Some mail filters open every link in a real browser. Nobody follows two links of a mail within a second, or three within ten:
 * what was seen then was a machine, until the reader comes.
 */
async function recogniseScanner(sql: Sql, { subscriber, list, post }: Mailed): Promise<void> {
  await sql.query(
    `with clicks as (select at from postrider.engagement
       where subscriber_id = $1 and list_id = $2 and post_id = $3 and kind = 'click' and at > now() - interval '10 seconds')
     update postrider.engagement set prefetched = true
     where subscriber_id = $1 and list_id = $2 and post_id = $3 and not prefetched and at > now() - interval '10 seconds'
       and ((select count(*) from clicks) >= 3 or (select count(*) from clicks where at > now() - interval '1 second') >= 2)`,
    [subscriber, list, post],
  );
}

/** `null` where nothing was ever noted. */
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
