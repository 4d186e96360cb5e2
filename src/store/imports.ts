/** Takes people in by the ten thousand: who is new is copied straight into the tables, who is known is merged with what is known. */

import { PostriderError } from "#core/errors.ts";
import type { ImportOptions, ImportRow, ImportRun, ImportShare } from "#core/import.ts";
import type { Sql, Transaction } from "#core/ports.ts";
import { normalizeAddress } from "#core/subscriber.ts";
import { put } from "./bulk.ts";
import type { Database } from "./database.ts";
import { keepHadMark } from "./had-marks.ts";
import { type ImportInto, leave, mergeKnown, type Person, subscribedAs, suppress } from "./import-known.ts";
import { recipientHasher } from "./recipient-hash.ts";
import { type SeenFilter, seenFilter } from "./seen-filter.ts";
import { recipientKey } from "./settings.ts";

/** Somebody signed up, or was erased, between our look and our writing. */
const overtaken = new Set(["23505", "23503", "40P01"]);
const mostTries = 5;

/** Opens a new run, or the one of the same digest that was interrupted. */
export async function openImport(
  database: Database,
  { list, source, digest, hadUntil, isHadUntilGiven: isGiven = false }: ImportOptions,
  timezone: string,
): Promise<ImportRun> {
  const { rows } = await database.pool.query<{ rowsDone: string; startedAt: Date }>(
    `insert into postrider.import as i (digest, source) values ($1, $2)
     on conflict (digest) do update set finished_at = null,
       rows_done = case when i.finished_at is null then i.rows_done else 0 end,
       started_at = case when i.finished_at is null then i.started_at else now() end
     returning rows_done as "rowsDone", started_at as "startedAt"`,
    [digest, source],
  );
  const [run] = rows;
  if (!run) throw new PostriderError("internal", "The import could not be begun");
  const into = {
    listId: await ensureList(database.pool, list),
    source,
    startedAt: run.startedAt,
    hadUntil: hadUntil ?? null,
  };
  if (hadUntil) await keepHadMark(database.pool, { hadUntil, source, isGiven, timezone });
  const hashOf = recipientHasher(await recipientKey(database.pool));
  // Into an empty database nobody needs to be looked for but whom an earlier share may have brought.
  const known = await database.pool.query("select from postrider.subscriber limit 1");
  const seen = known.rows.length === 0 ? seenFilter() : null;
  return {
    rowsDone: Number(run.rowsDone),
    prepare: (rows, rowsDone) => {
      const share = prepared(rows, source, hashOf, seen);
      return async () => {
        for (let tries = 1; ; tries++)
          try {
            return await database.transaction(async (tx) => {
              // After somebody got in between, nobody else gets in for as long as a share takes, and everybody is looked for.
              if (tries > 1) await tx.query("lock table postrider.subscriber in share row exclusive mode");
              const all = tries === 1 ? share : { ...share, wanted: share.people };
              return write(tx, database.kind === "server", all, into, digest, rowsDone);
            });
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

interface Share {
  /** One row for each address, in the order of their addresses: it is that of the index. */
  people: Person[];
  /** Those of them who may be known. */
  wanted: Person[];
  /** Lines with the address of an earlier one. */
  repeated: number[];
  /** Those of them that say that somebody left: that wins over what an earlier line says. */
  leaving: Person[];
}

function prepared(
  rows: readonly ImportRow[],
  source: string,
  hashOf: (address: string) => string,
  seen: SeenFilter | null,
): Share {
  const people = new Map<string, Person>();
  const repeated: number[] = [];
  const leaving: Person[] = [];
  for (const row of rows) {
    const normalized = normalizeAddress(row.address);
    const earlier = people.get(normalized);
    const person = {
      row,
      normalized,
      hash: earlier?.hash ?? hashOf(normalized),
      source: row.proof === "" ? source : `${source}; ${row.proof}`,
    };
    if (!earlier) people.set(normalized, person);
    else {
      repeated.push(row.line);
      if (row.state !== "confirmed" && row.state !== "unconfirmed") leaving.push(person);
    }
  }
  const inOrder = [...people.values()].sort((a, b) => (a.normalized < b.normalized ? -1 : 1));
  return { people: inOrder, wanted: seen ? inOrder.filter(({ hash }) => seen.add(hash)) : inOrder, repeated, leaving };
}

async function write(
  tx: Transaction,
  copies: boolean,
  { people, wanted, repeated, leaving }: Share,
  into: ImportInto,
  digest: string,
  rowsDone: number,
): Promise<ImportShare> {
  // Lost in a crash of the server, the rows and how far we are would be lost together; `finish` waits for them all.
  await tx.query("set local synchronous_commit = off; set local jit = off");
  // For so many addresses at once the planner would rather read the whole table, every time.
  await tx.query("set local enable_seqscan = off; set local enable_bitmapscan = off");
  const known = await knownOf(tx, wanted);
  const fresh = known.size === 0 ? people : people.filter(({ normalized }) => !known.has(normalized));
  const others = known.size === 0 ? [] : people.filter(({ normalized }) => known.has(normalized));
  await putFresh(tx, copies, fresh, into);
  const merged = await mergeKnown(tx, copies, others, known, into);
  await leave(tx, [...others, ...leaving], into.listId);
  await suppress(tx, [...people, ...leaving]);
  await tx.query("update postrider.import set rows_done = $2 where digest = $1", [digest, rowsDone]);
  return {
    added: fresh.length + merged.added,
    known: merged.known,
    duplicates: [...repeated, ...merged.duplicates],
  };
}

async function knownOf(tx: Transaction, people: readonly Person[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string; normalized: string }>(
    "select id, normalized from postrider.subscriber where normalized = any($1)",
    [people.map(({ normalized }) => normalized)],
  );
  return new Map(rows.map(({ id, normalized }) => [normalized, id]));
}

/** Most of a first import; nothing of it has to be looked up. */
async function putFresh(
  tx: Transaction,
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

async function ensureList(sql: Sql, name: string): Promise<number> {
  await sql.query("insert into postrider.list (name, title) values ($1, $1) on conflict do nothing", [name]);
  const { rows } = await sql.query<{ id: number }>("select id from postrider.list where name = $1", [name]);
  if (!rows[0]) throw new PostriderError("internal", `The list ${name} could not be created`);
  return rows[0].id;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
