/** Generated texts for social posts: stored, so that every try of a delivery uses the same text. */

import type { Sql } from "#core/ports/transaction.ts";

export interface WordsFor {
  postId: string;
  revision: string;
  channel: string;
}

/** `undefined`: the model was not asked yet; `null`: there was no usable text. */
export async function findWords(sql: Sql, { postId, revision, channel }: WordsFor): Promise<string | null | undefined> {
  const { rows } = await sql.query<{ words: string | null }>(
    "select words from postrider.written_words where post_id = $1 and revision = $2 and channel = $3",
    [postId, revision, channel],
  );
  return rows[0]?.words;
}

/** Returns the stored text: if one is already stored, it is kept. */
export async function keepWords(sql: Sql, what: WordsFor, words: string | null): Promise<string | null> {
  await sql.query(
    `insert into postrider.written_words (post_id, revision, channel, words) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [what.postId, what.revision, what.channel, words],
  );
  return (await findWords(sql, what)) ?? null;
}
