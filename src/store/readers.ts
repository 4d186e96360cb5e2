/** What readers do for themselves, by the hash that their links carry. */

import type { Sql } from "#core/ports.ts";
import type { ListFor, Origin, ReaderStore } from "#core/reader.ts";
import type { Database } from "./database.ts";

export function openReaderStore({ pool, transaction }: Database): ReaderStore {
  return {
    leave: (recipient, list, origin) =>
      transaction(async (tx) => {
        await leave(tx, recipient, list, origin);
        return listFor(tx, recipient, list);
      }),
    listFor: (recipient, list) => listFor(pool, recipient, list),
  };
}

/** Only what was not yet ended becomes a row of proof: a mail program may ask twice. */
async function leave(sql: Sql, recipient: string, list: string, { form, network }: Origin): Promise<void> {
  await sql.query(
    `with ended as (
       update postrider.subscription b set state = 'unsubscribed', since = now()
       from postrider.subscriber s, postrider.list l
       where s.hash = $1 and b.subscriber_id = s.id and l.id = b.list_id and l.name = $2 and b.state <> 'unsubscribed'
       returning b.subscriber_id, b.list_id)
     insert into postrider.consent (subscriber_id, list_id, action, form, network)
     select subscriber_id, list_id, 'left', $3, $4 from ended`,
    [recipient, list, form, network ?? null],
  );
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
