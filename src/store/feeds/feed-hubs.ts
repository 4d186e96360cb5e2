/** Finds feed documents whose hubs must still be notified. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";

interface Untold {
  channel: string;
  path: string;
  hub: string;
  topic: string;
}

const untoldDocuments = `select channel, path, hub, self_url as topic from postrider.feed_document
  where hub is not null and not gone and told_at is distinct from changed_at`;

/** Documents whose hub was not notified of their last change. */
export async function untold(sql: Sql): Promise<Untold[]> {
  const { rows } = await sql.query<Untold>(`${untoldDocuments} order by channel, path collate "C"`);
  return rows;
}

/**
 * Runs the work if the hub must still be notified of the document and no other process is doing it. Then the change
 * that existed at the beginning counts as announced, unless the work throws. Feeds can be built in the meantime.
 */
export async function tellOnce(
  { transaction }: Database,
  { channel, path }: Pick<Untold, "channel" | "path">,
  work: (document: Untold) => Promise<void>,
): Promise<void> {
  await transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('postrider.hub.' || $1 || '/' || $2, 0))", [
      channel,
      path,
    ]);
    const { rows } = await tx.query<Untold & { changed: string }>(
      `select u.*, d.changed_at::text as changed from (${untoldDocuments}) u
       join postrider.feed_document d using (channel, path) where channel = $1 and path = $2`,
      [channel, path],
    );
    const [row] = rows;
    if (!row) return;
    const { changed, ...document } = row;
    await work(document);
    await tx.query("update postrider.feed_document set told_at = $3 where channel = $1 and path = $2", [
      channel,
      path,
      changed,
    ]);
  });
}
