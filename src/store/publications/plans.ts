/** Plans that are kept. */

import type { KeptPlan, PlanBook } from "#core/publishing/kept-plan.ts";
import type { Database } from "#store/database/database.ts";

const keptDays = 30;
const approvals = `coalesce((select jsonb_agg(jsonb_build_object('by', approved_by, 'door', door, 'at', approved_at)
  order by approved_at, approved_by) from postrider.plan_approval where plan_approval.hash = plan.hash), '[]')`;
const columns = `${approvals} as approvals, asked, plan, actor, created_at as "createdAt", executed_at as "executedAt", executed_by as "executedBy"`;

export function openPlanBook({ pool, transaction }: Pick<Database, "pool" | "transaction">): PlanBook {
  async function find(hash: string): Promise<KeptPlan | null> {
    const { rows } = await pool.query<KeptPlan>(`select ${columns} from postrider.plan where hash = $1`, [hash]);
    return rows[0] ? withTimes(rows[0]) : null;
  }
  return {
    find,
    keep: ({ asked, plan, actor }) =>
      transaction(async (tx) => {
        await tx.query("delete from postrider.plan where created_at < now() - make_interval(days => $1)", [keptDays]);
        const { rows } = await tx.query<KeptPlan>(
          `insert into postrider.plan (hash, asked, plan, actor) values ($1, $2, $3, $4)
           on conflict (hash) do update set asked = excluded.asked returning ${columns}`,
          [plan.hash, JSON.stringify(asked), JSON.stringify(plan), actor],
        );
        return withTimes(rows[0] as KeptPlan);
      }),
    async approve(hash, { by, door }) {
      await transaction((tx) =>
        tx.query(
          `insert into postrider.plan_approval (hash, approved_by, door) select hash, $2, $3 from postrider.plan
           where hash = $1 on conflict do nothing`,
          [hash, by, door],
        ),
      );
      return find(hash);
    },
    async executed(hash, actor) {
      await transaction((tx) =>
        tx.query(
          "update postrider.plan set executed_at = now(), executed_by = $2 where hash = $1 and executed_at is null",
          [hash, actor],
        ),
      );
    },
  };
}

/** JSON has times as text. */
function withTimes(plan: KeptPlan): KeptPlan {
  return { ...plan, approvals: plan.approvals.map((each) => ({ ...each, at: new Date(each.at) })) };
}
