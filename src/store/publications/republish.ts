/** The published copies of a post, and what an operator sends again. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Copy } from "#core/publishing/republish.ts";
import type { OpenCopy } from "#core/publishing/withdrawal.ts";
import { type Counts, noCounts, type Receipt } from "#core/sending/delivery.ts";
import { wanted } from "#store/sending/deliveries.ts";

interface Row extends Omit<Copy, "counts" | "delivery"> {
  counts: Partial<Counts> | null;
  deliveryId: string | null;
  receipt: Receipt | null;
}

/** The newest generation on every channel. */
export async function copies(sql: Sql, postId: string): Promise<Copy[]> {
  const { rows } = await sql.query<Row>(
    `select c.publication_id as "publicationId", c.channel, c.adapter, c.medium, c.list, c.generation,
       c.cancelled_at as "cancelledAt", c.withdrawn_at as "withdrawnAt", p.released_at is not null as begun,
       coalesce(one.revision, p.revision) as revision, coalesce(p.scheduled_for, p.created_at) as "publishedAt",
       one.id as "deliveryId", one.receipt,
       (select jsonb_object_agg(state, n) from (
          select state, count(*) as n from postrider.delivery d
          where d.publication_id = c.publication_id and d.channel = c.channel group by 1) s) as counts
     from (select distinct on (channel) * from postrider.publication_channel where post_id = $1
           order by channel, generation desc) c
     join postrider.publication p on p.id = c.publication_id
     left join lateral (
       select d.id, d.revision, jsonb_strip_nulls(jsonb_build_object(
         'remoteId', d.remote_id, 'url', d.url, 'response', d.response, 'parts', d.parts)) as receipt
       from postrider.delivery d
       where d.publication_id = c.publication_id and d.channel = c.channel and c.medium <> 'email' and d.state = 'accepted'
         and d.withdrawn_at is null
       limit 1) one on true
     order by c.channel`,
    [postId],
  );
  return rows.map(({ counts, deliveryId, receipt, ...row }) => ({
    ...row,
    counts: { ...noCounts(), ...counts },
    delivery: deliveryId && receipt ? { id: deliveryId, receipt } : null,
  }));
}

/** Deliveries of a cancelled campaign that were not sent, and whose recipients still want them. */
export async function cancelledOf(sql: Sql, publicationId: string, channel: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from postrider.delivery d
     join postrider.publication_channel c on c.publication_id = d.publication_id and c.channel = d.channel
     left join postrider.list l on l.name = c.list
     where d.publication_id = $1 and d.channel = $2 and d.state = 'cancelled' and (c.medium <> 'email' or ${wanted("l.id")})`,
    [publicationId, channel],
  );
  return rows[0]?.count ?? 0;
}

/** Continues a cancelled campaign: the deliveries that were not sent become due again. Returns how many. */
export async function finish(
  tx: Sql,
  { publicationId, channel }: Pick<Copy, "publicationId" | "channel">,
  actor: string,
  reason: string,
): Promise<number> {
  await refuseEnded(tx, { publicationId, channel }, "finish");
  const { rowCount } = await tx.query(
    `update postrider.delivery set state = 'pending', attempts = 0, due_at = now(), claim = null, failure = null,
       settled_at = null, updated_at = now()
     where publication_id = $1 and channel = $2 and state in ('cancelled', 'refused')`,
    [publicationId, channel],
  );
  await tx.query(
    `update postrider.publication_channel set cancelled_at = null, paused_at = null, pause_reason = null, open = true,
       failed = 0, failures = 0, failure = null, stalled_at = null
     where publication_id = $1 and channel = $2`,
    [publicationId, channel],
  );
  await log(tx, "republication.finish", { publicationId, channel }, actor, { reason, deliveries: rowCount ?? 0 });
  return rowCount ?? 0;
}

/** The post may have been withdrawn, or the campaign cancelled, since the plan was made. @throws PostriderError `conflict` */
async function refuseEnded(
  tx: Sql,
  { publicationId, channel }: Pick<Copy, "publicationId" | "channel">,
  mode: "retry" | "finish",
): Promise<void> {
  await tx.query(
    `select 1 from postrider.post where id = (select post_id from postrider.publication where id = $1) for update`,
    [publicationId],
  );
  const { rows } = await tx.query<{ withdrawn: boolean; cancelled: boolean; overtaken: boolean }>(
    `select withdrawn_at is not null as withdrawn, cancelled_at is not null as cancelled, exists (
         select 1 from postrider.publication_channel n
         where n.post_id = c.post_id and n.channel = c.channel and n.generation > c.generation) as overtaken
     from postrider.publication_channel c where publication_id = $1 and channel = $2 for update of c`,
    [publicationId, channel],
  );
  if (rows[0]?.overtaken)
    throw new PostriderError(
      "conflict",
      `The post was published to ${channel} again in the meantime; nothing was changed`,
      {
        hint: "`postrider status` shows its deliveries.",
      },
    );
  if (rows[0]?.withdrawn)
    throw new PostriderError("conflict", `The post was withdrawn from ${channel}; it is not sent`, {
      hint: "To send it again, republish it with the mode repost.",
    });
  if (rows[0]?.cancelled && mode === "retry")
    throw new PostriderError("conflict", `The mailing was cancelled on ${channel}; it is not sent again`, {
      hint: "To send it to everybody who did not get it, republish the post with the mode finish.",
    });
}

/** Makes refused and uncertain deliveries due again. Returns how many. */
export async function retry(
  tx: Sql,
  { publicationId, channel }: Pick<Copy, "publicationId" | "channel">,
  actor: string,
  reason: string,
  delivery: string | null = null,
): Promise<number> {
  await refuseEnded(tx, { publicationId, channel }, "retry");
  const { rowCount } = await tx.query(
    `update postrider.delivery set state = 'pending', attempts = 0, due_at = now(), claim = null, failure = null,
       settled_at = null, updated_at = now()
     where publication_id = $1 and channel = $2 and state in ('refused', 'uncertain') and ($3::bigint is null or id = $3)`,
    [publicationId, channel, delivery],
  );
  await tx.query(
    `update postrider.publication_channel set open = true, failed = 0, failures = 0, failure = null, stalled_at = null
     where publication_id = $1 and channel = $2`,
    [publicationId, channel],
  );
  await log(tx, "republication.retry", { publicationId, channel }, actor, { reason, deliveries: rowCount ?? 0 });
  return rowCount ?? 0;
}

/** Makes one refused or uncertain delivery due again. @throws PostriderError */
export async function retryOne(
  tx: Sql,
  delivery: string,
  actor: string,
  reason: string,
): Promise<{ publicationId: string; channel: string; list: string | null }> {
  const { rows } = await tx.query<{ publicationId: string; channel: string; list: string | null; state: string }>(
    `select d.publication_id as "publicationId", d.channel, c.list, d.state from postrider.delivery d
     join postrider.publication_channel c using (publication_id, channel) where d.id = $1 for update of d`,
    [/^\d{1,18}$/.test(delivery) ? delivery : "0"],
  );
  const [row] = rows;
  if (!row) throw new PostriderError("not_found", `There is no delivery ${delivery}`);
  if ((await retry(tx, row, actor, reason, delivery)) === 1) return row;
  throw new PostriderError(
    "conflict",
    `This delivery is ${row.state}. Only refused and uncertain deliveries can be sent again`,
  );
}

/** Records that a copy will be deleted. The event keeps its receipt. */
export async function replacing(
  tx: Sql,
  copy: Pick<Copy, "publicationId" | "channel">,
  receipt: Receipt,
  actor: string,
  reason: string,
): Promise<void> {
  await log(tx, "republication.replace", copy, actor, { reason, receipt });
}

/** Records that a copy was edited. */
export async function edited(
  tx: Sql,
  copy: Pick<Copy, "publicationId" | "channel"> & { deliveryId: string },
  receipt: Receipt,
  revision: string,
  actor: string,
  reason: string,
): Promise<void> {
  await tx.query(
    `update postrider.delivery set revision = $2, remote_id = coalesce($3, remote_id), url = coalesce($4, url),
       response = coalesce($5, response), parts = $6, updated_at = now() where id = $1`,
    [
      ...[copy.deliveryId, revision, receipt.remoteId ?? null, receipt.url ?? null, receipt.response ?? null],
      receipt.parts ? JSON.stringify(receipt.parts) : null,
    ],
  );
  await log(tx, "republication.update", copy, actor, { reason, revision });
}

/** Published social posts of every generation, oldest first. */
export async function openCopies(sql: Sql, postId: string): Promise<OpenCopy[]> {
  const { rows } = await sql.query<OpenCopy>(
    `select d.id as "deliveryId", d.publication_id as "publicationId", d.channel, jsonb_strip_nulls(jsonb_build_object(
       'remoteId', d.remote_id, 'url', d.url, 'response', d.response, 'parts', d.parts)) as receipt
     from postrider.delivery d
     join postrider.publication_channel c on c.publication_id = d.publication_id and c.channel = d.channel
     where c.post_id = $1 and c.medium = 'note' and d.state = 'accepted' and d.withdrawn_at is null
     order by d.id`,
    [postId],
  );
  return rows;
}

/** Records that a copy was deleted on its network. The delivery stays accepted. */
export async function withdrawn(tx: Sql, copy: OpenCopy, actor: string, reason: string): Promise<void> {
  await tx.query("update postrider.delivery set withdrawn_at = now(), updated_at = now() where id = $1", [
    copy.deliveryId,
  ]);
  await log(tx, "withdrawal", copy, actor, { reason, delivery: copy.deliveryId });
}

async function log(
  tx: Sql,
  kind: string,
  { publicationId, channel }: Pick<Copy, "publicationId" | "channel">,
  actor: string,
  data: unknown,
): Promise<void> {
  await tx.query(
    `insert into postrider.event (kind, actor, post_id, publication_id, channel, data)
     select $1, $2, post_id, id, $4, $5 from postrider.publication where id = $3`,
    [kind, actor, publicationId, channel, JSON.stringify(data)],
  );
}
