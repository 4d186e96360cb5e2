/** Which posts the jobs have been offered. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import { keepNames } from "#store/publications/post-names.ts";

export const seenPosts = {
  async any(tx: Sql): Promise<boolean> {
    const { rows } = await tx.query<{ any: boolean }>("select exists (select 1 from postrider.seen_post) as any");
    return rows[0]?.any ?? false;
  },

  async has(tx: Sql, post: Post): Promise<boolean> {
    if (await seenPosts.known(tx, post)) return true;
    const { rowCount } = await tx.query("select 1 from postrider.post where id = $1 or url = $2", [post.id, post.url]);
    return rowCount !== 0;
  },

  async known(tx: Sql, { id, url }: Post): Promise<boolean> {
    const { rowCount } = await tx.query("select 1 from postrider.seen_post where post_id = $1 or url = $2", [id, url]);
    return rowCount !== 0;
  },

  /** Records the first run, even if there are no posts yet. */
  async begin(tx: Sql, posts: readonly Post[]): Promise<void> {
    await tx.query("insert into postrider.seen_post (post_id, url) values ('', '') on conflict do nothing");
    await seenPosts.add(tx, posts);
  },

  async add(tx: Sql, posts: readonly Post[]): Promise<void> {
    await tx.query(
      `insert into postrider.seen_post (post_id, url)
       select id, url from jsonb_to_recordset($1) as p (id text, url text) on conflict do nothing`,
      [JSON.stringify(posts.map(({ id, url }) => ({ id, url })))],
    );
    await keepNames(tx, posts);
  },
};
