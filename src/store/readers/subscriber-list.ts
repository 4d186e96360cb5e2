/** Who is on a list, page by page, and why someone gets no email. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { ListedSubscriber, SubscriberBook } from "#core/readers/subscriber-book.ts";
import { listNamed } from "./lists.ts";

const pageSize = 1_000;

export async function* listSubscribers(
  sql: Sql,
  { list, state }: Parameters<SubscriberBook["list"]>[0],
): AsyncGenerator<ListedSubscriber, void> {
  if (list !== undefined && (await listNamed(sql, list)) === null)
    throw new PostriderError("not_found", `There is no list "${list}"`);
  let last = "0";
  for (;;) {
    const { rows } = await sql.query<Omit<ListedSubscriber, "name"> & { id: string; name: string | null }>(
      `select s.id, s.address, s.name, l.name as list, b.state, b.since, x.reason as suppressed
       from (select * from postrider.subscriber where id > $1 order by id limit ${pageSize}) s
       join postrider.subscription b on b.subscriber_id = s.id join postrider.list l on l.id = b.list_id
       left join lateral (select reason from postrider.suppression
         where hash = s.hash and (list_id is null or list_id = l.id) limit 1) x on true
       where ($2::text is null or l.name = $2)
         and ($3::text is null or b.state = $3 or ($3 = 'suppressed' and b.state = 'confirmed' and x.reason is not null))
       order by s.id, l.name`,
      [last, list ?? null, state ?? null],
    );
    for (const { id: _, name, ...row } of rows) yield { ...row, name: name ?? "" };
    const next = await sql.query<{ last: string | null }>(
      `select max(id) as last from (select id from postrider.subscriber where id > $1 order by id limit ${pageSize}) s`,
      [last],
    );
    if (!next.rows[0]?.last) return;
    last = next.rows[0].last;
  }
}
