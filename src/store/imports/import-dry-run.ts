/** A dry run of an import: reads and counts by the same rules, and writes nothing. */

import type { ImportOptions, ImportRun } from "#core/readers/import.ts";
import type { SubscriptionState } from "#core/readers/subscriber.ts";
import type { Database } from "#store/database/database.ts";
import { recipientKey } from "#store/database/settings.ts";
import { blockedAmong } from "#store/readers/forget.ts";
import { listNamed } from "#store/readers/lists.ts";
import { recipientHasher } from "#store/readers/recipient-hash.ts";
import { type Facts, type Share, shareOf, tally } from "./import-share.ts";
import { seenHashes } from "./seen-hashes.ts";

export async function countImport(database: Database, { list, source, digest }: ImportOptions): Promise<ImportRun> {
  const { rows } = await database.pool.query<{ rowsDone: string }>(
    `select rows_done as "rowsDone" from postrider.import where digest = $1 and finished_at is null`,
    [digest],
  );
  const hashOf = recipientHasher(await recipientKey(database.pool));
  const listId = await listNamed(database.pool, list);
  const seen = seenHashes();
  return {
    rowsDone: Number(rows[0]?.rowsDone ?? 0),
    passOver: (address) => void seen.add(hashOf(address)),
    prepare: (rows) => {
      const share = shareOf(rows, source, hashOf, seen);
      return async () => tally(share, await factsOf(database, share, listId), seen);
    },
    finish: async () => {},
  };
}

async function factsOf(database: Database, { people, leaving }: Share, listId: number | null): Promise<Facts> {
  const hashes = [...people, ...leaving].map(({ hash }) => hash);
  const { rows } = await database.pool.query<{ hash: string; state: SubscriptionState }>(
    `select s.hash, b.state from postrider.subscriber s
     join postrider.subscription b on b.subscriber_id = s.id and b.list_id = $2 where s.normalized = any($1)`,
    [people.map(({ normalized }) => normalized), listId],
  );
  return {
    blocked: await blockedAmong(database.pool, hashes, listId),
    onList: new Map(rows.map(({ hash, state }) => [hash, state])),
  };
}
