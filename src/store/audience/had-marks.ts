/** Which posts imported readers had from another service, by the mark that their import left. */

import type { Sql } from "#core/ports/transaction.ts";
import type { DatedPost } from "#core/posts/post.ts";

export interface HadMark {
  hadUntil: Date;
  source: string;
  /** The operator gave that time; otherwise it is that of the import. */
  isGiven: boolean;
  /** Of the site. */
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
 * How far a file's time may be off. Linux stamps a file with a clock that is up to 10 ms slow, FAT rounds to 2 seconds,
 * and a network drive has a clock of its own. A file written just after an import must not look older than the import.
 */
const fileTimeError = "1 minute";

/**
 * The marks that are true of a post. Its date alone proves nothing: it may be set back. So Postrider has published or seen the
 * post before the import, or the date is clearly earlier and the file is as old. Of a file without an age nothing is proved.
 * All three arguments are SQL, in which no table is called `p`, `s`, `h` or `first`.
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

/** Whether how old the post's file is can matter at all: to look costs a start of Git. */
export async function mayHaveBeenHad(sql: Sql, { publishedAt }: DatedPost): Promise<boolean> {
  const { rowCount } = await sql.query("select 1 from postrider.had_mark where had_until >= $1 limit 1", [publishedAt]);
  return rowCount !== 0;
}

export async function keepKnownSince(sql: Sql, postId: string, since: Date): Promise<void> {
  await sql.query("update postrider.post set known_since = least(known_since, $2) where id = $1", [postId, since]);
}
