/** Who would get a mail now, who on the list would not, by reason, and who it was that got it: for a plan, and for holding to it. */

import type { PlannedAudience } from "#core/plan.ts";
import type { Sql, Transaction } from "#core/ports.ts";
import type { Channel, DatedPost } from "#core/publication.ts";
import { hadElsewhere, seldomEnough, suppressionOf } from "./audience.ts";
import { segmentCondition } from "./segments.ts";

/** A sum over hashes: it needs no order, and a million of them take a second. */
const fingerprintOf = (hash: string): string => `sum(('x' || left(${hash}, 15))::bit(60)::bigint)::text`;

/** Who gets a row of the ledger that says why they get nothing; the others are counted only. */
const counted = ["unconfirmed", "unsubscribed", "outside the segment", "wanted less often"];

/**
 * Sorts people as `freeze` does.
 * @param post - absent: for a repost, which asks nobody what they had elsewhere.
 */
export async function plannedAudience(
  sql: Sql,
  { medium, list, sending }: Channel,
  post?: DatedPost,
): Promise<PlannedAudience> {
  if (medium !== "email") return { recipients: 1, excluded: {}, fingerprint: "" };
  const condition = segmentCondition(sending?.segment, 4);
  const { rows } = await sql.query<{ fate: string; count: number; sum: string }>(
    `select fate, count(*)::int as count, ${fingerprintOf("hash")} as sum from (
       select s.hash, case when b.state <> 'confirmed' then b.state when not ${condition.sql} then 'outside the segment'
           when not ${seldomEnough("l.name", "true")} then 'wanted less often' when x.reason is not null then x.reason
           when ${hadElsewhere("$2::text", "$3::timestamptz")} then 'had it elsewhere' else '' end as fate
       from postrider.list l
       join postrider.subscription b on b.list_id = l.id
       join postrider.subscriber s on s.id = b.subscriber_id
       left join lateral (${suppressionOf("s.hash", "l.id")}) x on true
       where l.name = $1) people
     group by fate order by fate`,
    [list ?? "", post?.id ?? null, post?.publishedAt ?? null, ...condition.values],
  );
  const wanted = rows.find(({ fate }) => fate === "");
  return {
    recipients: wanted?.count ?? 0,
    excluded: Object.fromEntries(rows.filter(({ fate }) => fate !== "").map(({ fate, count }) => [fate, count])),
    fingerprint: wanted?.sum ?? "",
  };
}

/** The same in two numbers. */
export async function audienceOf(
  sql: Sql,
  channel: Channel,
  post?: DatedPost,
): Promise<{ pending: number; suppressed: number }> {
  const { recipients, excluded } = await plannedAudience(sql, channel, post);
  const suppressed = Object.entries(excluded).filter(([reason]) => !counted.includes(reason));
  return { pending: recipients, suppressed: suppressed.reduce((sum, [, count]) => sum + count, 0) };
}

/** Who gets what was just written; `excluded` is with the campaign. */
export async function writtenAudience(
  tx: Transaction,
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
