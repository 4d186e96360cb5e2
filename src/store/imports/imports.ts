/** Imports people in large numbers: new ones are copied into the tables, known ones are merged. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { ImportOptions, ImportRun } from "#core/readers/import.ts";
import { keepHadMark } from "#store/audience/had-marks.ts";
import type { Database } from "#store/database/database.ts";
import { recipientKey } from "#store/database/settings.ts";
import { blockedAmong, holdForgetting } from "#store/readers/forget.ts";
import { leave } from "#store/readers/leave.ts";
import { ensureList } from "#store/readers/lists.ts";
import { recipientHasher } from "#store/readers/recipient-hash.ts";
import { put } from "./bulk.ts";
import { countImport } from "./import-dry-run.ts";
import { type ImportInto, mergeKnown, suppress } from "./import-known.ts";
import { type Facts, type Person, type Share, shareOf, subscribedAs, tally, withoutForgotten } from "./import-share.ts";
import { seenHashes } from "./seen-hashes.ts";

/** A reader subscribed or was erased between our read and our write. */
const overtaken = new Set(["23505", "23503", "40P01"]);
const mostTries = 5;

/** Opens a new run, or continues an interrupted run with the same digest. */
export async function openImport(database: Database, options: ImportOptions, timezone: string): Promise<ImportRun> {
  if (options.dryRun) return countImport(database, options);
  const { list, source, digest, hadUntil, isHadUntilGiven: isGiven = false } = options;
  const { rows } = await database.pool.query<{ rowsDone: string }>(
    `insert into postrider.import as i (digest, source) values ($1, $2)
     on conflict (digest) do update set finished_at = null,
       rows_done = case when i.finished_at is null then i.rows_done else 0 end,
       started_at = case when i.finished_at is null then i.started_at else now() end
     returning rows_done as "rowsDone"`,
    [digest, source],
  );
  const [run] = rows;
  if (!run) throw new PostriderError("internal", "The import could not be started");
  const into = { listId: await ensureList(database.pool, list), list, hadUntil: hadUntil ?? null };
  if (hadUntil) await keepHadMark(database.pool, { hadUntil, source, isGiven, timezone });
  const hashOf = recipientHasher(await recipientKey(database.pool));
  const seen = seenHashes();
  // In an empty database nobody needs to be looked up. People from earlier shares are remembered in memory.
  const known = await database.pool.query("select from postrider.subscriber limit 1");
  const empty = known.rows.length === 0;
  return {
    rowsDone: Number(run.rowsDone),
    passOver: (address) => void seen.add(hashOf(address)),
    prepare: (rows, rowsDone) => {
      const share = shareOf(rows, source, hashOf, seen);
      const write = (tries: number): Promise<Facts> =>
        database.transaction(async (tx) => {
          await holdForgetting(tx);
          // After such a conflict, the table is locked for this share, and everybody is looked up.
          if (tries > 1) await tx.query("lock table postrider.subscriber in share row exclusive mode");
          return writeShare(tx, database.kind === "server", share, tries > 1 || !empty, into, { digest, rowsDone });
        });
      return async () => {
        for (let tries = 1; ; tries++)
          try {
            return tally(share, await write(tries), seen);
          } catch (error) {
            if (tries === mostTries || !overtaken.has(codeOf(error))) throw error;
          }
      };
    },
    finish: async () => {
      await database.pool.query("update postrider.import set finished_at = now() where digest = $1", [digest]);
    },
  };
}

/** @param mayBeKnown - whether some of them may already be known. */
async function writeShare(
  tx: Sql,
  copies: boolean,
  share: Share,
  mayBeKnown: boolean,
  into: ImportInto,
  { digest, rowsDone }: { digest: string; rowsDone: number },
): Promise<Facts> {
  // If the server crashes, the rows and the progress are lost together. `finish` waits until all are on disk.
  await tx.query("set local synchronous_commit = off; set local jit = off");
  // For this many addresses, the planner would read the whole table every time.
  await tx.query("set local enable_seqscan = off; set local enable_bitmapscan = off");
  const hashes = [...share.people, ...share.leaving].map(({ hash }) => hash);
  const blocked = await blockedAmong(tx, hashes, into.listId);
  const { people, leaving } = withoutForgotten(share, blocked);
  const known = mayBeKnown ? await knownOf(tx, people) : new Map<string, string>();
  const fresh = known.size === 0 ? people : people.filter(({ normalized }) => !known.has(normalized));
  const others = known.size === 0 ? [] : people.filter(({ normalized }) => known.has(normalized));
  await putFresh(tx, copies, fresh, into);
  const onList = await mergeKnown(tx, copies, others, known, into);
  const left = [...others, ...leaving].filter(({ row }) => subscribedAs(row.state) === "unsubscribed");
  if (left.length > 0)
    await leave(
      tx,
      left.map(({ hash }) => hash),
      [into.list],
      { form: "import" },
    );
  await suppress(tx, [...people, ...leaving]);
  await tx.query("update postrider.import set rows_done = $2 where digest = $1", [digest, rowsDone]);
  return { blocked, onList };
}

async function knownOf(tx: Sql, people: readonly Person[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string; normalized: string }>(
    "select id, normalized from postrider.subscriber where normalized = any($1)",
    [people.map(({ normalized }) => normalized)],
  );
  return new Map(rows.map(({ id, normalized }) => [normalized, id]));
}

/** New people: most of a first import. Nothing must be looked up for them. */
async function putFresh(
  tx: Sql,
  copies: boolean,
  people: readonly Person[],
  { listId, hadUntil }: ImportInto,
): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await tx.query<{ ids: string }>(
    "select string_agg(nextval('postrider.subscriber_id_seq')::text, ' ') as ids from generate_series(1, $1)",
    [people.length],
  );
  const ids = rows[0]?.ids.split(" ") ?? [];
  const had = hadUntil?.toISOString() ?? null;
  const list = String(listId);
  await put(tx, copies, "postrider.subscriber", subscriberColumns, people, ({ row, normalized, hash }, index) => [
    ...[ids[index] ?? null, row.address.trim(), normalized, hash],
    ...[row.name || null, row.language || null, JSON.stringify(row.attributes)],
  ]);
  await put(tx, copies, "postrider.subscription", subscriptionColumns, people, ({ row, source }, index) => [
    ...[list, ids[index] ?? null, subscribedAs(row.state), source, row.frequency, had],
  ]);
}

const subscriberColumns = [
  ["id", "bigint"],
  ["address", "text"],
  ["normalized", "text"],
  ["hash", "text"],
  ["name", "text"],
  ["language", "text"],
  ["attributes", "jsonb"],
] as const;

const subscriptionColumns = [
  ["list_id", "int"],
  ["subscriber_id", "bigint"],
  ["state", "text"],
  ["source", "text"],
  ["frequency", "text"],
  ["had_until", "timestamptz"],
] as const;

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
