/** Editions of campaigns: their content, approvals, and the stored email. */

import type { Edition, EditionBook, EditionState, NewEdition } from "#core/jobs/edition.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import type { Database } from "#store/database/database.ts";
import { keepNames } from "#store/publications/post-names.ts";
import { frozen, type StoredMail, thawed } from "#store/sending/frozen-mails.ts";

type Key = Pick<Edition, "job" | "number">;

const columns = `job, number, post_id as "postId", revision, title, scheduled_for as "scheduledFor", actor, channels, state,
  publication_id as "publicationId", reviewers, expires_at as "expiresAt", asked_at as "askedAt", decided_at as "decidedAt",
  decided_by as "decidedBy"`;

export function openEditions({ pool }: Database): EditionBook {
  return {
    leaveOut: (tx: Sql, job, posts) => keepPosts(tx, job, 0, posts),
    unused: (job, posts) => unused(pool, job, posts),
    nextNumber: (job) => nextNumber(pool, job),
    add,
    decide,
    freePosts,
    async published(tx: Sql, { job, number }, publicationId) {
      await tx.query("update postrider.edition set publication_id = $3 where job = $1 and number = $2", [
        ...[job, number, publicationId],
      ]);
    },
    async asked({ job, number }) {
      await pool.query("update postrider.edition set asked_at = now() where job = $1 and number = $2", [job, number]);
    },
    async find(job, number) {
      const text = `select ${columns} from postrider.edition where job = $1 and number = $2`;
      return (await pool.query<Edition>(text, [job, number])).rows[0] ?? null;
    },
    async list({ job, state } = {}) {
      const { rows } = await pool.query<Edition>(
        `select ${columns} from postrider.edition where ($1::text is null or job = $1) and ($2::text is null or state = $2)
         order by created_at desc, number desc`,
        [job ?? null, state ?? null],
      );
      return rows;
    },
    mail: (job, number, list) => stored(pool, "rendition", [job, number, list]),
    page: (job, number, list) => stored(pool, "page", [job, number, list]),
    async contents(job, number, tx?: Sql) {
      const sql: Sql = tx ?? pool;
      const { rows } = await sql.query<{ postId: string; url: string }>(
        `select post_id as "postId", url from postrider.edition_post where job = $1 and number = $2 order by post_id`,
        [job, number],
      );
      return rows;
    },
  };
}

async function stored(
  sql: Sql,
  column: "rendition" | "page",
  key: [job: string, number: number, list: string],
): Promise<EmailRendition | null> {
  const { rows } = await sql.query<{ mail: StoredMail | null }>(
    `select ${column} as mail from postrider.edition_mail where job = $1 and number = $2 and list = $3`,
    key,
  );
  const mail = rows[0]?.mail;
  return mail ? thawed(mail) : null;
}

async function unused(sql: Sql, job: string, posts: readonly Post[]): Promise<Post[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select p.id from jsonb_to_recordset($2) as p (id text, url text) where exists (
       select 1 from postrider.edition_post e where e.job = $1 and (e.post_id = p.id or e.url = p.url))`,
    [job, JSON.stringify(posts.map(({ id, url }) => ({ id, url })))],
  );
  const used = new Set(rows.map(({ id }) => id));
  return posts.filter(({ id }) => !used.has(id));
}

async function nextNumber(sql: Sql, job: string): Promise<number> {
  const { rows } = await sql.query<{ next: number }>(
    "select coalesce(max(number), 0) + 1 as next from postrider.edition where job = $1",
    [job],
  );
  return rows[0]?.next ?? 1;
}

async function add(tx: Sql, { edition, mails, pages, posts }: NewEdition): Promise<void> {
  const { job, number, postId, revision, title, scheduledFor, actor, channels, reviewers, expiresAt } = edition;
  await tx.query(
    `insert into postrider.edition
       (job, number, post_id, revision, title, scheduled_for, actor, channels, state, reviewers, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10)`,
    [job, number, postId, revision, title, scheduledFor, actor, JSON.stringify(channels), reviewers, expiresAt],
  );
  for (const [list, mail] of mails)
    await tx.query(
      "insert into postrider.edition_mail (job, number, list, rendition, page) values ($1, $2, $3, $4, $5)",
      [...[job, number, list, frozen(mail), pages.has(list) ? frozen(pages.get(list) ?? mail) : null]],
    );
  await keepPosts(tx, job, number, posts);
  await event(tx, "edition.prepared", actor, edition, { posts: posts.map(({ id }) => id), reviewers, expiresAt });
}

async function decide(
  tx: Sql,
  { job, number }: Key,
  state: Exclude<EditionState, "waiting">,
  by: string,
): Promise<boolean> {
  const { rows } = await tx.query<{ postId: string }>(
    `update postrider.edition set state = $3, decided_at = now(), decided_by = $4
     where job = $1 and number = $2 and state = 'waiting' returning post_id as "postId"`,
    [job, number, state, by],
  );
  const [row] = rows;
  if (!row) return false;
  if (state !== "approved") await freePosts(tx, { job, number });
  await event(tx, `edition.${state}`, by, { job, number, ...row }, {});
  return true;
}

/** Does nothing if the edition was sent to anybody, or may have been sent. */
async function freePosts(tx: Sql, { job, number }: Key): Promise<void> {
  await tx.query(
    `delete from postrider.edition_post where job = $1 and number = $2 and not exists (
       select 1 from postrider.edition e join postrider.delivery d on d.post_id = e.post_id
       where e.job = $1 and e.number = $2 and d.state in ('sending', 'accepted', 'uncertain'))`,
    [job, number],
  );
}

async function keepPosts(tx: Sql, job: string, number: number, posts: readonly Post[]): Promise<void> {
  await tx.query(
    `insert into postrider.edition_post (job, post_id, url, number)
     select $1, id, url, $2 from jsonb_to_recordset($3) as p (id text, url text)
     ${number === 0 ? "on conflict do nothing" : ""}`,
    [job, number, JSON.stringify(posts.map(({ id, url }) => ({ id, url })))],
  );
  await keepNames(tx, posts);
}

async function event(tx: Sql, kind: string, actor: string, edition: Key & { postId: string }, data: object) {
  const { job, number, postId } = edition;
  await tx.query("insert into postrider.event (kind, actor, post_id, data) values ($1, $2, $3, $4)", [
    ...[kind, actor, postId, JSON.stringify({ job, number, ...data })],
  ]);
}
