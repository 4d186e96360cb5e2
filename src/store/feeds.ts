/** The stored feeds: items by post, and the instant at which the bytes last changed. */

import type { FeedItem } from "#core/feed.ts";
import { sha256 } from "#core/idempotency.ts";
import type { Transaction } from "#core/ports.ts";
import type { FeedRendition } from "#core/rendition.ts";

/** From here to the end of the transaction nobody else changes this feed, or reads it to write it out. */
export async function lockFeed(tx: Transaction, channel: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('postrider.feed.' || $1, 0))", [channel]);
}

/** Stores an item by its post. Its guid and date are those of its first time; `updatedAt` moves only with the content. */
export async function putFeedItem(tx: Transaction, channel: string, rendition: FeedRendition): Promise<void> {
  await tx.query(
    `insert into postrider.feed_item (channel, post_id, published_at, updated_at, rendition) values ($1, $2, $3, $3, $4)
     on conflict (channel, post_id) do update set rendition = excluded.rendition, updated_at = date_trunc('second', now())
     where feed_item.rendition is distinct from excluded.rendition`,
    [channel, rendition.postId, rendition.publishedAt, JSON.stringify(rendition)],
  );
}

/** Newest first. */
export async function feedItems(tx: Transaction, channel: string, limit: number): Promise<FeedItem[]> {
  const { rows } = await tx.query<Omit<FeedItem, "guid"> & { guid: string }>(
    `select 'urn:uuid:' || p.guid as guid, i.published_at as "publishedAt", i.updated_at as "updatedAt", i.rendition
     from postrider.feed_item i join postrider.post p on p.id = i.post_id
     where i.channel = $1 order by i.published_at desc, i.post_id limit $2`,
    [channel, limit],
  );
  return rows;
}

/**
 * When the feed's bytes last changed. `content` is everything that decides them; a new content moves the instant,
 * by a second at least: readers compare it and drop what seems older.
 */
export async function feedChangedAt(tx: Transaction, channel: string, content: string): Promise<Date> {
  const { rows } = await tx.query<{ changedAt: Date }>(
    `insert into postrider.feed as f (channel, changed_at, digest) values ($1, date_trunc('second', now()), $2)
     on conflict (channel) do update set digest = excluded.digest,
       changed_at = case when f.digest = excluded.digest then f.changed_at
                         else greatest(excluded.changed_at, f.changed_at + interval '1 second') end
     returning changed_at as "changedAt"`,
    [channel, sha256(content)],
  );
  return rows[0]?.changedAt ?? new Date(0);
}
