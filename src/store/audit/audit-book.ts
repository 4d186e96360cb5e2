/** Reads the audit log, and writes how acts ended. */

import type { AuditBook, AuditEntry, AuditQuery, Doing, Ending } from "#core/audit/audit.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";
import { columns, valuesOf } from "#store/database/record-act.ts";

export function openAuditBook({ pool }: Pick<Database, "pool">): AuditBook {
  return {
    async ended(doing: Doing, hasEffect: boolean, { result, message, after }: Ending) {
      await pool.query(
        `insert into postrider.audit_log (kind, ${columns}, result, message, after)
         values ($9, $1, $2, $3, $4, $5, $6, $7, $8, $10, $11, $12) on conflict (act_id, kind) do nothing`,
        [
          ...valuesOf(doing),
          ...[hasEffect ? "end" : "alone", result, message],
          after === null ? null : JSON.stringify(after),
        ],
      );
    },
    async list({ since, actor, post, act, before, limit }: AuditQuery) {
      const { rows } = await pool.query<AuditEntry>(listed, [
        ...[since ?? null, actor ?? null, post ?? null, act ?? null, before ?? null, limit],
      ]);
      return rows;
    },
  };
}

/** One row for each act. Its end is found by the act's id. */
const listed = `
  select l.number::text, l.at, l.act_id as id, l.act, l.actor, l.door, l.about, l.reason, l.plan, l.before,
    coalesce(l.result, e.result) as result, coalesce(l.message, e.message) as message, coalesce(l.after, e.after) as after
  from postrider.audit_log l
  left join postrider.audit_log e on e.act_id = l.act_id and e.kind = 'end' and l.kind = 'effect'
  where l.kind <> 'end'
    and ($1::timestamptz is null or l.at >= $1)
    and ($2::text is null or l.actor = $2)
    and ($3::text is null or l.about->>'post' = $3 or l.about->'posts' ? $3
      or coalesce(l.after, e.after)->'posts' ? $3)
    and ($4::text is null or l.act = $4)
    and ($5::bigint is null or l.number < $5)
  order by l.number desc limit $6`;

/** Nothing else may delete entries: see the trigger in `migrations/0210_audit_log.sql`. Returns their number. */
export async function pruneAuditLog(tx: Sql, days: number): Promise<number> {
  await tx.query("set local postrider.retention = 'on'");
  const { rowCount } = await tx.query("delete from postrider.audit_log where at < now() - make_interval(days => $1)", [
    days,
  ]);
  await tx.query("set local postrider.retention = 'off'");
  return rowCount ?? 0;
}
