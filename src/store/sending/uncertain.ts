/** Uncertain deliveries: which to look up on their network, and the results. */

import type { UncertainDelivery } from "#core/ports/sending.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Receipt } from "#core/sending/delivery.ts";

const mostAtOnce = 100;

/** Uncertain for at least half a minute: before that, the other side may still be processing it. */
export async function dueLookups(sql: Sql, channel: string): Promise<UncertainDelivery[]> {
  const { rows } = await sql.query<UncertainDelivery>(
    `select d.id, d.publication_id as "publicationId", d.recipient, d.generation, d.looks, null as subscriber
     from postrider.delivery d
     join postrider.publication_channel c using (publication_id, channel)
     where d.channel = $1 and d.state = 'uncertain' and d.recipient = '' and c.medium <> 'email'
       and greatest(d.look_at, coalesce(d.settled_at, d.updated_at) + interval '30 seconds') <= now()
     order by d.id limit ${mostAtOnce}`,
    [channel],
  );
  return rows;
}

/** Does nothing if the delivery was settled or checked by another process in the meantime. */
export async function recordLookup(
  sql: Sql,
  { id, looks }: Pick<UncertainDelivery, "id" | "looks">,
  found: Receipt | null,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    // A post that was certainly not published is due again, unless it was cancelled or withdrawn.
    `update postrider.delivery d set
       state = case when $3 then 'accepted' when c.ended then 'cancelled' else 'pending' end,
       settled_at = case when $3 or c.ended then now() end,
       remote_id = $4, url = $5, response = $6, parts = $7, failure = null, claim = null,
       looks = looks + 1, look_at = null, due_at = now(), updated_at = now()
     from (select publication_id, channel, cancelled_at is not null or withdrawn_at is not null as ended
       from postrider.publication_channel) c
     where d.id = $1 and d.looks = $2 and d.state = 'uncertain'
       and c.publication_id = d.publication_id and c.channel = d.channel`,
    [
      ...[id, looks, found !== null, found?.remoteId ?? null, found?.url ?? null, found?.response ?? null],
      found?.parts ? JSON.stringify(found.parts) : null,
    ],
  );
  if (rowCount === 1 && !found)
    await sql.query(
      `update postrider.publication_channel c set open = true from postrider.delivery d
       where d.id = $1 and c.publication_id = d.publication_id and c.channel = d.channel`,
      [id],
    );
  return rowCount === 1;
}

/** Checks again later, each time after twice as long, at most a day. */
export async function putOffLookup(sql: Sql, { id, looks }: Pick<UncertainDelivery, "id" | "looks">): Promise<void> {
  await sql.query(
    `update postrider.delivery set looks = looks + 1,
       look_at = now() + least(interval '1 day', interval '1 minute' * power(2, least(looks, 11)))
     where id = $1 and looks = $2 and state = 'uncertain'`,
    [id, looks],
  );
}
