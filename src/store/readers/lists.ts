/** Lists: found by name, created with the first reader, counted, and removed with their subscriptions. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { ListCounts, RemovedList } from "#core/readers/subscriber-book.ts";

export async function listNamed(sql: Sql, name: string): Promise<number | null> {
  const { rows } = await sql.query<{ id: number }>("select id from postrider.list where name = $1", [name]);
  return rows[0]?.id ?? null;
}

export async function ensureList(sql: Sql, name: string): Promise<number> {
  await sql.query("insert into postrider.list (name, title) values ($1, $1) on conflict do nothing", [name]);
  const id = await listNamed(sql, name);
  if (id === null) throw new PostriderError("internal", `The list ${name} could not be created`);
  return id;
}

export async function listNames(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>("select name from postrider.list order by name");
  return rows.map(({ name }) => name);
}

export async function countLists(sql: Sql): Promise<ListCounts[]> {
  const { rows } = await sql.query<ListCounts>(
    `select l.name, l.title, count(b.*) filter (where b.state = 'confirmed')::int as confirmed,
       coalesce((select count(distinct c.subscriber_id) from postrider.suppression x
         join postrider.subscriber s on s.hash = x.hash
         join postrider.subscription c on c.subscriber_id = s.id and c.list_id = l.id and c.state = 'confirmed'
         where x.list_id is null or x.list_id = l.id), 0)::int as suppressed,
       count(b.*) filter (where b.state = 'unconfirmed')::int as unconfirmed,
       count(b.*) filter (where b.state = 'unsubscribed')::int as unsubscribed
     from postrider.list l left join postrider.subscription b on b.list_id = l.id group by l.id order by l.name`,
  );
  return rows;
}

/** The people are kept. Returns `null` if there is no such list. */
export async function removeList(tx: Sql, name: string, actor: string): Promise<RemovedList | null> {
  const { rows } = await tx.query<{ id: number }>("select id from postrider.list where name = $1 for update", [name]);
  const id = rows[0]?.id;
  if (id === undefined) return null;
  const subscriptions = await tx.query("delete from postrider.subscription where list_id = $1", [id]);
  await tx.query("delete from postrider.consent where list_id = $1", [id]);
  await tx.query("delete from postrider.engagement where list_id = $1", [id]);
  const suppressions = await tx.query("delete from postrider.suppression where list_id = $1", [id]);
  await tx.query(
    `update postrider.letter set list_ids = array_remove(list_ids, $1)
     where $1 = any(list_ids) and cardinality(list_ids) > 1`,
    [id],
  );
  await tx.query("delete from postrider.letter where $1 = any(list_ids)", [id]);
  await tx.query("delete from postrider.list where id = $1", [id]);
  const removed = { subscriptions: subscriptions.rowCount ?? 0, suppressions: suppressions.rowCount ?? 0 };
  await tx.query("insert into postrider.event (kind, actor, data) values ('list.removed', $1, $2)", [
    actor,
    JSON.stringify({ list: name, ...removed }),
  ]);
  return removed;
}
