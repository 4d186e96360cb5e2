/** Withdraws a post in the ledger: cancels what was not sent on any channel, and marks the post. */

import type { Sql } from "#core/ports/transaction.ts";
import type { HoldingEdition, TakenBack, WithdrawalRequest } from "#core/publishing/withdrawal.ts";
import { controlCampaign } from "#store/sending/campaigns.ts";

interface Row {
  publicationId: string;
  channel: string;
  /** It is scheduled, or waits for its page. */
  waiting: boolean;
  /** Its audience is being written. */
  unfrozen: boolean;
  open: number;
  sending: number;
}

/** One entry for each channel that the post was ever published to, for all generations together. */
export async function withdrawPost(tx: Sql, request: WithdrawalRequest): Promise<TakenBack[]> {
  const { postId, channels = null, actor, reason } = request;
  await tx.query("select 1 from postrider.post where id = $1 for update", [postId]);
  // Rows are locked first and counted after that, because only the next statement sees changes that the lock waited for.
  await tx.query(
    `select from postrider.publication_channel c where c.post_id = $1 and ($2::text[] is null or c.channel = any($2))
     order by c.channel, c.generation for update`,
    [postId, channels],
  );
  const { rows } = await tx.query<Row>(
    `select c.publication_id as "publicationId", c.channel, p.released_at is null as waiting,
       c.frozen_at is null as unfrozen, n.open, n.sending
     from postrider.publication_channel c
     join postrider.publication p on p.id = c.publication_id
     left join lateral (
       select count(*) filter (where state <> 'sending')::int as open, count(*) filter (where state = 'sending')::int as sending
       from postrider.delivery d where d.publication_id = c.publication_id and d.channel = c.channel
         and d.state in ('pending', 'retrying', 'sending')) n on true
     where c.post_id = $1 and ($2::text[] is null or c.channel = any($2)) and c.cancelled_at is null
     order by c.channel, c.generation`,
    [postId, channels],
  );
  const taken = new Map<string, TakenBack>();
  for (const { publicationId, channel, waiting, unfrozen, open, sending } of rows) {
    const sum = taken.get(channel) ?? { channel, cancelled: 0, waiting: false, sending: 0 };
    // A delivery in transmission may be deferred. It must not become due again after the withdrawal.
    if (waiting || unfrozen || open + sending > 0)
      sum.cancelled += await controlCampaign(tx, publicationId, channel, "cancel", actor, reason);
    taken.set(channel, { ...sum, waiting: sum.waiting || waiting, sending: sum.sending + sending });
  }
  await tx.query(
    `update postrider.publication_channel set withdrawn_at = coalesce(withdrawn_at, now())
     where post_id = $1 and ($2::text[] is null or channel = any($2))`,
    [postId, channels],
  );
  if (!channels)
    await tx.query(
      "update postrider.post set withdrawn_at = coalesce(withdrawn_at, now()), withdrawn_reason = $2 where id = $1",
      [postId, reason],
    );
  await tx.query("insert into postrider.event (kind, actor, post_id, data) values ('post.withdrawn', $1, $2, $3)", [
    ...[actor, postId, JSON.stringify({ reason, ...(channels && { channels }) })],
  ]);
  return [...taken.values()];
}

/** A repost ends the withdrawal. */
export async function endWithdrawal(tx: Sql, postId: string, actor: string): Promise<void> {
  const { rowCount } = await tx.query(
    `update postrider.post set withdrawn_at = null, withdrawn_reason = null where id = $1 and withdrawn_at is not null`,
    [postId],
  );
  if (rowCount)
    await tx.query("insert into postrider.event (kind, actor, post_id) values ('post.withdrawal-ended', $1, $2)", [
      ...[actor, postId],
    ]);
}

/** When the whole post was withdrawn; `null` if it was not, or was reposted since. */
export async function withdrawnSince(sql: Sql, postId: string): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date | null }>(`select withdrawn_at as at from postrider.post where id = $1`, [
    postId,
  ]);
  return rows[0]?.at ?? null;
}

/**
 * Keeps editions and withdrawals apart until the transaction ends. Otherwise an edition that is stored while one of
 * its posts is withdrawn would be noticed by neither.
 * @param whose - `mine`: this transaction withdraws a post. `others`: it stores an edition, which several may do at
 * once.
 */
export async function holdWithdrawals(tx: Sql, whose: "mine" | "others"): Promise<void> {
  const take = whose === "mine" ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
  await tx.query(`select ${take}(hashtextextended('postrider.withdrawal', 0))`);
}

/** The ids of those posts that were withdrawn, completely or on one of these channels. */
export async function withdrawnAmong(
  sql: Sql,
  posts: readonly { id: string; url: string }[],
  channels: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>(
    `select w.id from jsonb_to_recordset($1) as w (id text, url text)
     join postrider.post p on p.id = w.id or p.url = w.url
     where p.withdrawn_at is not null or exists (
       select 1 from (select distinct on (c.channel) c.withdrawn_at from postrider.publication_channel c
         where c.post_id = p.id and c.channel = any($2) order by c.channel, c.generation desc) newest
       where newest.withdrawn_at is not null)`,
    [JSON.stringify(posts.map(({ id, url }) => ({ id, url }))), channels],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Editions of digests that contain the post, except declined ones. */
export async function editionsWith(sql: Sql, { id, url }: { id: string; url: string }): Promise<HoldingEdition[]> {
  const { rows } = await sql.query<HoldingEdition>(
    `select e.job, e.number, e.state, e.post_id as "postId",
       array(select c->>'name' from jsonb_array_elements(e.channels) c) as channels, e.state = 'waiting' or exists (
         select 1 from postrider.publication_channel c where c.publication_id = p.id and c.cancelled_at is null
           and (p.released_at is null or c.frozen_at is null or exists (
             select 1 from postrider.delivery d where d.publication_id = c.publication_id and d.channel = c.channel
               and d.state in ('pending', 'retrying', 'sending')))) as open,
       exists (select 1 from postrider.delivery d where d.post_id = e.post_id
         and d.state in ('sending', 'accepted', 'uncertain')) as reached
     from postrider.edition e
     join postrider.edition_post x on x.job = e.job and x.number = e.number
     left join postrider.publication p on p.id = e.publication_id
     where (x.post_id = $1 or x.url = $2) and e.state in ('waiting', 'approved')
     order by e.job, e.number`,
    [id, url],
  );
  return rows;
}
