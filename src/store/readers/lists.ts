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

/** From indexes alone: most subscriptions are confirmed, so these are what the others leave of all. */
export async function countLists(sql: Sql): Promise<ListCounts[]> {
  const { rows } = await sql.query<ListCounts & { all: number }>(
    `select l.name, l.title, coalesce(x.suppressed, 0)::int as suppressed, coalesce(o.unconfirmed, 0)::int as unconfirmed,
       coalesce(o.unsubscribed, 0)::int as unsubscribed,
       (select count(*) from postrider.subscription b where b.list_id = l.id)::int as all
     from postrider.list l
     left join (
       select list_id, count(*) filter (where state = 'unconfirmed') as unconfirmed,
         count(*) filter (where state = 'unsubscribed') as unsubscribed
       from postrider.subscription where state <> 'confirmed' group by list_id) o on o.list_id = l.id
     left join (
       select c.list_id, count(distinct c.subscriber_id) as suppressed
       from postrider.suppression s
       join postrider.subscriber p on p.hash = s.hash
       join postrider.subscription c on c.subscriber_id = p.id and c.state = 'confirmed'
         and (s.list_id is null or s.list_id = c.list_id)
       group by c.list_id) x on x.list_id = l.id
     order by l.name`,
  );
  return rows.map(({ all, ...row }) => ({ ...row, confirmed: all - row.unconfirmed - row.unsubscribed }));
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
