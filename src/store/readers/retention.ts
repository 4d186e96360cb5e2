/** Erases personal data when its retention time is over. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Retained, Retention } from "#core/readers/retention.ts";
import { pruneAuditLog } from "#store/audit/audit-book.ts";

export async function retain(tx: Sql, rules: Retention): Promise<Retained> {
  const older = (column: string): string => `${column} < now() - make_interval(days => $1)`;
  const unconfirmed = await count(
    tx,
    `with over as (delete from postrider.subscription where state = 'unconfirmed' and ${older("since")} returning subscriber_id, list_id),
     gone as (delete from postrider.subscriber s using over o where s.id = o.subscriber_id and not exists (
       select 1 from postrider.subscription b where b.subscriber_id = s.id
         and not exists (select 1 from over x where x.subscriber_id = b.subscriber_id and x.list_id = b.list_id)))
     select count(*)::int as count from over`,
    rules.unconfirmedDays,
  );
  return {
    unconfirmed,
    networks: await count(
      tx,
      `with over as (update postrider.consent set network = null where network is not null and ${older("at")} returning 1)
       select count(*)::int as count from over`,
      rules.networkDays,
    ),
    engagement: await count(
      tx,
      `with over as (delete from postrider.engagement where ${older("at")} returning 1) select count(*)::int as count from over`,
      rules.engagementDays,
    ),
    bounces: await count(
      tx,
      `with over as (delete from postrider.bounce where ${older("at")} returning 1) select count(*)::int as count from over`,
      rules.bounceDays,
    ),
    auditLog: rules.auditLogDays === undefined ? 0 : await pruneAuditLog(tx, rules.auditLogDays),
  };
}

async function count(sql: Sql, statement: string, days: number): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(statement, [days]);
  return rows[0]?.count ?? 0;
}
