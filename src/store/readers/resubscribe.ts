/** Subscribes somebody again who asked an operator. This is the only way without a confirmation email. */

import type { Sql } from "#core/ports/transaction.ts";
import { type NewSubscriber, normalizeAddress, type SubscriptionState } from "#core/readers/subscriber.ts";
import type { Resubscribed, Resubscription } from "#core/readers/subscriber-book.ts";
import { holdForgetting } from "./forget.ts";
import { ensureList } from "./lists.ts";
import { liftOwn, note } from "./suppressions.ts";

export async function resubscribe(
  tx: Sql,
  { address, name }: NewSubscriber,
  hash: string,
  { list, consent, actor }: Resubscription,
): Promise<Resubscribed> {
  await holdForgetting(tx);
  const listId = await ensureList(tx, list);
  const { rows: people } = await tx.query<{ id: string }>(
    `insert into postrider.subscriber (address, normalized, hash, name) values ($1, $2, $3, $4)
     on conflict (normalized) do update set name = coalesce(subscriber.name, excluded.name), updated_at = now() returning id`,
    [address.trim(), normalizeAddress(address), hash, name?.trim() || null],
  );
  const id = people[0]?.id;
  const { rows: before } = await tx.query<{ state: SubscriptionState }>(
    "select state from postrider.subscription where list_id = $1 and subscriber_id = $2",
    [listId, id],
  );
  const was = before[0]?.state ?? null;
  const lifted = await liftOwn(tx, hash, [listId]);
  if (was !== "confirmed") {
    await tx.query(
      `insert into postrider.subscription (list_id, subscriber_id, state, source) values ($1, $2, 'confirmed', $3)
       on conflict (list_id, subscriber_id) do update set state = 'confirmed', since = now(), source = excluded.source`,
      [listId, id, consent],
    );
  }
  if (was !== "confirmed" || lifted.length > 0)
    await tx.query(
      `insert into postrider.consent (subscriber_id, list_id, action, form, evidence)
       values ($1, $2, 'confirmed', 'operator', $3)`,
      [id, listId, consent],
    );
  for (const reason of lifted)
    await note(tx, "suppression.lifted", actor, { hash, was: reason, reason: "resubscribed" });
  const { rows: suppressions } = await tx.query<Resubscribed["suppressions"][number]>(
    `select x.reason, l.name as list, x.created_at as since from postrider.suppression x
     left join postrider.list l on l.id = x.list_id
     where x.hash = $1 and (x.list_id is null or x.list_id = $2) order by x.created_at`,
    [hash, listId],
  );
  return { was, forgotten: lifted.includes("forgotten"), suppressions };
}
