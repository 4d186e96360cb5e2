/** Posts and their revisions in the ledger. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import { keepNames } from "./post-names.ts";

/**
 * Stores the post and this revision of it. Returns the id under which the ledger knows it: a renamed file keeps its
 * permalink, and so its identity.
 */
export async function rememberPost(sql: Sql, post: Post): Promise<string> {
  const id = (await knownAs(sql, post)) ?? post.id;
  // Two processes that publish at the same moment conflict at the address or at the id. Both cases are handled.
  await sql.query(
    "insert into postrider.post (id, url, title, published_at) values ($1, $2, $3, $4) on conflict do nothing",
    [id, post.url, post.title, post.publishedAt],
  );
  await sql.query(
    `update postrider.post set url = $2, title = $3, updated_at = now()
     where id = $1 and (url, title) is distinct from ($2, $3)`,
    [id, post.url, post.title],
  );
  await sql.query(
    // The text is unchanged, but its address changes if the file or the site moves.
    `insert into postrider.revision (post_id, hash, document) values ($1, $2, $3)
     on conflict (post_id, hash) do update set document = excluded.document
     where revision.document is distinct from excluded.document`,
    [id, post.revision, JSON.stringify({ ...post, id })],
  );
  await keepNames(sql, [{ ...post, id }]);
  return id;
}

/** The id under which the ledger knows a post: its own id, or else the id of the post with its permalink. */
export async function knownAs(sql: Sql, { id, url }: Pick<Post, "id" | "url">): Promise<string | null> {
  const { rows } = await sql.query<{ id: string }>(
    "select id from postrider.post where id = $1 or url = $2 order by id = $1 desc limit 1",
    [id, url],
  );
  return rows[0]?.id ?? null;
}

/** Whether the post is known, and whether this revision is. A renamed file is known by its permalink. */
export async function noticed(sql: Sql, post: Post): Promise<"new" | "edited" | "unchanged"> {
  const { rows } = await sql.query<{ known: boolean }>(
    // A post that has moved counts as edited, because its address has changed.
    `select p.url = $2 and exists (select 1 from postrider.revision r where r.post_id = p.id and r.hash = $3) as known
     from postrider.post p where p.id = $1 or p.url = $2 order by p.id = $1 desc limit 1`,
    [post.id, post.url, post.revision],
  );
  const [row] = rows;
  if (!row) return "new";
  return row.known ? "unchanged" : "edited";
}

/** @throws PostriderError `not_found` */
export async function findPost(sql: Sql, postId: string, revision: string): Promise<Post> {
  const { rows } = await sql.query<{ document: Post }>(
    "select document from postrider.revision where post_id = $1 and hash = $2",
    [postId, revision],
  );
  const [row] = rows;
  if (!row) throw new PostriderError("not_found", `No revision ${revision.slice(0, 12)} of ${postId} is stored`);
  return row.document;
}
