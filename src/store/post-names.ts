/** Names of files, as far as a post is only known by that: what stood in each, so that a renamed one can be told. */

import { sha256 } from "#core/idempotency.ts";
import type { FormerName, Sql } from "#core/ports.ts";
import type { Post } from "#core/post.ts";

/** Keeps what stands in these files now. */
export async function keepNames(sql: Sql, posts: readonly Post[]): Promise<void> {
  const named = posts.filter(({ fileName }) => fileName !== undefined);
  if (named.length === 0) return;
  await sql.query(
    `insert into postrider.post_name (name, post_id, title, published_at, body)
     select "fileName", id, title, "publishedAt", body from jsonb_to_recordset($1)
       as p ("fileName" text, id text, title text, "publishedAt" timestamptz, body text)
     on conflict (name) do update set post_id = excluded.post_id, title = excluded.title,
       published_at = excluded.published_at, body = excluded.body
     where (post_name.post_id, post_name.title, post_name.published_at, post_name.body)
       is distinct from (excluded.post_id, excluded.title, excluded.published_at, excluded.body)`,
    [JSON.stringify(named.map(facts))],
  );
}

/**
 * For each of these files: the name itself where it is known, else those in which the same stood: the same text, or a title
 * and a date that are the same.
 */
export async function formerNames(sql: Sql, posts: readonly Post[]): Promise<FormerName[]> {
  const named = posts.filter(({ fileName }) => fileName !== undefined);
  if (named.length === 0) return [];
  const { rows } = await sql.query<FormerName>(
    `select p."fileName", n.name as "formerly", n.post_id as "postId"
     from jsonb_to_recordset($1) as p ("fileName" text, title text, "publishedAt" timestamptz, body text, long boolean)
     join postrider.post_name n on n.name = p."fileName"
       or (not exists (select 1 from postrider.post_name o where o.name = p."fileName")
         and ((n.body = p.body and (p.long or n.title = p.title)) or (n.title = p.title and n.published_at = p."publishedAt")))
     order by n.body = p.body desc, n.name`,
    [JSON.stringify(named.map(facts))],
  );
  return rows;
}

/** A text as long as this is nobody else's by chance. Characters. */
const longText = 200;

function facts({ fileName, id, title, publishedAt, body }: Post) {
  return { fileName, id, title, publishedAt, body: sha256(body), long: body.trim().length >= longText };
}
