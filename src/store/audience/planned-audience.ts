/** Counts who would get an email now, and who would not, by reason: for a plan, and for checking it later. */

import type { Sql } from "#core/ports/transaction.ts";
import type { DatedPost } from "#core/posts/post.ts";
import type { HadElsewhere } from "#core/publishing/had-elsewhere.ts";
import type { Audience, PlannedAudience } from "#core/publishing/plan.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { hadElsewhere, seldomEnough, suppressionOf } from "./audience.ts";
import { marksOf } from "./had-marks.ts";
import { segmentCondition } from "./segments.ts";

/** A sum over hashes, because it needs no order. A million take a second. */
const fingerprintOf = (hash: string): string => `sum(('x' || left(${hash}, 15))::bit(60)::bigint)::text`;

const hadFate = "had it elsewhere";

/** People with these reasons are only counted. The others get a row in the ledger with the reason. */
const counted = ["unconfirmed", "unsubscribed", "outside the segment", "wanted less often"];

/**
 * Sorts people as `freeze` does.
 * @param post - absent for a repost, which is also sent to readers who already received the post.
 */
export async function plannedAudience(
  sql: Sql,
  { medium, list, sending }: Channel,
  post?: DatedPost,
): Promise<PlannedAudience> {
  if (medium !== "email") return { recipients: 1, excluded: {}, fingerprint: "" };
  const condition = segmentCondition(sending?.segment, 5);
  const { rows } = await sql.query<Fate>(
    `with marks as materialized (${marksOf("$2::text", "$3::timestamptz", "$4::timestamptz")})
     select fate, count(*)::int as count, ${fingerprintOf("hash")} as sum, m.source, m.imported_at as "importedAt", m.why, m.since,
       case when m.source is null and fate = '${hadFate}' then listed end as listed
     from (
       select s.hash, b.had_until, (select h.source from postrider.received h where h.post_id = $2 and h.hash = s.hash) as listed,
         case when b.state <> 'confirmed' then b.state when not ${condition.sql} then 'outside the segment'
           when not ${seldomEnough("l.name", "true")} then 'wanted less often' when x.reason is not null then x.reason
           when ${hadElsewhere("$2::text")} then '${hadFate}' else '' end as fate
       from postrider.list l
       join postrider.subscription b on b.list_id = l.id
       join postrider.subscriber s on s.id = b.subscriber_id
       left join lateral (${suppressionOf("s.hash", "l.id")}) x on true
       where l.name = $1) people
     left join marks m on fate = '${hadFate}' and m.had_until = people.had_until
     group by 1, 4, 5, 6, 7, 8 order by 1, 5, 4, 8`,
    [list ?? "", post?.id ?? null, post?.publishedAt ?? null, post?.knownSince ?? null, ...condition.values],
  );
  const wanted = rows.find(({ fate }) => fate === "");
  const excluded: Record<string, number> = {};
  for (const { fate, count } of rows) if (fate !== "") excluded[fate] = (excluded[fate] ?? 0) + count;
  const had = rows.filter(({ fate }) => fate === hadFate).map((fate) => hadOf(fate, post?.publishedAt ?? ""));
  return {
    recipients: wanted?.count ?? 0,
    excluded,
    ...(had.length > 0 && { hadElsewhere: had }),
    fingerprint: wanted?.sum ?? "",
  };
}

/** A group of people on the list with the same result; for those who already received the post, with the proof. */
interface Fate {
  fate: string;
  count: number;
  sum: string;
  source: string | null;
  importedAt: Date | null;
  why: HadElsewhere["why"] | null;
  since: Date | null;
  listed: string | null;
}

function hadOf({ count, source, importedAt, why, since, listed }: Fate, postDate: string): HadElsewhere {
  return {
    readers: count,
    source: source ?? listed ?? "",
    importedAt: importedAt?.toISOString() ?? null,
    why: why ?? "listed",
    since: since?.toISOString() ?? null,
    postDate,
  };
}

/** The same, as two numbers. */
export async function audienceOf(sql: Sql, channel: Channel, post?: DatedPost): Promise<Audience> {
  const { recipients, excluded, hadElsewhere: had } = await plannedAudience(sql, channel, post);
  const suppressed = Object.entries(excluded).filter(([reason]) => !counted.includes(reason));
  const counts = { pending: recipients, suppressed: suppressed.reduce((sum, [, count]) => sum + count, 0) };
  return { ...counts, ...(had && { hadElsewhere: had }) };
}

/** Who gets the deliveries that were just written. The campaign has the excluded counts. */
export async function writtenAudience(
  tx: Sql,
  publicationId: string,
  channel: string,
): Promise<Omit<PlannedAudience, "excluded">> {
  const { rows } = await tx.query<{ recipients: number; fingerprint: string }>(
    `select count(*)::int as recipients, coalesce(${fingerprintOf("recipient")}, '') as fingerprint
     from postrider.delivery where publication_id = $1 and channel = $2 and state = 'pending'`,
    [publicationId, channel],
  );
  return rows[0] ?? { recipients: 0, fingerprint: "" };
}
