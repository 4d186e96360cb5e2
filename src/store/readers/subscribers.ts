/** Subscribers and lists. Nothing here subscribes people again who unsubscribed. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { type Attributes, attributesProblem } from "#core/readers/attributes.ts";
import { type NewSubscriber, normalizeAddress, type Subscriber } from "#core/readers/subscriber.ts";
import type { SubscriberBook, SubscriptionRow } from "#core/readers/subscriber-book.ts";
import type { Database } from "#store/database/database.ts";
import { recipientKey } from "#store/database/settings.ts";
import { blockedAmong, forget, holdForgetting } from "./forget.ts";
import { leave } from "./leave.ts";
import { ensureList, listNames, openListCounter, removeList } from "./lists.ts";
import { recipientHasher } from "./recipient-hash.ts";
import { resubscribe } from "./resubscribe.ts";
import { listSubscribers } from "./subscriber-list.ts";

const pageSize = 1_000;

export async function openSubscribers(database: Database): Promise<SubscriberBook> {
  const sql = database.pool;
  const key = await recipientKey(sql);
  const hashOf = recipientHasher(key);

  return {
    add: (people, options) => database.transaction((tx) => add(tx, people, options, hashOf)),
    resubscribe: (person, proof) =>
      database.transaction((tx) => resubscribe(tx, person, hashOf(person.address), proof)),
    find: (address) => find(sql, normalizeAddress(address), hashOf(address)),
    describe: (address, attributes) =>
      database.transaction((tx) => describe(tx, normalizeAddress(address), attributes)),
    export: (list) => exportAll(sql, list),
    unsubscribe: (address, list) =>
      database.transaction((tx) =>
        leave(tx, [hashOf(address)], list === undefined ? null : [list], { form: "operator" }),
      ),
    forget: (address) => database.transaction((tx) => forget(tx, hashOf(address), true)),
    lists: openListCounter(sql),
    listNames: () => listNames(sql),
    list: (wanted) => listSubscribers(sql, wanted),
    missingAttributes: (names) => missingAttributes(sql, names),
    removeList: (name, actor) => database.transaction((tx) => removeList(tx, name, actor)),
  };
}

async function add(
  tx: Sql,
  people: readonly NewSubscriber[],
  { list, source }: { list: string; source: string },
  hashOf: (address: string) => string,
): Promise<{ added: number; known: number; forgotten: number }> {
  await holdForgetting(tx);
  // The same person twice in one statement would be an error, so only the first is used.
  const unique = new Map(people.toReversed().map((person) => [normalizeAddress(person.address), person]));
  const all = [...unique].reverse().map(([normalized, person]) => ({
    normalized,
    address: person.address.trim(),
    hash: hashOf(person.address),
    name: person.name?.trim() || null,
  }));
  const listId = await ensureList(tx, list);
  const blocked = await blockedAmong(
    tx,
    all.map(({ hash }) => hash),
    listId,
  );
  const rows = all.filter(({ hash }) => blocked.get(hash) !== "forgotten");
  await tx.query(
    `insert into postrider.subscriber (address, normalized, hash, name)
     select address, normalized, hash, name from jsonb_to_recordset($1) as p (address text, normalized text, hash text, name text)
     on conflict (normalized) do update set name = excluded.name, updated_at = now()
     where subscriber.name is null and excluded.name is not null`,
    [JSON.stringify(rows)],
  );
  const added = await tx.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source)
     select $1, s.id, 'confirmed', $2 from postrider.subscriber s where s.normalized = any($3) order by s.id
     on conflict do nothing`,
    [listId, source, rows.map((row) => row.normalized)],
  );
  const count = added.rowCount ?? 0;
  return { added: count, known: rows.length - count, forgotten: all.length - rows.length };
}

async function find(sql: Sql, normalized: string, hash: string): Promise<Subscriber | null> {
  const people = await sql.query<{
    id: string;
    address: string;
    name: string | null;
    language: string | null;
    attributes: Attributes;
  }>("select id, address, name, language, attributes from postrider.subscriber where normalized = $1", [normalized]);
  const suppressions = await sql.query<
    Omit<Subscriber["suppressions"][number], "list" | "evidence"> & { list: string | null; evidence: string | null }
  >(
    `select x.reason, l.name as list, x.created_at as since, x.evidence from postrider.suppression x
     left join postrider.list l on l.id = x.list_id where x.hash = $1 order by x.created_at`,
    [hash],
  );
  const [person] = people.rows;
  if (!person && suppressions.rows.length === 0) return null;
  const lists = await sql.query<Subscriber["lists"][number]>(
    `select l.name, b.state, b.since, b.source, b.frequency from postrider.subscription b join postrider.list l on l.id = b.list_id
     where b.subscriber_id = $1 order by l.name`,
    [person?.id ?? null],
  );
  return {
    address: person?.address ?? "",
    ...(person?.name && { name: person.name }),
    ...(person?.language && { language: person.language }),
    ...(person && Object.keys(person.attributes).length > 0 && { attributes: person.attributes }),
    lists: lists.rows,
    suppressions: suppressions.rows.map(({ list, evidence, ...row }) => ({
      ...row,
      ...(list && { list }),
      ...(evidence && { evidence }),
    })),
  };
}

async function describe(sql: Sql, normalized: string, attributes: Attributes): Promise<void> {
  const problem = attributesProblem(attributes);
  if (problem) throw new PostriderError("invalid", `The attributes are not valid: ${problem}`);
  const { rowCount } = await sql.query(
    "update postrider.subscriber set attributes = attributes || $2::jsonb, updated_at = now() where normalized = $1",
    [normalized, JSON.stringify(attributes)],
  );
  if (!rowCount) throw new PostriderError("not_found", "No subscriber has this address");
}

async function missingAttributes(sql: Sql, names: readonly string[]): Promise<{ missing: string[]; known: string[] }> {
  const { rows } = await sql.query<{ name: string }>(
    `select n.name from unnest($1::text[]) as n (name)
     where not exists (select from postrider.subscriber where attributes ? n.name)
       and exists (select from postrider.subscriber)`,
    [names],
  );
  if (rows.length === 0) return { missing: [], known: [] };
  const all = await sql.query<{ name: string }>(
    "select distinct jsonb_object_keys(attributes) as name from postrider.subscriber order by name",
  );
  return { missing: rows.map(({ name }) => name), known: all.rows.map(({ name }) => name) };
}

/** Reads everybody in the order of their ids, with constant memory. */
async function* exportAll(sql: Sql, list?: string): ReturnType<SubscriberBook["export"]> {
  let last = "0";
  for (;;) {
    const { rows } = await sql.query<
      Omit<SubscriptionRow, "name" | "language"> & { id: string; name: string | null; language: string | null }
    >(
      `select s.id, s.address, s.name, l.name as list, b.state, b.since, b.source, s.language, b.frequency, s.attributes
       from (select * from postrider.subscriber where id > $1 order by id limit ${pageSize}) s
       join postrider.subscription b on b.subscriber_id = s.id join postrider.list l on l.id = b.list_id
       where $2::text is null or l.name = $2 order by s.id, l.name`,
      [last, list ?? null],
    );
    for (const { id: _, name, language, ...row } of rows) yield { ...row, name: name ?? "", language: language ?? "" };
    const next = await sql.query<{ last: string | null }>(
      `select max(id) as last from (select id from postrider.subscriber where id > $1 order by id limit ${pageSize}) s`,
      [last],
    );
    if (!next.rows[0]?.last) return;
    last = next.rows[0].last;
  }
}
