/**
 * Determines who gets a publication: decided once, written in batches without long locks, and counted while writing.
 */

import type { Sql } from "#core/ports/transaction.ts";
import type { Batch } from "#core/publishing/publication.ts";
import { lateAfterHours } from "#core/sending/sending.ts";
import { marksOf } from "./had-marks.ts";
import { setReaderTimes } from "./reader-times.ts";
import { segmentCondition } from "./segments.ts";

/**
 * Releases a publication that is due: writes the deliveries of channels with one destination, and fixes the last
 * subscriber who belongs to the audience. A second call does nothing. Returns whether this call did it.
 */
export async function release(tx: Sql, publicationId: string): Promise<boolean> {
  const claimed = await tx.query(
    `update postrider.publication set released_at = now()
     where id = $1 and released_at is null and gate is null and (scheduled_for is null or scheduled_for <= now())`,
    [publicationId],
  );
  if (!claimed.rowCount) return false;
  await tx.query(
    `insert into postrider.delivery (publication_id, post_id, channel, generation, state)
     select publication_id, post_id, channel, generation, 'pending' from postrider.publication_channel
     where publication_id = $1 and medium <> 'email' and cancelled_at is null order by channel`,
    [publicationId],
  );
  await tx.query(
    `update postrider.publication_channel set
       prepared = case when medium = 'email' or cancelled_at is not null then 0 else 1 end,
       frozen_at = case when medium = 'email' and cancelled_at is null then null else now() end,
       audience_to = (select coalesce(max(id), 0) from postrider.subscriber)
     where publication_id = $1`,
    [publicationId],
  );
  await setReaderTimes(tx, publicationId);
  await pauseLate(tx, publicationId);
  return true;
}

/** An email that is hours late may no longer be wanted, so its campaign is paused and the operator decides. */
async function pauseLate(tx: Sql, publicationId: string): Promise<void> {
  await tx.query(
    `update postrider.publication_channel c set paused_at = now(),
       pause_reason = 'it was scheduled for ' || to_char(p.scheduled_for at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
     from postrider.publication p
     where p.id = $1 and c.publication_id = p.id and c.medium = 'email' and c.cancelled_at is null and c.paused_at is null
       and p.scheduled_for < now() - interval '1 hour' * coalesce((c.rules->>'lateAfterHours')::float8, ${lateAfterHours})`,
    [publicationId],
  );
}

/**
 * Writes the next share of every audience that isn't complete. People on the list who get nothing are counted by
 * reason. Returns what was written, and how many audiences are still incomplete.
 * @param size - subscriptions to check for each channel.
 */
export async function freeze(
  tx: Sql,
  publicationId: string,
  size: number,
): Promise<{ unfinished: number; written: Batch[] }> {
  const { rows } = await tx.query<{ channel: string; segment: string | null }>(
    `select c.channel, c.rules->>'segment' as segment from postrider.publication_channel c join postrider.publication p on p.id = c.publication_id
     where c.publication_id = $1 and c.frozen_at is null and p.released_at is not null order by c.channel for update of c`,
    [publicationId],
  );
  let unfinished = 0;
  const written: Batch[] = [];
  for (const { channel, segment } of rows) {
    const share = await freezeShare(tx, publicationId, channel, segment, size);
    if (share.looked === size) unfinished++;
    if (share.from && share.to) written.push({ publicationId, channel, from: share.from, to: share.to });
  }
  return { unfinished, written };
}

interface Share {
  /** Subscriptions that were checked. */
  looked: number;
  /** Ids of the first and last delivery. */
  from: string | null;
  to: string | null;
}

async function freezeShare(
  tx: Sql,
  publicationId: string,
  channel: string,
  segment: string | null,
  size: number,
): Promise<Share> {
  const condition = segmentCondition(segment, 4);
  const { rows } = await tx.query<Share>(
    `with c as materialized (
       select c.*, coalesce((c.rules->>'holdSeconds')::float8, 0) as hold, c.rules->'canary' as canary,
         c.rules->'subjectTest' as test, case when c.subjects > 1 then (c.rules->'subjectTest'->>'share')::float8 end as tried,
         (select count(*) from postrider.subscription b join postrider.list l on l.id = b.list_id and l.name = c.list) as readers
       from postrider.publication_channel c where c.publication_id = $1 and c.channel = $2),
     marks as materialized (
       select m.* from c join postrider.post t on t.id = c.post_id
       cross join lateral (${marksOf("t.id", "t.published_at", "t.known_since")}) m),
     share as materialized (
       select b.subscriber_id, b.state, s.hash, s.attributes->>'timezone' as timezone, x.hash is not null as suppressed,
         not c.again and ${hadElsewhere("c.post_id")} as had, ${condition.sql} as inside, ${seldomEnough("c.list", "m.publication_id <> c.publication_id")} as due,
         c.prepared + row_number() over (partition by b.state, ${condition.sql} order by b.subscriber_id) as place,
         -- By lot, and by another one for each mailing.
         case when c.tried is not null then ('x' || left(md5(s.hash || c.publication_id), 7))::bit(28)::int / 268435456.0 end as draw,
         case when c.tried is not null then ('x' || right(md5(s.hash || c.publication_id), 7))::bit(28)::int end as draw2
       from c join postrider.list l on l.name = c.list
       join postrider.subscription b on b.list_id = l.id
       join postrider.subscriber s on s.id = b.subscriber_id
       left join lateral (${suppressionOf("s.hash", "l.id")}) x on true
       where b.subscriber_id > c.frozen_up_to and b.subscriber_id <= c.audience_to
       order by b.subscriber_id limit $3),
     written as (
       insert into postrider.delivery
         (publication_id, post_id, channel, recipient, generation, subscriber_id, state, settled_at, failure, subject, due_at)
       select c.publication_id, c.post_id, c.channel, s.hash, c.generation, s.subscriber_id,
         case when s.suppressed or s.had then 'suppressed' when c.cancelled_at is not null then 'cancelled' else 'pending' end,
         case when s.suppressed or s.had or c.cancelled_at is not null then now() end, case when s.had and not s.suppressed then ${had} end,
         case when s.draw < c.tried then s.draw2 % c.subjects + 1 end,
         coalesce((c.local_due->>coalesce(s.timezone, ''))::timestamptz, (c.local_due->>'')::timestamptz, now())
           + interval '1 second' * (c.hold + case when c.tried is null or s.draw < c.tried then 0
           else (c.test->>'waitSeconds')::float8 end + case
           when c.canary is null or s.place <= greatest((c.canary->>'minimum')::float8, (c.canary->>'share')::float8 * c.readers)
           then 0 else (c.canary->>'waitSeconds')::float8 end)
       from c, share s where s.state = 'confirmed' and s.inside and s.due order by s.subscriber_id
       returning id, state),
     counted as (
       select count(*)::int as looked, max(subscriber_id) as last,
         count(*) filter (where state = 'unconfirmed') as unconfirmed,
         count(*) filter (where state = 'unsubscribed') as unsubscribed,
         count(*) filter (where state = 'confirmed' and not inside) as outside,
         count(*) filter (where state = 'confirmed' and inside and not due) as less_often from share)
     update postrider.publication_channel p set
       prepared = p.prepared + (select count(*) from written),
       frozen_up_to = coalesce(n.last, p.frozen_up_to),
       frozen_at = case when n.looked < $3 then now() end,
       excluded = jsonb_build_object(
         'unconfirmed', coalesce((p.excluded->>'unconfirmed')::bigint, 0) + n.unconfirmed,
         'unsubscribed', coalesce((p.excluded->>'unsubscribed')::bigint, 0) + n.unsubscribed,
         'outside the segment', coalesce((p.excluded->>'outside the segment')::bigint, 0) + n.outside,
         'wanted less often', coalesce((p.excluded->>'wanted less often')::bigint, 0) + n.less_often)
     from counted n where p.publication_id = $1 and p.channel = $2
     returning n.looked, (select min(id) from written where state = 'pending') as from,
       (select max(id) from written where state = 'pending') as to`,
    [publicationId, channel, size, ...condition.values],
  );
  return rows[0] ?? { looked: 0, from: null, to: null };
}

/**
 * Readers who want at most one email a week or a month, and who got none of this list within that time. Some hours
 * are subtracted, for emails that are sent at the same time each week. There are few recent mailings, so each is
 * looked up in the unique index of deliveries.
 * @param others - which mailings `m` count.
 */
export function seldomEnough(list: string, others: string): string {
  return `(b.frequency = 'each' or not exists (
  select 1 from postrider.publication_channel m join postrider.publication p on p.id = m.publication_id
  join postrider.delivery d on d.post_id = m.post_id and d.channel = m.channel and d.recipient = s.hash
    and d.generation = m.generation and d.state not in ('suppressed', 'cancelled', 'refused')
  where m.list = ${list} and ${others}
    and p.released_at > now() - case b.frequency when 'weekly' then interval '7 days' else interval '28 days' end + interval '12 hours'))`;
}

/** Whether a reader `s` with a subscription `b` already received a post from another service. `marks` are the post's import marks. */
export function hadElsewhere(postId: string): string {
  return `(coalesce(b.had_until in (select had_until from marks), false)
    or exists (select 1 from postrider.received h where h.post_id = ${postId} and h.hash = s.hash))`;
}

const had = `'${JSON.stringify({ kind: "permanent", scope: "recipient", code: "had-it", message: "received the post from another service before the import" })}'::jsonb`;

/** Finds a suppression that applies to a recipient on a list. */
export function suppressionOf(hash: string, listId: string): string {
  return `select hash, reason from postrider.suppression
    where hash = ${hash} and (list_id is null or list_id = ${listId}) limit 1`;
}

/** Publications that are due, or whose audience is not completely written. */
export async function dueReleases(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select p.id from postrider.publication p
     where (p.released_at is null and coalesce(p.scheduled_for, p.created_at) <= now()
          and (p.gate is null or not (p.gate->>'over')::boolean and (p.gate->>'next')::timestamptz <= now()))
        or (p.released_at is not null and exists (
          select 1 from postrider.publication_channel c where c.publication_id = p.id and c.frozen_at is null and c.open))
     order by p.scheduled_for`,
  );
  return rows.map((row) => row.id);
}
