/**
 * Addresses that must get no email: by hash, so that it outlives the person, with reason and evidence; and how to lift
 * it.
 */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Suppression } from "#core/readers/subscriber.ts";
import type { SuppressionBook, SuppressionChange } from "#core/readers/subscriber-book.ts";
import type { Database } from "#store/database/database.ts";
import { recipientKey } from "#store/database/settings.ts";
import { recipientHasher } from "./recipient-hash.ts";

const pageSize = 1_000;

export async function openSuppressions(database: Database): Promise<SuppressionBook> {
  const key = await recipientKey(database.pool);
  const hashOf = recipientHasher(key);
  return {
    add: (address, change) => database.transaction((tx) => add(tx, hashOf(address), change)),
    lift: (address, change) => database.transaction((tx) => lift(tx, hashOf(address), change)),
    list: (list) => all(database.pool, list),
    received: (postId, addresses, source) =>
      database.transaction((tx) => received(tx, postId, addresses.map(hashOf), source)),
  };
}

async function add(tx: Sql, hash: string, { reason, actor, list }: SuppressionChange): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into postrider.suppression (hash, list_id, reason, evidence) values ($1, $2, 'manual', $3)
     on conflict (hash, list_id) do nothing`,
    [hash, await listId(tx, list), `${actor}: ${reason}`],
  );
  if (!rowCount) return false;
  await note(tx, "suppression.added", actor, { hash, reason, ...(list && { list }) });
  return true;
}

async function lift(tx: Sql, hash: string, { reason, actor, list }: SuppressionChange): Promise<number> {
  const { rows } = await tx.query<{ reason: string; evidence: string | null }>(
    `delete from postrider.suppression where hash = $1 and reason in ('hard-bounce', 'complaint', 'manual')
       and ($2::int is null or list_id = $2)
     returning reason, evidence`,
    [hash, await listId(tx, list)],
  );
  // Otherwise the next soft bounce would suppress the address again.
  await tx.query("update postrider.bounce set counts = false where hash = $1", [hash]);
  for (const row of rows)
    await note(tx, "suppression.lifted", actor, { hash, was: row.reason, evidence: row.evidence, reason });
  return rows.length;
}

/** The person came back: removes suppressions because of unsubscribing or being forgotten. Returns their reasons. */
export async function liftOwn(tx: Sql, hash: string, listIds: readonly number[]): Promise<string[]> {
  const { rows } = await tx.query<{ reason: string }>(
    `delete from postrider.suppression where hash = $1 and reason in ('unsubscribe', 'forgotten')
       and (list_id is null or list_id = any($2)) returning reason`,
    [hash, listIds],
  );
  return rows.map(({ reason }) => reason);
}

/** @throws PostriderError `not_found` */
async function listId(sql: Sql, list: string | undefined): Promise<number | null> {
  if (list === undefined) return null;
  const { rows } = await sql.query<{ id: number }>("select id from postrider.list where name = $1", [list]);
  if (rows[0]) return rows[0].id;
  throw new PostriderError("not_found", `There is no list "${list}"`);
}

export async function note(sql: Sql, kind: string, actor: string, data: unknown): Promise<void> {
  await sql.query("insert into postrider.event (kind, actor, data) values ($1, $2, $3)", [
    ...[kind, actor],
    JSON.stringify(data),
  ]);
}

async function* all(sql: Sql, list?: string): AsyncGenerator<Suppression, void> {
  const only = await listId(sql, list);
  let last = "0";
  for (;;) {
    const { rows } = await sql.query<Suppression & { id: string }>(
      `select x.id, s.address, x.hash, x.reason, l.name as list, x.created_at as since, x.evidence
       from postrider.suppression x left join postrider.subscriber s on s.hash = x.hash
       left join postrider.list l on l.id = x.list_id
       where x.id > $1 and ($2::int is null or x.list_id is null or x.list_id = $2) order by x.id limit ${pageSize}`,
      [last, only],
    );
    for (const { id, ...row } of rows) {
      yield row;
      last = id;
    }
    if (rows.length < pageSize) return;
  }
}

async function received(sql: Sql, postId: string, hashes: readonly string[], source: string): Promise<number> {
  const { rowCount } = await sql.query(
    `insert into postrider.received (post_id, hash, source) select $1, hash, $3 from unnest($2::text[]) as h (hash)
     on conflict do nothing`,
    [postId, hashes, source],
  );
  return rowCount ?? 0;
}
