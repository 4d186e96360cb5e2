/** Publications and their channels: the decisions, times and audiences. */

import { PostriderError } from "#core/errors.ts";
import type { NewPublication, Rescheduling } from "#core/ports/deciding.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Batch, ChannelPublication, KnownChannel } from "#core/publishing/publication.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { addUpCounts } from "#store/sending/kept-counts.ts";
import { newGate } from "./gates.ts";

const columns = `c.publication_id as "publicationId", c.post_id as "postId", p.revision, c.channel, c.adapter, c.medium,
  c.list, c.generation, p.created_at as "createdAt", p.scheduled_for as "scheduledFor", p.released_at as "releasedAt",
  c.rules, c.subjects, c.cancelled_at as "cancelledAt", c.withdrawn_at as "withdrawnAt",
  case when c.paused_at is null then null else jsonb_build_object('at', c.paused_at, 'reason', c.pause_reason) end as paused,
  case when c.stalled_at is null then null else jsonb_build_object('at', c.stalled_at, 'failure', c.failure) end as stalled,
  coalesce((select d.revision from postrider.delivery d where c.medium <> 'email' and d.publication_id = c.publication_id
    and d.channel = c.channel and d.state = 'accepted' limit 1), p.revision) as shows`;
const source = "postrider.publication_channel c join postrider.publication p on p.id = c.publication_id";

/** Every channel's newest generation for a post. Locks the post until the transaction ends. */
export async function channelsOf(sql: Sql, postId: string): Promise<KnownChannel[]> {
  await sql.query("select 1 from postrider.post where id = $1 for update", [postId]);
  const { rows } = await sql.query<KnownChannel>(
    `select distinct on (c.channel) ${columns},
       c.cancelled_at is not null and exists (select 1 from postrider.delivery d where d.post_id = c.post_id
         and d.channel = c.channel and d.state in ('sending', 'accepted', 'uncertain')) as reached
     from ${source} where c.post_id = $1 order by c.channel, c.generation desc`,
    [postId],
  );
  return rows;
}

export async function channelPublication(sql: Sql, id: string, channel: string): Promise<ChannelPublication | null> {
  const { rows } = await sql.query<ChannelPublication>(
    `select ${columns} from ${source} where c.publication_id = $1 and c.channel = $2`,
    [id, channel],
  );
  return rows[0] ?? null;
}

export async function channelNames(sql: Sql, publicationId: string): Promise<string[]> {
  const { rows } = await sql.query<{ channel: string }>(
    "select channel from postrider.publication_channel where publication_id = $1 order by channel",
    [publicationId],
  );
  return rows.map((row) => row.channel);
}

/** Returns the new publication's id. */
export async function createPublication(sql: Sql, publication: NewPublication): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into postrider.publication (post_id, revision, actor, reason, scheduled_for, gate) values ($1, $2, $3, $4, $5, $6) returning id`,
    [
      publication.postId,
      publication.revision,
      publication.actor,
      publication.reason ?? null,
      publication.scheduledFor ?? null,
      publication.gateUntil ? JSON.stringify(newGate(publication.gateUntil)) : null,
    ],
  );
  const id = rows[0]?.id;
  if (!id) throw new PostriderError("internal", "The database returned no publication id");
  for (const { channel, generation } of publication.channels)
    await sql.query(
      `insert into postrider.publication_channel (publication_id, channel, post_id, adapter, medium, list, generation, rules, subjects, again)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[id, channel.name, publication.postId, channel.adapter, channel.medium, channel.list ?? null, generation],
        JSON.stringify(channel.sending ?? {}),
        channel.sending?.subjectTest ? (publication.subjects ?? 1) : 1,
        publication.again ?? false,
      ],
    );
  await sql.query(
    `insert into postrider.event (kind, actor, post_id, publication_id, data)
     values ('publication.created', $1, $2, $3, jsonb_strip_nulls($4::jsonb))`,
    [
      publication.actor,
      publication.postId,
      id,
      JSON.stringify({
        revision: publication.revision,
        reason: publication.reason ?? null,
        scheduledFor: publication.scheduledFor ?? null,
        channels: publication.channels.map(({ channel }) => channel.name),
      }),
    ],
  );
  return id;
}

/**
 * Gives channels of a publication that has not begun a new time. If they share the publication with other channels,
 * they get their own publication. Returns their publication; `null` if it has begun.
 */
export async function reschedule(sql: Sql, wanted: Rescheduling): Promise<string | null> {
  const { publicationId, channels, scheduledFor, gateUntil, actor } = wanted;
  const own = await ownPublication(sql, publicationId, channels);
  if (!own) return null;
  await sql.query("update postrider.publication set scheduled_for = $2, gate = $3 where id = $1", [
    ...[own.id, scheduledFor ?? null, gateUntil ? JSON.stringify(newGate(gateUntil)) : null],
  ]);
  await sql.query(
    `insert into postrider.event (kind, actor, post_id, publication_id, data)
     select 'publication.rescheduled', $2, post_id, id, $3 from postrider.publication where id = $1`,
    [own.id, actor, JSON.stringify({ channels, from: own.scheduledFor, to: scheduledFor ?? null })],
  );
  return own.id;
}

/** Gives channels that have not begun the current revision. Returns the same as `reschedule`. */
export async function revise(
  tx: Sql,
  publicationId: string,
  channels: readonly string[],
  post: Post,
): Promise<string | null> {
  const own = await ownPublication(tx, publicationId, channels);
  if (!own) return null;
  await tx.query("update postrider.publication set revision = $2 where id = $1", [own.id, post.revision]);
  await tx.query(
    `update postrider.publication_channel set subjects = case when rules ? 'subjectTest' then $2::int else 1 end
     where publication_id = $1`,
    [own.id, post.subjects?.length ?? 1],
  );
  return own.id;
}

/** A publication with only these channels: their own one, or a new copy of it. `null` if it has begun. */
async function ownPublication(
  sql: Sql,
  publicationId: string,
  channels: readonly string[],
): Promise<{ id: string; scheduledFor: Date | null } | null> {
  const { rows } = await sql.query<{ scheduledFor: Date | null; shared: boolean }>(
    `select p.scheduled_for as "scheduledFor", exists (select 1 from postrider.publication_channel c
       where c.publication_id = p.id and c.channel <> all($2)) as shared
     from postrider.publication p where p.id = $1 and p.released_at is null for update`,
    [publicationId, channels],
  );
  const [known] = rows;
  if (!known) return null;
  const id = known.shared ? await splitOff(sql, publicationId, channels) : publicationId;
  return { id, scheduledFor: known.scheduledFor };
}

/** Returns the id of the new publication. Nothing has begun, so no delivery refers to the old one. */
async function splitOff(sql: Sql, publicationId: string, channels: readonly string[]): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into postrider.publication (post_id, revision, actor, reason, scheduled_for, gate, created_at)
     select post_id, revision, actor, reason, scheduled_for, gate, created_at from postrider.publication where id = $1 returning id`,
    [publicationId],
  );
  const id = rows[0]?.id ?? "";
  await sql.query(
    "update postrider.publication_channel set publication_id = $3 where publication_id = $1 and channel = any($2)",
    [publicationId, channels, id],
  );
  return id;
}

const due = "d.state in ('pending', 'retrying') and d.due_at <= now()";

/** Deliveries that are due and not claimed, in ranges of at most `size`. */
export async function dueBatches(sql: Sql, publicationId: string, channel: string, size: number): Promise<Batch[]> {
  const { rows } = await sql.query<{ from: string; to: string }>(
    `select min(id) as from, max(id) as to
     from (select id, (row_number() over (order by id) - 1) / $3 as share from postrider.delivery d
           where publication_id = $1 and channel = $2 and ${due}) d
     group by share order by share`,
    [publicationId, channel, size],
  );
  return rows.map((row) => ({ publicationId, channel, from: row.from, to: row.to }));
}

/** Closes channels of publications that are finished, so that they are not checked any more. */
export async function closeFinished(sql: Sql, channels: readonly string[]): Promise<void> {
  // Deliveries that went back to the queue at the moment when their campaign was cancelled.
  await sql.query(
    `update postrider.delivery d set state = 'cancelled', settled_at = now(), updated_at = now()
     from postrider.publication_channel c where c.open and c.channel = any($1) and c.cancelled_at is not null
       and d.publication_id = c.publication_id and d.channel = c.channel and d.state in ('pending', 'retrying')`,
    [channels],
  );
  await sql.query(
    `with closed as (
       update postrider.publication_channel c set open = false
       where c.open and c.channel = any($1) and c.frozen_at is not null and not exists (
         select 1 from postrider.delivery d where d.publication_id = c.publication_id and d.channel = c.channel
           and d.state in ('pending', 'sending', 'retrying'))
       returning c.*)
     insert into postrider.event (kind, post_id, publication_id, channel, data)
     select 'channel.finished', c.post_id, c.publication_id, c.channel, jsonb_build_object(
       'counts', (select jsonb_object_agg(state, n) from (
         select d.state, count(*) as n from postrider.delivery d
         where d.publication_id = c.publication_id and d.channel = c.channel group by d.state) s),
       'prepared', c.prepared,
       'before', (select b.prepared from postrider.publication_channel b
         where b.channel = c.channel and b.list is not distinct from c.list and b.frozen_at < c.frozen_at
         order by b.frozen_at desc limit 1))
     from closed c`,
    [channels],
  );
  await addUpCounts(sql);
}

/** Channels with due deliveries. */
export async function dueChannels(
  sql: Sql,
  channels: readonly string[],
): Promise<{ publicationId: string; channel: string }[]> {
  const { rows } = await sql.query<{ publicationId: string; channel: string }>(
    `select c.publication_id as "publicationId", c.channel from postrider.publication_channel c
     where c.channel = any($1) and c.open and c.stalled_at is null and c.paused_at is null and c.cancelled_at is null and exists (
       select 1 from postrider.delivery d where d.publication_id = c.publication_id and d.channel = c.channel and ${due})`,
    [channels],
  );
  return rows;
}

/** Counts a failure of the whole channel. After `stallAfter` failures in a row, stalls it. Returns the count. */
export async function channelFailed(
  tx: Sql,
  publicationId: string,
  channel: string,
  failure: Failure,
  stallAfter: number,
): Promise<number> {
  const { rows } = await tx.query<{ failures: number; stalled: boolean }>(
    `update postrider.publication_channel set failures = failures + 1, failure = $3,
       stalled_at = case when failures + 1 >= $4 then coalesce(stalled_at, now()) else stalled_at end
     where publication_id = $1 and channel = $2 returning failures, stalled_at is not null as stalled`,
    [publicationId, channel, JSON.stringify(failure), stallAfter],
  );
  const { failures, stalled } = rows[0] ?? { failures: 0, stalled: false };
  await tx.query("insert into postrider.event (kind, publication_id, channel, data) values ($1, $2, $3, $4)", [
    stalled ? "channel.stalled" : "channel.failed",
    publicationId,
    channel,
    JSON.stringify(failure),
  ]);
  return failures;
}

/** Resets the failure count, because the channel works or is tried again. */
export async function channelCleared(sql: Sql, publicationId: string, channel: string): Promise<void> {
  await sql.query(
    `update postrider.publication_channel set failures = 0, failure = null, stalled_at = null, open = true
     where publication_id = $1 and channel = $2 and (failures > 0 or stalled_at is not null)`,
    [publicationId, channel],
  );
}
