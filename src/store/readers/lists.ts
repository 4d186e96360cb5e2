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

/** Counts lists. Subscriptions are counted by the transactions that change them. */
export function openListCounter(sql: Sql): () => Promise<ListCounts[]> {
  let known: { mark: string; suppressed: Promise<Map<string, number>> } | null = null;
  return async () => {
    const { rows } = await sql.query<Omit<ListCounts, "suppressed"> & { mark: string }>(
      `select l.name, l.title, coalesce(n.confirmed, 0)::int as confirmed,
         coalesce(n.unconfirmed, 0)::int as unconfirmed, coalesce(n.unsubscribed, 0)::int as unsubscribed, ${mark} as mark
       from postrider.list l
       left join (
         select list_id, sum(change) filter (where state = 'confirmed') as confirmed,
           sum(change) filter (where state = 'unconfirmed') as unconfirmed,
           sum(change) filter (where state = 'unsubscribed') as unsubscribed
         from postrider.subscription_count group by list_id) n on n.list_id = l.id
       order by l.name`,
    );
    const [first] = rows;
    if (!first) return [];
    if (known?.mark !== first.mark) known = { mark: first.mark, suppressed: countSuppressed(sql) };
    const suppressed = await known.suppressed.catch((error: unknown) => {
      known = null;
      throw error;
    });
    return rows.map(({ mark: _, ...row }) => ({ ...row, suppressed: suppressed.get(row.name) ?? 0 }));
  };
}

/** As long as it is the same, the same readers are suppressed. */
const mark = `(select count(*) || ' ' || coalesce(sum(id), 0) from postrider.suppression)
  || ' ' || (select count(*) || ' ' || coalesce(sum(id), 0) from postrider.subscription_count)`;

/** Takes a fifth of a second for 20,000 suppressions. */
async function countSuppressed(sql: Sql): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ name: string; suppressed: number }>(
    `select l.name, count(distinct c.subscriber_id)::int as suppressed
     from postrider.suppression s
     join postrider.subscriber p on p.hash = s.hash
     join postrider.subscription c on c.subscriber_id = p.id and c.state = 'confirmed'
       and (s.list_id is null or s.list_id = c.list_id)
     join postrider.list l on l.id = c.list_id
     group by l.name`,
  );
  return new Map(rows.map(({ name, suppressed }) => [name, suppressed]));
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
