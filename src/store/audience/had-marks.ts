/** Which posts imported readers already received from another service, by the mark that their import stored. */

import type { Sql } from "#core/ports/transaction.ts";
import type { DatedPost } from "#core/posts/post.ts";

export interface HadMark {
  hadUntil: Date;
  source: string;
  /** Whether the operator gave this time. Otherwise it is the time of the import. */
  isGiven: boolean;
  /** The time zone of the site. */
  timezone: string;
}

export async function keepHadMark(sql: Sql, { hadUntil, source, isGiven, timezone }: HadMark): Promise<void> {
  await sql.query(
    `insert into postrider.had_mark (had_until, source, imported_at, clear_until, timezone)
     values ($1, $2, now(), case when $3 then $1::timestamptz else date_trunc('day', $1::timestamptz at time zone $4) at time zone $4 end, $4)
     on conflict do nothing`,
    [hadUntil, source, isGiven, timezone],
  );
}

/**
 * How inexact the time of a file may be. Linux uses a clock that is up to 10 ms slow, FAT rounds to 2 seconds, and a
 * network drive has its own clock. A file that was written just after an import must not look older than the import.
 */
const fileTimeError = "1 minute";

/**
 * The import marks that apply to a post. The date of a post alone proves nothing, because it can be set back. So
 * either Postrider published or saw the post before the import, or the date is clearly earlier and the file is as
 * old. Without a known age of the file, nothing is proved.
 * All three arguments are SQL, without a table called `p`, `s`, `h` or `first`.
 */
export function marksOf(postId: string, publishedAt: string, knownSince: string): string {
  const midnight = (zone: string): string =>
    `date_trunc('day', ${publishedAt} at time zone ${zone}) at time zone ${zone}`;
  return `select h.had_until, min(h.source) as source, min(h.imported_at) as imported_at,
      min(case when published.at <= h.imported_at then 'published' when seen.at <= h.imported_at then 'seen' else 'dated' end) as why,
      min(case when published.at <= h.imported_at then published.at when seen.at <= h.imported_at then seen.at else known.at end) as since
    from postrider.had_mark h
    cross join lateral (select min(p.released_at) as at from postrider.publication p where p.post_id = ${postId}
      and exists (select 1 from postrider.publication_channel c where c.publication_id = p.id and c.cancelled_at is null)) published
    -- What only waits for its time here was not out anywhere.
    cross join lateral (select exists (select 1 from postrider.publication p where p.post_id = ${postId}
      and p.released_at is null and p.created_at <= h.imported_at) as ours) waiting
    cross join lateral (select min(s.seen_at) as at from postrider.seen_post s where s.post_id = ${postId} and not waiting.ours) seen
    cross join lateral (select least(${knownSince}, (select first.first_seen_at from postrider.post first where first.id = ${postId})) as at) known
    where ${publishedAt} <= h.had_until and (published.at <= h.imported_at or seen.at <= h.imported_at
      -- A date without a time lasts until the end of its day. A given time may still be to come.
      or (${publishedAt} + case when ${publishedAt} in (${midnight("h.timezone")}, ${midnight("'UTC'")})
          then interval '1 day' else interval '0' end <= h.clear_until
        and not waiting.ours and least(known.at, now()) < greatest(h.imported_at, h.had_until) - interval '${fileTimeError}'))
    group by h.had_until`;
}

/** Whether the age of the post's file matters at all. Finding it out starts Git, which is slow. */
export async function mayHaveBeenHad(sql: Sql, { publishedAt }: DatedPost): Promise<boolean> {
  const { rowCount } = await sql.query("select 1 from postrider.had_mark where had_until >= $1 limit 1", [publishedAt]);
  return rowCount !== 0;
}

export async function keepKnownSince(sql: Sql, postId: string, since: Date): Promise<void> {
  await sql.query("update postrider.post set known_since = least(known_since, $2) where id = $1", [postId, since]);
}
