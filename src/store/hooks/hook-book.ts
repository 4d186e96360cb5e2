/** Shows webhooks and their messages to operators, and sends messages again. */

import type { Hook, HookBook, HookMessage } from "#core/hooks/hook.ts";
import { foundIn } from "#core/listings/page.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";
import { lastId, parameters } from "#store/listings/statement.ts";

const hookColumns = `h.id::text, h.url, h.events, h.ordered,
  case when h.removed_at is not null then 'removed' when h.off_at is not null then 'off' else 'on' end as state,
  (select count(*)::int from postrider.hook_message m where m.hook_id = h.id and m.state = 'waiting') as waiting,
  (select count(*)::int from postrider.hook_message m where m.hook_id = h.id and m.state = 'given-up') as "givenUp",
  (select max(settled_at) from postrider.hook_message m where m.hook_id = h.id and m.state = 'sent') as "lastSentAt"`;

const messageColumns = `m.number::text, m.id, m.hook_id::text as webhook, m.event, m.at, m.state,
  case when m.state = 'waiting' then m.due_at end as "nextTryAt",
  coalesce((select jsonb_agg(jsonb_build_object('at', a.at, 'status', a.status, 'error', a.error) order by a.id)
    from postrider.hook_attempt a where a.message = m.number), '[]') as attempts`;

type Row = HookMessage & { number: string };

export function openHookBook({ pool, transaction }: Pick<Database, "pool" | "transaction">): HookBook {
  return {
    async list() {
      const { rows } = await pool.query<Hook>(
        `select ${hookColumns} from postrider.hook h order by h.removed_at is not null, h.id`,
      );
      return rows;
    },
    async messages({ webhook, state, event }, { after, limit }) {
      const { values, parameter } = parameters();
      const conditions = [
        `m.number < ${parameter(after ?? lastId, "bigint")}`,
        webhook !== undefined && `m.hook_id = ${parameter(webhook, "int")}`,
        state !== undefined && `m.state = ${parameter(state, "text")}`,
        event !== undefined && `m.event = ${parameter(event, "text")}`,
      ].filter((condition) => typeof condition === "string");
      const { rows } = await pool.query<Row>(
        `select ${messageColumns} from postrider.hook_message m where ${conditions.join(" and ")}
         order by m.number desc limit ${limit + 1}`,
        values,
      );
      const { items, after: next } = foundIn(rows, limit, ({ number }) => number);
      return { items: items.map(message), after: next };
    },
    replay: (id) =>
      transaction(async (tx) => {
        const { rows } = await tx.query<{ number: string }>(
          `update postrider.hook_message m set state = 'waiting', tries = 0, due_at = now(), settled_at = null
           from postrider.hook h where m.id = $1 and h.id = m.hook_id and h.removed_at is null and h.off_at is null
           returning m.number::text`,
          [id],
        );
        if (rows.length > 0) return { done: true, message: await messageWith(tx, id) };
        return { done: false, message: await messageWith(tx, id) };
      }),
    enable: (id) =>
      transaction(async (tx) => {
        await tx.query("update postrider.hook set off_at = null where id = $1 and off_at is not null", [id]);
        const { rows } = await tx.query<Hook>(
          `select ${hookColumns} from postrider.hook h where h.id = $1 and h.removed_at is null`,
          [id],
        );
        return rows[0] ?? null;
      }),
  };
}

async function messageWith(tx: Sql, id: string): Promise<HookMessage | null> {
  const { rows } = await tx.query<Row>(`select ${messageColumns} from postrider.hook_message m where m.id = $1`, [id]);
  return rows[0] ? message(rows[0]) : null;
}

/** JSON has times as text. */
function message({ number: _, attempts, ...row }: Row): HookMessage {
  return { ...row, attempts: attempts.map((each) => ({ ...each, at: new Date(each.at) })) };
}
