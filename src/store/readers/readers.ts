/** Actions of readers themselves, identified by the hash in their links. */

import type { Sql } from "#core/ports/transaction.ts";
import type {
  ListFor,
  Origin,
  Preferences,
  PreferencesChange,
  ReaderStore,
  WrittenLetter,
} from "#core/readers/reader.ts";
import type { Frequency } from "#core/readers/subscriber.ts";
import type { Database } from "#store/database/database.ts";
import { recipientKey } from "#store/database/settings.ts";
import { forget } from "./forget.ts";
import { leave } from "./leave.ts";
import { recipientHasher } from "./recipient-hash.ts";
import { ask, asked, confirm, writeLetter } from "./subscribe.ts";
import { liftOwn } from "./suppressions.ts";

/** @param lists - every list with its title. Everybody may join lists that are `open`. */
export async function openReaderStore(
  { pool, transaction }: Database,
  lists: readonly { name: string; title: string; open: boolean; welcome: boolean }[],
): Promise<ReaderStore> {
  const hashOf = recipientHasher(await recipientKey(pool));
  for (const { name, title } of lists)
    await pool.query(
      `insert into postrider.list (name, title) values ($1, $2)
       on conflict (name) do update set title = excluded.title where list.title <> excluded.title`,
      [name, title],
    );
  const open = lists.filter((list) => list.open);
  const welcoming = lists.filter((list) => list.welcome).map(({ name }) => name);
  return {
    transaction,
    ask: (tx: Sql, request) => {
      const wanted = request.lists.filter((list) => open.some(({ name }) => name === list));
      return wanted.length > 0 ? ask(tx, { ...request, lists: wanted }, hashOf) : Promise.resolve(null);
    },
    asked: async (recipient, letterId) => {
      const question = await asked(pool, recipient, letterId);
      if (!question) return null;
      const { title, list, language } = question;
      return { title, list, ...(language && { language }) };
    },
    confirm: (tx: Sql, recipient, letterId, origin) => confirm(tx, recipient, letterId, origin, welcoming),
    leave: (recipient, list, origin) =>
      transaction(async (tx) => {
        await leave(tx, [recipient], [list], origin);
        return listFor(tx, recipient, list);
      }),
    listFor: (recipient, list) => listFor(pool, recipient, list),
    openLists: async () => open.map(({ name, title }) => ({ name, title })),
    preferences: (recipient) => preferences(pool, recipient, open),
    choose: (tx: Sql, recipient, change, origin) => choose(tx, recipient, change, origin, open),
    leaveAll: async (recipient, origin) => {
      await leave(pool, [recipient], null, origin);
    },
    askForData,
    data: (recipient) => data(pool, recipient),
    forget: async (recipient) => {
      await transaction((tx) => forget(tx, recipient, false));
    },
  };
}

async function listFor(sql: Sql, recipient: string, list: string): Promise<ListFor> {
  const { rows } = await sql.query<{ title: string | null; language: string | null }>(
    `select (select title from postrider.list where name = $2) as title,
       (select language from postrider.subscriber where hash = $1) as language`,
    [recipient, list],
  );
  const { title, language } = rows[0] ?? {};
  return { title: title ?? list, ...(language && { language }) };
}

/** Open lists, and lists that the reader is on. */
async function preferences(
  sql: Sql,
  recipient: string,
  open: readonly { name: string }[],
): Promise<Preferences | null> {
  const { rows: people } = await sql.query<{
    id: string;
    address: string;
    name: string | null;
    language: string | null;
  }>("select id, address, name, language from postrider.subscriber where hash = $1", [recipient]);
  const [person] = people;
  if (!person) return null;
  const { rows } = await sql.query<{ name: string; title: string; state: string | null; frequency: Frequency | null }>(
    `select l.name, l.title, b.state, b.frequency from postrider.list l
     left join postrider.subscription b on b.list_id = l.id and b.subscriber_id = $1
     where l.name = any($2) or b.state = 'confirmed' order by l.id`,
    [person.id, open.map(({ name }) => name)],
  );
  return {
    address: person.address,
    name: person.name ?? "",
    ...(person.language && { language: person.language }),
    lists: rows.map(({ name, title, state, frequency }) => ({
      ...{ name, title, subscribed: state === "confirmed", frequency: frequency ?? "each" },
    })),
  };
}

/** The link was sent to the address by email, so selecting a list there also confirms it. */
async function choose(
  tx: Sql,
  recipient: string,
  { name, language, lists }: PreferencesChange,
  origin: Origin,
  open: readonly { name: string }[],
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    "update postrider.subscriber set name = $2, language = $3, updated_at = now() where hash = $1 returning id",
    [recipient, name.trim() || null, language ?? null],
  );
  const id = rows[0]?.id;
  if (!id) return;
  const left = lists.filter((list) => !list.subscribed).map((list) => list.name);
  await leave(tx, [recipient], left, origin);
  const joined = lists.filter((list) => list.subscribed && open.some((one) => one.name === list.name));
  const { rows: back } = await tx.query<{ id: number }>(
    `with joined as (
       insert into postrider.subscription (list_id, subscriber_id, state, source)
       select l.id, $1, 'confirmed', $3 from postrider.list l where l.name = any($2) order by l.id
       on conflict (list_id, subscriber_id) do update set state = 'confirmed', since = now(), source = excluded.source
       where subscription.state <> 'confirmed' returning list_id)
     insert into postrider.consent (subscriber_id, list_id, action, form, network)
     select $1, list_id, 'confirmed', $3, $4 from joined returning list_id as id`,
    [id, joined.map((list) => list.name), origin.form, origin.network ?? null],
  );
  if (back.length > 0)
    await liftOwn(
      tx,
      recipient,
      back.map((list) => list.id),
    );
  await tx.query(
    `update postrider.subscription b set frequency = c.frequency
     from jsonb_to_recordset($2) as c (name text, frequency text), postrider.list l
     where l.name = c.name and b.list_id = l.id and b.subscriber_id = $1 and b.frequency <> c.frequency`,
    [id, JSON.stringify(lists)],
  );
}

async function askForData(tx: Sql, recipient: string, list: string): Promise<WrittenLetter | null> {
  const { rows } = await tx.query<{ id: string; list: number }>(
    `select s.id, l.id as list from postrider.subscriber s, postrider.list l where s.hash = $1 and l.name = $2
     and not exists (select 1 from postrider.letter t
       where t.subscriber_id = s.id and t.kind = 'data' and t.created_at > now() - interval '10 minutes') for update of s`,
    [recipient, list],
  );
  return rows[0] ? writeLetter(tx, "data", rows[0].id, [rows[0].list]) : null;
}

async function data(sql: Sql, recipient: string): Promise<Record<string, unknown> | null> {
  const { rows } = await sql.query<{ data: Record<string, unknown> }>(
    `select json_build_object('address', s.address, 'name', s.name, 'language', s.language, 'attributes', s.attributes,
       'since', s.created_at,
       'subscriptions', (select coalesce(json_agg(json_build_object('list', l.name, 'state', b.state, 'since', b.since,
           'source', b.source, 'frequency', b.frequency) order by l.name), '[]')
         from postrider.subscription b join postrider.list l on l.id = b.list_id where b.subscriber_id = s.id),
       'consent', (select coalesce(json_agg(json_build_object('at', c.at, 'list', l.name, 'action', c.action,
           'form', c.form, 'evidence', c.evidence, 'network', c.network) order by c.id), '[]')
         from postrider.consent c join postrider.list l on l.id = c.list_id where c.subscriber_id = s.id),
       'letters', (select coalesce(json_agg(json_build_object('at', t.created_at, 'kind', t.kind, 'state', t.state)
           order by t.created_at), '[]') from postrider.letter t where t.subscriber_id = s.id),
       'seen', (select coalesce(json_agg(json_build_object('at', e.at, 'list', l.name, 'post', e.post_id, 'kind', e.kind,
           'url', e.url, 'byMachine', e.prefetched) order by e.id), '[]')
         from postrider.engagement e join postrider.list l on l.id = e.list_id where e.subscriber_id = s.id),
       'suppressions', (select coalesce(json_agg(json_build_object('since', x.created_at, 'list', l.name,
           'reason', x.reason, 'evidence', x.evidence) order by x.id), '[]')
         from postrider.suppression x left join postrider.list l on l.id = x.list_id where x.hash = s.hash),
       'mails', (select coalesce(json_agg(json_build_object('at', d.settled_at, 'post', d.post_id, 'state', d.state)
           order by d.id), '[]') from postrider.publication_channel m
         join postrider.delivery d on d.post_id = m.post_id and d.channel = m.channel and d.recipient = s.hash
           and d.generation = m.generation)) as data
     from postrider.subscriber s where s.hash = $1`,
    [recipient],
  );
  return rows[0]?.data ?? null;
}
