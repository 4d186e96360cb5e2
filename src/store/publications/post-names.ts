/** File names of posts and what they contained, to recognise a renamed post. */

import type { FormerName, NamedPost } from "#core/ports/deciding.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import { sha256 } from "#core/sending/idempotency.ts";

/** Remembers the current content and post of these files. If two files have the same post, the last one counts. */
export async function keepNames(sql: Sql, posts: readonly Post[]): Promise<void> {
  const named = posts.filter(({ fileName }) => fileName !== undefined);
  if (named.length === 0) return;
  const isOvertaken = `exists (select 1 from postrider.post_name later
    where later.post_id = excluded.post_id and later.name <> excluded.name and later.since > post_name.since)`;
  await sql.query(
    `insert into postrider.post_name (name, post_id, title, published_at, body)
     select "fileName", id, title, "publishedAt", body from jsonb_to_recordset($1)
       as p ("fileName" text, id text, title text, "publishedAt" timestamptz, body text)
     on conflict (name) do update set post_id = excluded.post_id, title = excluded.title,
       published_at = excluded.published_at, body = excluded.body,
       since = case when post_name.post_id <> excluded.post_id or ${isOvertaken} then now() else post_name.since end
     where (post_name.post_id, post_name.title, post_name.published_at, post_name.body)
       is distinct from (excluded.post_id, excluded.title, excluded.published_at, excluded.body) or ${isOvertaken}`,
    [JSON.stringify(named.map(facts))],
  );
}

/**
 * For each known file, the post that it belongs to. For an unknown file, every post that had the same text, the same
 * title and date, the file's name as its id, or its address.
 */
export async function formerNames(sql: Sql, posts: readonly Post[]): Promise<FormerName[]> {
  const named = posts.filter(({ fileName }) => fileName !== undefined);
  if (named.length === 0) return [];
  const { rows } = await sql.query<FormerName>(
    `with p as materialized (select * from jsonb_to_recordset($1)
       as p ("fileName" text, url text, title text, "publishedAt" timestamptz, body text, long boolean)),
     strange as materialized (
       select * from p where not exists (select 1 from postrider.post_name o where o.name = p."fileName")
         -- Published before names were kept: it is the post of this id.
         and not exists (select 1 from postrider.post t where t.id = p."fileName"
           and not exists (select 1 from postrider.post_name n where n.post_id = t.id))),
     found as (
       select p."fileName", n.name, n.post_id from p join postrider.post_name n on n.name = p."fileName"
       union
       select s."fileName", n.name, n.post_id from strange s join postrider.post_name n
         on n.body = s.body and (s.long or n.title = s.title or n.published_at = s."publishedAt")
       union
       select s."fileName", n.name, n.post_id from strange s join postrider.post_name n
         on n.title = s.title and n.published_at = s."publishedAt"
       union
       select s."fileName", n.name, n.post_id from strange s join postrider.post_name n on n.post_id = s."fileName"
       union
       select s."fileName", coalesce(n.name, t.id), t.id from strange s
         join postrider.post t on t.url = s.url and t.id <> s."fileName"
         left join postrider.post_name n on n.post_id = t.id)
     select f."fileName", f.name as formerly, f.post_id as "postId", coalesce(n.title, t.title) as title,
       jsonb_build_object('title', coalesce(n.title, t.title) = p.title,
         'date', coalesce(n.published_at, t.published_at) = p."publishedAt",
         'text', coalesce(n.body = p.body, false) and p.body <> $2,
         'address', coalesce(t.url = p.url, false)) as same,
       coalesce((select jsonb_agg(m.name order by m.name) from postrider.post_name m
         where m.post_id = f.post_id and m.name <> f."fileName" and (f.name <> f."fileName" or m.since > n.since)),
         case when n.name is null then jsonb_build_array(f.name) else '[]' end) as others
     from found f join p on p."fileName" = f."fileName"
     left join postrider.post_name n on n.name = f.name
     left join postrider.post t on t.id = f.post_id
     order by f."fileName", f.name`,
    [JSON.stringify(named.map(facts)), sha256("")],
  );
  return rows;
}

export async function postNamed(sql: Sql, names: readonly string[]): Promise<NamedPost | null> {
  const { rows } = await sql.query<NamedPost>(
    `with found as (
       select id as post_id from postrider.post where id = any($1) or url = any($1)
       union all select post_id from postrider.post_name where name = any($1)
       union all select post_id from postrider.seen_post where post_id = any($1) or url = any($1)
       limit 1)
     select f.post_id as "postId",
       coalesce(t.title, (select title from postrider.post_name n where n.post_id = f.post_id limit 1), f.post_id) as title,
       array(select n.name from postrider.post_name n where n.post_id = f.post_id order by n.since desc) as names
     from found f left join postrider.post t on t.id = f.post_id`,
    [names],
  );
  return rows[0] ?? null;
}

export async function freeId(sql: Sql, fileName: string): Promise<string> {
  for (let number = 1; ; number++) {
    const id = number === 1 ? fileName : `${fileName}~${number}`;
    const { rowCount } = await sql.query(
      `select 1 from postrider.post where id = $1 union all select 1 from postrider.post_name where post_id = $1
       union all select 1 from postrider.seen_post where post_id = $1 limit 1`,
      [id],
    );
    if (!rowCount) return id;
  }
}

/** In characters. Two posts do not have the same long text by chance. */
const longText = 200;

function facts({ fileName, id, url, title, publishedAt, body }: Post) {
  const text = body.trim();
  return { fileName, id, url, title, publishedAt, body: sha256(text && body), long: text.length >= longText };
}
