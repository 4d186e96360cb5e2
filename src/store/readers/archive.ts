/** The sent emails for the archive. */

import type { Sql } from "#core/ports/transaction.ts";
import type { ArchiveStore, Edition } from "#core/readers/archive.ts";
import type { Database } from "#store/database/database.ts";

/** More than anybody would read through. */
const mostShown = 1_000;

export function openArchiveStore({ pool }: Database): ArchiveStore {
  return {
    editions: (lists, most = mostShown) => editions(pool, lists, null, most),
    edition: async (post, lists) => (await editions(pool, lists, post, mostShown))[0] ?? null,
  };
}

/** An email is in the archive as soon as somebody got it. `archiveName` in SQL finds a post by either of its names. */
async function editions(sql: Sql, lists: readonly string[], post: string | null, most: number): Promise<Edition[]> {
  const { rows } = await sql.query<Omit<Edition, "list"> & { list: string; listTitle: string }>(
    `select * from (
       select distinct on (c.post_id) c.post_id as "postId", p.revision, r.document->>'title' as title,
         r.document->>'language' as language, l.name as list, l.title as "listTitle", p.released_at as "sentAt",
         t.withdrawn_at is not null or c.withdrawn_at is not null as withdrawn
       from postrider.publication_channel c
       join postrider.publication p on p.id = c.publication_id
       join postrider.post t on t.id = c.post_id
       join postrider.revision r on r.post_id = p.post_id and r.hash = p.revision
       join postrider.list l on l.name = c.list
       where c.medium = 'email' and l.name = any($1) and p.released_at is not null
         and ($2::text is null or c.post_id = $2
           or regexp_replace(translate(c.post_id, '/:', '~~'), '\\.(md|markdown|mdx)$', '', 'i') = $2)
         and exists (select 1 from postrider.delivery d
           where d.publication_id = c.publication_id and d.channel = c.channel and d.state = 'accepted')
       order by c.post_id, c.post_id = $2 desc, c.generation desc, p.released_at desc) e
     where $2::text is not null or not e.withdrawn
     order by e."sentAt" desc, e."postId" limit $3`,
    [lists, post, most],
  );
  return rows.map(({ list, listTitle, ...edition }) => ({ ...edition, list: { name: list, title: listTitle } }));
}
