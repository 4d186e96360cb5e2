/** What an import says of people who are known already: it adds to what is known, and never undoes it. */

import type { ImportedState, ImportRow } from "#core/import.ts";
import type { Transaction } from "#core/ports.ts";
import type { SubscriptionState, SuppressionReason } from "#core/subscriber.ts";
import { put } from "./bulk.ts";

/** A person of a share, as the tables want them. */
export interface Person {
  row: ImportRow;
  normalized: string;
  hash: string;
  /** What is kept as where they agreed. */
  source: string;
}

export interface ImportInto {
  listId: number;
  source: string;
  startedAt: Date;
  hadUntil: Date | null;
}

const staged = [
  ["line", "int"],
  ["id", "bigint"],
  ["name", "text"],
  ["state", "text"],
  ["source", "text"],
  ["language", "text"],
  ["frequency", "text"],
  ["attributes", "jsonb"],
] as const;

/**
 * @param known - ids by address.
 * @returns `known`: that were on the list before; `duplicates`: lines of those whom an earlier share of this very import added
 */
export async function mergeKnown(
  tx: Transaction,
  copies: boolean,
  people: readonly Person[],
  known: ReadonlyMap<string, string>,
  { listId, source, startedAt, hadUntil }: ImportInto,
): Promise<{ added: number; known: number; duplicates: number[] }> {
  if (people.length === 0) return { added: 0, known: 0, duplicates: [] };
  await tx.query(`create temp table staged (${staged.map((column) => column.join(" ")).join(", ")}) on commit drop`);
  await put(tx, copies, "staged", staged, people, ({ row, normalized, source }) => [
    ...[String(row.line), known.get(normalized) ?? null, row.name || null, subscribedAs(row.state)],
    ...[source, row.language || null, row.frequency, JSON.stringify(row.attributes)],
  ]);
  // What is known already wins: an old export must not undo what a reader has said since.
  await tx.query(
    `update postrider.subscriber s set name = coalesce(s.name, t.name), language = coalesce(s.language, t.language),
       attributes = t.attributes || s.attributes, updated_at = now()
     from staged t where t.id = s.id
       and ((s.name is null and t.name is not null) or (s.language is null and t.language is not null)
         or t.attributes || s.attributes <> s.attributes)`,
  );
  const { rows } = await tx.query<{ line: number; ours: boolean }>(
    `select t.line, starts_with(b.source, $2) and b.since >= $3 as ours from staged t
     join postrider.subscription b on b.subscriber_id = t.id and b.list_id = $1`,
    [listId, source, startedAt],
  );
  const { rowCount } = await tx.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source, frequency, had_until)
     select $1, t.id, t.state, t.source, t.frequency, $2 from staged t order by t.id on conflict do nothing`,
    [listId, hadUntil],
  );
  if (hadUntil)
    await tx.query(
      `update postrider.subscription b set had_until = greatest(b.had_until, $2) from staged t
       where b.subscriber_id = t.id and b.list_id = $1`,
      [listId, hadUntil],
    );
  const duplicates = rows.filter((row) => row.ours).map((row) => row.line);
  return { added: rowCount ?? 0, known: rows.length - duplicates.length, duplicates };
}

/** Ends what those had who left, wherever the file says so. */
export async function leave(tx: Transaction, people: readonly Person[], listId: number): Promise<void> {
  const left = people.filter(({ row }) => subscribedAs(row.state) === "unsubscribed");
  if (left.length > 0)
    await tx.query(
      `update postrider.subscription b set state = 'unsubscribed', since = now() from postrider.subscriber s
       where s.normalized = any($2) and b.subscriber_id = s.id and b.list_id = $1 and b.state <> 'unsubscribed'`,
      [listId, left.map(({ normalized }) => normalized)],
    );
}

/** Those whose mail bounced, or who took offence: everywhere, for good. */
export async function suppress(tx: Transaction, people: readonly Person[]): Promise<void> {
  const suppressed = people.filter(({ row }) => row.state in suppressedFor);
  if (suppressed.length > 0)
    await tx.query(
      `insert into postrider.suppression (hash, reason, evidence)
       select hash, reason, evidence from jsonb_to_recordset($1) as p (hash text, reason text, evidence text)
       on conflict do nothing`,
      [
        JSON.stringify(
          suppressed.map(({ row, hash, source }) => ({ hash, reason: suppressedFor[row.state], evidence: source })),
        ),
      ],
    );
}

/** What becomes of the subscription itself: who bounced did not leave. */
export function subscribedAs(state: ImportedState): SubscriptionState {
  if (state === "bounced") return "confirmed";
  return state === "complained" || state === "blocked" ? "unsubscribed" : state;
}

const suppressedFor: Partial<Record<ImportedState, SuppressionReason>> = {
  bounced: "hard-bounce",
  complained: "complaint",
  blocked: "manual",
};
