/** One delivery with its history, and what an operator decides about an uncertain one. */

import { PostriderError } from "#core/errors.ts";
import type { DeliveryEvent, ShownDelivery, Verdict } from "#core/listings/delivery-list.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { deliveryKey } from "#core/sending/idempotency.ts";
import { deliveryColumns, deliveryJoins } from "./deliveries.ts";

/** @throws PostriderError `not_found` */
export async function showDelivery(sql: Sql, id: string): Promise<ShownDelivery> {
  const { rows } = await sql.query<Omit<ShownDelivery, "key" | "events"> & { recipient: string }>(
    `select ${deliveryColumns}, t.title, c.list, d.recipient, d.response, d.looks, d.look_at as "lookAt"
     from postrider.delivery d ${deliveryJoins} join postrider.post t on t.id = d.post_id where d.id = $1`,
    [deliveryId(id)],
  );
  const [row] = rows;
  if (!row) throw missing(id);
  const { recipient, ...delivery } = row;
  const { channel, post: postId, generation } = delivery;
  return {
    ...delivery,
    key: deliveryKey({ channel, postId, recipient, generation }),
    events: await eventsOf(sql, delivery),
  };
}

/** Many deliveries are sent in one statement, which has one event. It is searched near the times of this delivery. */
async function eventsOf(
  sql: Sql,
  {
    id,
    campaign,
    channel,
    intentAt,
    settledAt,
  }: Pick<ShownDelivery, "id" | "campaign" | "channel" | "intentAt" | "settledAt">,
): Promise<DeliveryEvent[]> {
  const { rows } = await sql.query<DeliveryEvent>(
    `select at, kind, actor, data from (
       select id, at, kind, actor, coalesce(data, '{}') as data from postrider.event where delivery_id = $1
       union all
       select id, at, kind, actor, '{}' from postrider.event, unnest(array[$4, $5]::timestamptz[]) t (near)
       where publication_id = $2 and channel = $3 and delivery_id is null
         and kind in ('delivery.sending', 'delivery.accepted')
         and at between near - interval '1 second' and near + interval '5 seconds'
         and data->'deliveries' @> to_jsonb($1::bigint)
     ) e group by id, at, kind, actor, data order by id`,
    [id, campaign, channel, intentAt, settledAt],
  );
  return rows;
}

/**
 * Records what an operator knows about an uncertain delivery: it arrived, or it is left as it is.
 * @throws PostriderError `not_found`; `conflict` if it is not uncertain
 */
export async function decideDelivery(
  tx: Sql,
  id: string,
  { verdict, actor, reason }: { verdict: Exclude<Verdict, "send-again">; actor: string; reason: string },
): Promise<void> {
  await requireUncertain(tx, id);
  // One at a time for each mailing. Otherwise two decisions at once would each count without the other.
  await tx.query(
    `select from postrider.publication_channel c join postrider.delivery d using (publication_id, channel)
     where d.id = $1 for update of c`,
    [id],
  );
  if (verdict === "arrived") {
    await tx.query(
      `update postrider.delivery set state = 'accepted', settled_at = coalesce(settled_at, now()), failure = null,
         look_at = null, updated_at = now()
       where id = $1`,
      [id],
    );
  }
  await tx.query(
    `insert into postrider.event (kind, actor, post_id, publication_id, channel, delivery_id, data)
     select 'verdict.' || $2, $3, post_id, publication_id, channel, id, jsonb_build_object('reason', $4::text)
     from postrider.delivery where id = $1`,
    [id, verdict, actor, reason],
  );
}

/** Until the transaction ends, nobody else decides. @throws PostriderError `not_found`; `conflict` */
export async function requireUncertain(tx: Sql, id: string): Promise<void> {
  const { rows } = await tx.query<{ state: string }>("select state from postrider.delivery where id = $1 for update", [
    deliveryId(id),
  ]);
  const [row] = rows;
  if (!row) throw missing(id);
  if (row.state === "uncertain") return;
  throw new PostriderError("conflict", `This delivery is ${row.state}, not uncertain`, {
    hint: "Only uncertain deliveries need a decision.",
  });
}

/** @throws PostriderError `not_found` if this can't be the id of a delivery */
function deliveryId(id: string): string {
  if (/^\d{1,18}$/.test(id)) return id;
  throw missing(id);
}

function missing(id: string): PostriderError {
  return new PostriderError("not_found", `There is no delivery "${id}"`, {
    hint: "Ids of deliveries are numbers. `postrider deliveries list` and GET /api/v1/deliveries show them.",
  });
}
