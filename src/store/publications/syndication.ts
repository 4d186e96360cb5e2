/** The addresses of a post's copies, and which of them are already listed in other places. */

import type { Sql } from "#core/ports/transaction.ts";
import type { PostCopies } from "#core/posts/syndication.ts";

/** If syndication is switched on later, the files of old posts should not change. */
const recentDays = 30;

/**
 * Posts whose copies differ between the target and the ledger.
 * @param postId - only this post, at any age.
 */
export async function dueCopies(sql: Sql, target: string, postId: string | null): Promise<PostCopies[]> {
  const { rows } = await sql.query<PostCopies>(
    `select c.post_id as "postId", (
         select r.document->>'path' from postrider.revision r where r.post_id = c.post_id
         order by r.created_at desc limit 1) as path,
       coalesce(array_agg(d.url order by d.id) filter (where d.state = 'accepted' and d.withdrawn_at is null
         and d.url ~ '^https?://'), '{}') as links,
       coalesce(s.links, '{}') as former
     from postrider.publication_channel c
     join postrider.delivery d on d.publication_id = c.publication_id and d.channel = c.channel
     left join postrider.syndication s on s.post_id = c.post_id and s.target = $1
     where c.medium = 'note' and case when $2::text is null then c.post_id in (
         select p.post_id from postrider.publication p
         where greatest(p.released_at, p.created_at) > now() - make_interval(days => ${recentDays}))
       else c.post_id = $2 end
     group by c.post_id, s.links`,
    [target, postId],
  );
  return rows
    .map((row) => ({ ...row, links: [...new Set(row.links)] }))
    .filter(({ links, former }) => links.join("\n") !== former.join("\n"));
}

/** If two processes wrote at the same time, the content of the file is unknown. Then nothing counts as written, and the files are written again. */
export async function rememberCopies(sql: Sql, target: string, { postId, links, former }: PostCopies): Promise<void> {
  await sql.query(
    `insert into postrider.syndication as s (post_id, target, links) values ($1, $2, $3)
     on conflict (post_id, target) do update set written_at = now(),
       links = case when s.links = $4 then excluded.links else '{}' end`,
    [postId, target, links, former],
  );
}
