/** Takes people in by the ten thousand: into a staging table by COPY, and from there in three statements for all of them. */

import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { PostriderError } from "#core/errors.ts";
import type { ImportOptions, ImportRow, ImportRun, ImportShare } from "#core/import.ts";
import type { Sql, Transaction } from "#core/ports.ts";
import { normalizeAddress } from "#core/subscriber.ts";
import type { Database } from "./database.ts";
import { recipientKey } from "./settings.ts";

/** Opens a new run, or the one of the same digest that was interrupted. */
export async function openImport(
  database: Database,
  { list, source, digest, hadUntil }: ImportOptions,
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
  const listId = await ensureList(database.pool, list);
  const pads = hmacPads(await recipientKey(database.pool));
  return {
    rowsDone: Number(run.rowsDone),
    write: (share, rowsDone) =>
      database.transaction(async (tx) => {
        const { first, repeated } = withoutRepeats(share);
        await stage(tx, first, database.kind === "server");
        const merged = await merge(tx, { listId, source, startedAt: run.startedAt, pads, hadUntil: hadUntil ?? null });
        await tx.query("update postrider.import set rows_done = $2 where digest = $1", [digest, rowsDone]);
        return { ...merged, duplicates: [...repeated, ...merged.duplicates] };
      }),
    finish: async () => {
      await database.pool.query("update postrider.import set finished_at = now() where digest = $1", [digest]);
    },
  };
}

/** The first row of each address, and the lines of the others. */
function withoutRepeats(share: readonly ImportRow[]): { first: ImportRow[]; repeated: number[] } {
  const known = new Set<string>();
  const first: ImportRow[] = [];
  const repeated: number[] = [];
  for (const row of share) {
    const address = normalizeAddress(row.address);
    if (known.has(address)) repeated.push(row.line);
    else first.push(row);
    known.add(address);
  }
  return { first, repeated };
}

const staged = [
  ["line", "int"],
  ["address", "text"],
  ["normalized", "text"],
  ["name", "text"],
  ["state", "text"],
  ["proof", "text"],
  ["language", "text"],
  ["frequency", "text"],
  ["attributes", "jsonb"],
] as const;

async function stage(tx: Transaction, rows: readonly ImportRow[], copies: boolean): Promise<void> {
  await tx.query(`create temp table staged (${staged.map((column) => column.join(" ")).join(", ")}) on commit drop`);
  if (copies) {
    // On a server a transaction is a client, which alone can copy.
    const client = tx as unknown as pg.PoolClient;
    await pipeline(Readable.from(copyText(rows)), client.query(copyFrom("copy staged from stdin")));
    return;
  }
  for (let first = 0; first < rows.length; first += 1_000)
    await tx.query(
      `insert into staged select ${staged.map(([name]) => name).join(", ")}
       from jsonb_to_recordset($1) as p (${staged.map((column) => column.join(" ")).join(", ")})`,
      [
        JSON.stringify(
          rows.slice(first, first + 1_000).map((row) => ({ ...row, normalized: normalizeAddress(row.address) })),
        ),
      ],
    );
}

/** https://www.postgresql.org/docs/current/sql-copy.html, text format; in pieces, so that each write is worth its call. */
function* copyText(rows: readonly ImportRow[]): Generator<string, void> {
  let text = "";
  for (const { line, address, name, state, proof, language, frequency, attributes } of rows) {
    const said = `${escaped(name)}\t${state}\t${escaped(proof)}\t${language}\t${frequency}`;
    text += `${line}\t${escaped(address)}\t${escaped(normalizeAddress(address))}\t${said}\t${escaped(JSON.stringify(attributes))}\n`;
    if (text.length > 64 * 1024) {
      yield text;
      text = "";
    }
  }
  if (text) yield text;
}

function escaped(text: string): string {
  return /[\\\t\r\n]/.test(text)
    ? text.replace(/[\\\t\r\n]/g, (found) => ({ "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n" })[found] ?? "")
    : text;
}

interface MergeOptions {
  listId: number;
  source: string;
  startedAt: Date;
  hadUntil: Date | null;
  pads: { inner: Buffer; outer: Buffer };
}

async function merge(
  tx: Transaction,
  { listId, source, startedAt, hadUntil, pads }: MergeOptions,
): Promise<ImportShare> {
  // Who is new to us joins the list in the same breath: most of a first import, and nothing of it has to be looked up.
  const { rows } = await tx.query<{ staged: number; joined: number }>(
    `with put as (
       insert into postrider.subscriber (address, normalized, hash, name, language, attributes)
       select address, normalized, encode(sha256($2 || sha256($1 || convert_to(normalized, 'UTF8'))), 'hex'), nullif(name, ''),
         nullif(language, ''), attributes
       from staged order by line
       -- What is known already wins: an old export must not undo what a reader has said since.
       on conflict (normalized) do update set name = coalesce(subscriber.name, excluded.name),
         language = coalesce(subscriber.language, excluded.language), attributes = excluded.attributes || subscriber.attributes, updated_at = now()
       where (subscriber.name is null and excluded.name is not null)
          or (subscriber.language is null and excluded.language is not null)
          or excluded.attributes || subscriber.attributes <> subscriber.attributes
       returning id, normalized, xmax = 0 as fresh),
     joined as (
       insert into postrider.subscription (list_id, subscriber_id, state, source, frequency, had_until)
       select $3, p.id, ${subscribedAs}, ${sourceOf("$4")}, t.frequency, $5 from put p join staged t using (normalized) where p.fresh
       returning subscriber_id),
     gone as (
       insert into postrider.suppression (hash, reason, evidence)
       select encode(sha256($2 || sha256($1 || convert_to(normalized, 'UTF8'))), 'hex'), ${suppressedFor}, ${sourceOf("$4")}
       from staged t where ${suppressed} on conflict do nothing)
     select (select count(*)::int from staged) as staged, (select count(*)::int from joined) as joined`,
    [pads.inner, pads.outer, listId, source, hadUntil],
  );
  const { staged = 0, joined = 0 } = rows[0] ?? {};
  return staged === joined
    ? { added: joined, known: 0, duplicates: [] }
    : mergeKnown(tx, joined, { listId, source, startedAt, hadUntil });
}

const subscribedAs =
  "case t.state when 'bounced' then 'confirmed' when 'complained' then 'unsubscribed' when 'blocked' then 'unsubscribed' else t.state end";
const suppressed = "t.state in ('bounced', 'complained', 'blocked')";
const suppressedFor =
  "case t.state when 'bounced' then 'hard-bounce' when 'complained' then 'complaint' else 'manual' end";
/** @param source - a parameter */
const sourceOf = (source: string): string =>
  `${source}::text || case when t.proof = '' then '' else '; ' || t.proof end`;

/** Those whom we know already, on this list or another. @param joined - how many of the share have just been added */
async function mergeKnown(
  tx: Transaction,
  joined: number,
  { listId, source, startedAt, hadUntil }: Omit<MergeOptions, "pads">,
): Promise<ImportShare> {
  await tx.query("alter table staged add column id bigint");
  // Of those on the list, this very import added some: just now, or because their address stood in an earlier share.
  await tx.query(`update staged t set id = s.id from postrider.subscriber s where s.normalized = t.normalized`);
  const earlier = await tx.query<{ line: number; ours: boolean }>(
    `select t.line, starts_with(b.source, $2) and b.since >= $3 as ours from staged t
     join postrider.subscription b on b.subscriber_id = t.id and b.list_id = $1
     where b.since <> now()`,
    [listId, source, startedAt],
  );
  const added = await tx.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source, frequency, had_until)
     select $1, t.id, ${subscribedAs}, ${sourceOf("$2")}, t.frequency, $3 from staged t order by t.id on conflict do nothing`,
    [listId, source, hadUntil],
  );
  await tx.query(
    `update postrider.subscription b set state = 'unsubscribed', since = now() from staged t
     where t.state in ('unsubscribed', 'complained', 'blocked') and b.subscriber_id = t.id and b.list_id = $1
       and b.state <> 'unsubscribed'`,
    [listId],
  );
  if (hadUntil)
    await tx.query(
      `update postrider.subscription b set had_until = greatest(b.had_until, $2) from staged t
       where b.subscriber_id = t.id and b.list_id = $1`,
      [listId, hadUntil],
    );
  const ours = earlier.rows.filter((row) => row.ours).map((row) => row.line);
  return {
    added: joined + (added.rowCount ?? 0),
    known: earlier.rows.length - ours.length,
    duplicates: ours,
  };
}

async function ensureList(sql: Sql, name: string): Promise<number> {
  await sql.query("insert into postrider.list (name, title) values ($1, $1) on conflict do nothing", [name]);
  const { rows } = await sql.query<{ id: number }>("select id from postrider.list where name = $1", [name]);
  if (!rows[0]) throw new PostriderError("internal", `The list ${name} could not be created`);
  return rows[0].id;
}

/** HMAC-SHA256 (RFC 2104) in two calls of `sha256`, which PostgreSQL has; a key longer than a block is hashed first. */
function hmacPads(key: string): { inner: Buffer; outer: Buffer } {
  const block = Buffer.alloc(64);
  block.set(key.length > 64 ? createHash("sha256").update(key).digest() : Buffer.from(key));
  return { inner: Buffer.from(block.map((byte) => byte ^ 0x36)), outer: Buffer.from(block.map((byte) => byte ^ 0x5c)) };
}
