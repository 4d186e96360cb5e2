/**
 * Emails about subscriptions that wait to be sent: claimed by compare-and-set, so that two workers never send the same
 * one.
 */

import type { Sql } from "#core/ports/transaction.ts";
import type { LetterChange, LetterStore, TakenLetter } from "#core/readers/letter.ts";
import type { Database } from "#store/database/database.ts";

/** Longer than any SMTP session. */
const deadAfterMinutes = 15;

export function openLetterStore({ pool }: Database): LetterStore {
  return {
    take: (id) => take(pool, id),
    record,
    due: async () => {
      await pool.query(
        `update postrider.letter set state = 'uncertain', updated_at = now()
         where state = 'sending' and updated_at < now() - make_interval(mins => ${deadAfterMinutes})`,
      );
      const { rows } = await pool.query<{ id: string }>(
        "select id from postrider.letter where state = 'pending' and due_at <= now() order by due_at limit 1000",
      );
      return rows.map(({ id }) => id);
    },
  };
}

async function take(sql: Sql, id: string): Promise<TakenLetter | null> {
  const { rows } = await sql.query<
    Omit<TakenLetter, "name" | "language"> & { name: string | null; language: string | null; unwanted: boolean }
  >(
    `with candidate as (
       select t.id, exists (select 1 from postrider.suppression x where x.hash = s.hash and x.list_id is null
           and x.reason <> 'unsubscribe' and not (x.reason = 'forgotten' and t.kind = 'confirm'))
         or (t.kind = 'confirm' and not exists (select 1 from postrider.subscription b
           where b.subscriber_id = t.subscriber_id and b.list_id = any(t.list_ids) and b.state <> 'confirmed'))
         or (t.kind = 'welcome' and not exists (select 1 from postrider.subscription b
           where b.subscriber_id = t.subscriber_id and b.list_id = any(t.list_ids) and b.state = 'confirmed')) as unwanted
       from postrider.letter t join postrider.subscriber s on s.id = t.subscriber_id
       where t.id = $1 and t.state = 'pending' and t.due_at <= now() and not postrider.is_copy() for update of t)
     update postrider.letter t set state = case when c.unwanted then 'cancelled' else 'sending' end,
       attempts = t.attempts + 1, updated_at = now()
     from candidate c, postrider.subscriber s
     where t.id = c.id and t.state = 'pending' and s.id = t.subscriber_id
     returning t.id, t.kind, s.hash as recipient, s.address, s.name, s.language, t.attempts - 1 as attempts,
       t.created_at as "createdAt", c.unwanted,
       (select json_agg(json_build_object('name', l.name, 'title', l.title) order by l.id)
        from postrider.list l where l.id = any(t.list_ids)) as lists`,
    [id],
  );
  const [row] = rows;
  if (!row || row.unwanted) return null;
  const { name, language, unwanted: _, ...letter } = row;
  return { ...letter, ...(name && { name }), ...(language && { language }) };
}

async function record(sql: Sql, id: string, change: LetterChange): Promise<void> {
  const failure = "failure" in change ? JSON.stringify(change.failure) : null;
  const dueIn = change.state === "pending" ? change.dueIn : 0;
  await sql.query(
    `update postrider.letter set state = $2, failure = $3, updated_at = now(), due_at = now() + interval '1 millisecond' * $4::float8
     where id = $1 and state = 'sending'`,
    [id, change.state, failure, dueIn],
  );
}
