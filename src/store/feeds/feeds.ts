/** The stored feeds: items by post, and the documents that readers fetch. */

import type { FeedDocument, FeedEntry, FeedItemChange } from "#core/feed.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { FeedRendition } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";

/** Notifies processes that cache documents in memory. */
export const feedChannel = "postrider_feed";

/** How long an item is shown as withdrawn before it is removed: long enough for feed readers that poll once a week. */
const withdrawnDays = 30;

/** Until the end of the transaction, no other process changes this feed or writes its documents. */
async function lock(tx: Sql, channel: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('postrider.feed.' || $1, 0))", [channel]);
}

/**
 * Stores a post's item. Its guid and date never change; `updated_at` changes only with the content.
 * @param change - `send` shows a withdrawn item again; `remake` changes the item only if it still shows the same
 * revision.
 */
async function putItem(tx: Sql, channel: string, rendition: FeedRendition, change: FeedItemChange): Promise<void> {
  const json = JSON.stringify(rendition);
  await tx.query(
    // If the post was withdrawn while the delivery was in progress, the item is stored as withdrawn.
    `insert into postrider.feed_item (channel, post_id, published_at, updated_at, rendition, digest, tags, authors, withdrawn_at)
     values ($1, $2, $3, $3, $4, $5, $6, $7, (
       select c.withdrawn_at from postrider.publication_channel c where c.post_id = $2 and c.channel = $1
       order by c.generation desc limit 1))
     on conflict (channel, post_id) do update set rendition = excluded.rendition, digest = excluded.digest,
       tags = excluded.tags, authors = excluded.authors, updated_at = date_trunc('second', now()),
       withdrawn_at = case when $8 then excluded.withdrawn_at else feed_item.withdrawn_at end
     where (feed_item.digest <> excluded.digest
         or ($8 and feed_item.withdrawn_at is not null and excluded.withdrawn_at is null))
       and (not $9 or feed_item.rendition->>'revision' = excluded.rendition->>'revision')`,
    [
      channel,
      rendition.postId,
      rendition.publishedAt,
      json,
      sha256(json),
      rendition.tags,
      rendition.authors.map(({ name }) => name),
      change === "send",
      change === "remake",
    ],
  );
}

/** An item with other copies than before counts as changed. */
async function setCopies(tx: Sql, channel: string, postId: string, links: readonly string[]): Promise<boolean> {
  await tx.query(
    `update postrider.feed_item set copies = $3, updated_at = date_trunc('second', now())
     where channel = $1 and post_id = $2 and copies <> $3`,
    [channel, postId, links],
  );
  const { rows } = await tx.query("select 1 from postrider.feed_item where channel = $1 and post_id = $2", [
    channel,
    postId,
  ]);
  return rows.length > 0;
}

const dropped = `coalesce(i.withdrawn_at <= now() - make_interval(days => ${withdrawnDays}), false)`;

/** Changes when any entry changes. */
async function fingerprint(tx: Sql, channel: string): Promise<string> {
  const { rows } = await tx.query<{ fingerprint: string }>(
    // Times are not used as text, because the text depends on the time zone.
    `select count(*) || md5(coalesce(string_agg(i.post_id || ' ' || i.digest || ' ' || extract(epoch from i.updated_at)
         || ' ' || (i.withdrawn_at is null) || ' ' || ${dropped} || ' ' || i.copies::text, E'\\n' order by i.post_id collate "C"), '')) as fingerprint
     from postrider.feed_item i where i.channel = $1`,
    [channel],
  );
  return rows[0]?.fingerprint ?? "";
}

/** Stores the digest of a whole feed. Returns whether it has changed. */
async function isNew(tx: Sql, channel: string, digest: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into postrider.feed as f (channel, digest) values ($1, $2)
     on conflict (channel) do update set digest = excluded.digest where f.digest <> excluded.digest`,
    [channel, digest],
  );
  return rowCount === 1;
}

/** @throws if the feed was never built; call `isNew` first. */
async function feedGuid(tx: Sql, channel: string): Promise<string> {
  const { rows } = await tx.query<{ guid: string }>("select guid from postrider.feed where channel = $1", [channel]);
  if (!rows[0]) throw new Error(`there is no feed ${channel} yet`);
  return rows[0].guid;
}

async function entries(tx: Sql, channel: string): Promise<FeedEntry[]> {
  const { rows } = await tx.query<FeedEntry>(
    `select i.post_id as "postId", 'urn:uuid:' || p.guid as guid, i.published_at as "publishedAt",
       i.updated_at as "updatedAt", i.digest, i.withdrawn_at is not null as withdrawn, ${dropped} as dropped, i.tags,
       i.authors, i.copies
     from postrider.feed_item i join postrider.post p on p.id = i.post_id
     where i.channel = $1
     order by i.published_at desc, i.post_id collate "C"`,
    [channel],
  );
  return rows;
}

async function renditions(tx: Sql, channel: string, postIds: readonly string[]): Promise<Map<string, FeedRendition>> {
  const { rows } = await tx.query<{ postId: string; rendition: FeedRendition }>(
    `select post_id as "postId", rendition from postrider.feed_item where channel = $1 and post_id = any($2)`,
    [channel, postIds],
  );
  return new Map(rows.map((row) => [row.postId, row.rendition]));
}

async function digests(tx: Sql, channel: string): Promise<Map<string, { digest: string; changedAt: Date }>> {
  const { rows } = await tx.query<{ path: string; digest: string; changedAt: Date }>(
    `select path, digest, changed_at as "changedAt" from postrider.feed_document where channel = $1`,
    [channel],
  );
  return new Map(rows.map(({ path, ...row }) => [path, row]));
}

async function save(tx: Sql, channel: string, document: FeedDocument & { digest: string }): Promise<void> {
  const { path, format, body, digest, changedAt, selfUrl, hub = null, about = null } = document;
  await tx.query(
    `insert into postrider.feed_document (channel, path, format, body, digest, changed_at, self_url, hub, about)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (channel, path) do update set format = excluded.format, body = excluded.body, digest = excluded.digest,
       changed_at = excluded.changed_at, self_url = excluded.self_url, hub = excluded.hub, about = excluded.about, gone = false`,
    [channel, path, format, body, digest, changedAt, selfUrl, hub, about],
  );
  await tx.query("select pg_notify($1, $2)", [feedChannel, document.path]);
}

/** The digest is deleted, too, so that a document that returns is written again. */
async function keepOnly(tx: Sql, channel: string, paths: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ path: string }>(
    `update postrider.feed_document set gone = true, body = '', digest = '',
       changed_at = greatest(date_trunc('second', now()), changed_at + interval '1 second')
     where channel = $1 and path <> all($2) and not gone returning path`,
    [channel, paths],
  );
  for (const { path } of rows) await tx.query("select pg_notify($1, $2)", [feedChannel, path]);
  return rows.map(({ path }) => path);
}

/** A post's identity in every feed. */
async function guidOf(sql: Sql, postId: string): Promise<string> {
  const { rows } = await sql.query<{ guid: string }>(
    "select 'urn:uuid:' || guid as guid from postrider.post where id = $1",
    [postId],
  );
  return rows[0]?.guid ?? "";
}

/** An item of a feed: the revision that it shows, and the post's current address. */
export interface ShownItem {
  postId: string;
  revision: string;
  /** The address in the item. */
  url: string;
  /** The post's address. */
  postUrl: string;
}

export async function shownItems(sql: Sql, channel: string): Promise<ShownItem[]> {
  const { rows } = await sql.query<ShownItem>(
    `select i.post_id as "postId", i.rendition->>'revision' as revision, i.rendition->>'url' as url, p.url as "postUrl"
     from postrider.feed_item i join postrider.post p on p.id = i.post_id where i.channel = $1`,
    [channel],
  );
  return rows;
}

/** The configuration with which a feed was built; empty if it was never built. */
export async function madeWith(sql: Sql, channel: string): Promise<string> {
  const { rows } = await sql.query<{ made: string }>(
    `select made_with as made from postrider.feed where channel = $1`,
    [channel],
  );
  return rows[0]?.made ?? "";
}

export async function setMadeWith(sql: Sql, channel: string, digest: string): Promise<void> {
  await sql.query("update postrider.feed set made_with = $2 where channel = $1", [channel, digest]);
}

/** Marks a post's item as withdrawn, by id or permalink, in every feed or in those of `channels`. Returns the feeds that had it. */
export async function withdrawItem(
  tx: Sql,
  post: string,
  channels: readonly string[] | null = null,
): Promise<string[]> {
  const { rows } = await tx.query<{ channel: string }>(
    `update postrider.feed_item set withdrawn_at = now(), updated_at = date_trunc('second', now())
     where post_id in (select id from postrider.post where id = $1 or url = $1) and withdrawn_at is null
       and ($2::text[] is null or channel = any($2)) returning channel`,
    [post, channels],
  );
  await tx.query(
    `update postrider.publication_channel set withdrawn_at = now()
     where post_id in (select id from postrider.post where id = $1 or url = $1) and withdrawn_at is null
       and channel = any($2)`,
    [post, rows.map(({ channel }) => channel)],
  );
  return rows.map(({ channel }) => channel);
}

export interface KeptDocument extends FeedDocument {
  channel: string;
  gone: boolean;
}

/** Every document of these feeds. */
export async function documents(sql: Sql, channels: readonly string[]): Promise<KeptDocument[]> {
  const { rows } = await sql.query<KeptDocument & { hub: string | null; about: string | null }>(
    `select channel, path, format, body, changed_at as "changedAt", gone, self_url as "selfUrl", hub, about
     from postrider.feed_document where channel = any($1) order by array_position($1, channel), path collate "C"`,
    [channels],
  );
  return rows.map(({ hub, about, ...row }) => ({ ...row, ...(hub && { hub }), ...(about && { about }) }));
}

/** The store for feeds. */
export const feedStore = {
  lock,
  putItem,
  setCopies,
  fingerprint,
  isNew,
  feedGuid,
  entries,
  renditions,
  digests,
  save,
  keepOnly,
  guidOf,
  documents,
};
