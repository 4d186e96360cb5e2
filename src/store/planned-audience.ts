/** Who would get a mail now, and who on the list would not, by reason: for a plan. */

import type { PlannedAudience } from "#core/plan.ts";
import type { Sql } from "#core/ports.ts";
import type { Channel, DatedPost } from "#core/publication.ts";
import { hadElsewhere, suppressionOf } from "./audience.ts";
import { segmentCondition } from "./segments.ts";

/** The fingerprint is a sum over the recipients' hashes: it needs no order, and a million of them take a second. */
export async function plannedAudience(
  sql: Sql,
  { medium, list, sending }: Channel,
  post: DatedPost,
): Promise<PlannedAudience> {
  if (medium !== "email") return { recipients: 1, excluded: {}, fingerprint: "" };
  const condition = segmentCondition(sending?.segment, 4);
  const { rows } = await sql.query<{ fate: string; count: number; sum: string }>(
    `select fate, count(*)::int as count, sum(('x' || left(hash, 15))::bit(60)::bigint)::text as sum from (
       select s.hash, case when x.reason is not null then x.reason when b.state <> 'confirmed' then b.state
           when ${hadElsewhere("$2", "$3::timestamptz")} then 'had it elsewhere' else '' end as fate
       from postrider.list l
       join postrider.subscription b on b.list_id = l.id
       join postrider.subscriber s on s.id = b.subscriber_id
       left join lateral (${suppressionOf("s.hash", "l.id")}) x on true
       where l.name = $1 and ${condition.sql}) people
     group by fate order by fate`,
    [list ?? "", post.id, post.publishedAt, ...condition.values],
  );
  const wanted = rows.find(({ fate }) => fate === "");
  return {
    recipients: wanted?.count ?? 0,
    excluded: Object.fromEntries(rows.filter(({ fate }) => fate !== "").map(({ fate, count }) => [fate, count])),
    fingerprint: wanted?.sum ?? "",
  };
}
