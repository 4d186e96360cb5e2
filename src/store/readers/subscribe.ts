/** Subscribing with confirmation. A known address causes the same writes, but possibly no email. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Origin, SubscribeRequest, WrittenLetter } from "#core/readers/reader.ts";
import { normalizeAddress } from "#core/readers/subscriber.ts";
import { liftOwn } from "./suppressions.ts";

/** Confirmation emails to one address per day, for all lists: the requests may come from somebody else. */
const mostLettersADay = 5;
/** This many from one network within ten minutes are sent at once. Each further one waits longer. */
const freeFromNetwork = 3;
const delayStepMs = 20_000;

/** Records a request to subscribe. */
export async function ask(
  tx: Sql,
  { address, name, language, lists, origin }: SubscribeRequest,
  hashOf: (address: string) => string,
): Promise<WrittenLetter | null> {
  const hash = hashOf(address);
  const suppressed = await tx.query(
    "select 1 from postrider.suppression where hash = $1 and list_id is null and reason not in ('unsubscribe', 'forgotten') limit 1",
    [hash],
  );
  // People who complained get no confirmation email. Forgotten and unsubscribed people may come back, but only by confirming this email.
  if (suppressed.rows.length > 0) return null;
  // The row lock makes two simultaneous requests run one after the other.
  const { rows: people } = await tx.query<{ id: string }>(
    `insert into postrider.subscriber (address, normalized, hash, name, language) values ($1, $2, $3, $4, $5)
     on conflict (normalized) do update set updated_at = now() returning id`,
    [address.trim(), normalizeAddress(address), hash, name?.trim() || null, language ?? null],
  );
  const id = people[0]?.id;
  await tx.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source)
     select l.id, $1, 'unconfirmed', $2 from postrider.list l where l.name = any($3) order by l.id on conflict do nothing`,
    [id, origin.form, lists],
  );
  const { rows: wanted } = await tx.query<{ id: number }>(
    `with asked as (
       insert into postrider.consent (subscriber_id, list_id, action, form, network)
       select $1, l.id, 'asked', $3, $4 from postrider.list l where l.name = any($2) order by l.id returning list_id)
     select b.list_id as id from postrider.subscription b join asked a on a.list_id = b.list_id
     where b.subscriber_id = $1 and b.state <> 'confirmed'
       and not exists (select 1 from postrider.suppression x where x.hash = $5 and x.list_id = b.list_id and x.reason <> 'unsubscribe')
       and not exists (select 1 from postrider.letter t where t.subscriber_id = $1 and t.kind = 'confirm'
         and b.list_id = any(t.list_ids) and t.created_at > now() - interval '1 hour')
       and (select count(*) from postrider.letter t where t.subscriber_id = $1 and t.kind = 'confirm'
         and t.created_at > now() - interval '1 day') < ${mostLettersADay}
     order by b.list_id`,
    [id, lists, origin.form, origin.network ?? null, hash],
  );
  if (wanted.length === 0) return null;
  const listIds = wanted.map((list) => list.id);
  return writeLetter(tx, "confirm", id ?? "", listIds, await delayFor(tx, origin));
}

/** Many requests from one network are probably abuse: their emails are delayed, and later not sent at all. */
async function delayFor(sql: Sql, { network }: Origin): Promise<number> {
  if (!network) return 0;
  const { rows } = await sql.query<{ people: number }>(
    `select count(distinct subscriber_id)::int as people from postrider.consent
     where network = $1 and action = 'asked' and at > now() - interval '10 minutes'`,
    [network],
  );
  return Math.max(0, (rows[0]?.people ?? 0) - freeFromNetwork) * delayStepMs;
}

export async function writeLetter(
  tx: Sql,
  kind: "confirm" | "welcome" | "data",
  subscriberId: string,
  listIds: readonly number[],
  delay = 0,
): Promise<WrittenLetter> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into postrider.letter (kind, subscriber_id, list_ids, due_at)
     values ($1, $2, $3, now() + interval '1 millisecond' * $4::float8) returning id`,
    [kind, subscriberId, listIds, delay],
  );
  return { id: rows[0]?.id ?? "", delay };
}

interface Asked {
  subscriberId: string;
  listIds: number[];
  title: string;
  list: string;
  language: string | null;
}

/** The lists that an email asked about; none if the reader has unsubscribed since, so that an old link doesn't subscribe them again. */
export async function asked(sql: Sql, recipient: string, letterId: string): Promise<Asked | null> {
  const { rows } = await sql.query<Asked & { listIds: number[] | null }>(
    `select t.subscriber_id as "subscriberId", s.language, n.*
     from postrider.letter t join postrider.subscriber s on s.id = t.subscriber_id, lateral (
       select array_agg(l.id order by l.id) as "listIds", string_agg(l.title, ', ' order by l.id) as title,
         min(l.name) as list
       from postrider.subscription b join postrider.list l on l.id = b.list_id
       where b.subscriber_id = t.subscriber_id and b.list_id = any(t.list_ids)
         and not (b.state = 'unsubscribed' and b.since >= t.created_at)) n
     where s.hash = $1 and t.id::text = $2 and t.kind = 'confirm'`,
    [recipient, letterId],
  );
  return rows[0]?.listIds ? rows[0] : null;
}

export async function confirm(
  tx: Sql,
  recipient: string,
  letterId: string,
  { form, network }: Origin,
  welcoming: readonly string[],
): Promise<{ known: boolean; welcome: WrittenLetter | null }> {
  // With two clicks at once, the second waits and finds it already done.
  await tx.query("select 1 from postrider.subscriber where hash = $1 for update", [recipient]);
  const question = await asked(tx, recipient, letterId);
  if (!question) return { known: false, welcome: null };
  const { rows } = await tx.query<{ id: number }>(
    `with confirmed as (
       update postrider.subscription set state = 'confirmed', since = now(), source = $3
       where subscriber_id = $1 and list_id = any($2) and state <> 'confirmed' returning list_id),
     proved as (
       insert into postrider.consent (subscriber_id, list_id, action, form, network)
       select $1, list_id, 'confirmed', $3, $4 from confirmed)
     select list_id as id from confirmed join postrider.list l on l.id = list_id where l.name = any($5) order by list_id`,
    [question.subscriberId, question.listIds, form, network ?? null, welcoming],
  );
  await liftOwn(tx, recipient, question.listIds);
  const listIds = rows.map((list) => list.id);
  if (listIds.length === 0) return { known: true, welcome: null };
  return { known: true, welcome: await writeLetter(tx, "welcome", question.subscriberId, listIds) };
}
