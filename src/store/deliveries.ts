/** Deliveries under way: claimed by compare-and-set, intended before they are sent, settled with what came back. */

import { randomUUID } from "node:crypto";
import type { Change, Claim, ClaimedDelivery, Sql, Transaction } from "#core/ports.ts";
import type { Batch } from "#core/publication.ts";
import { suppressionOf } from "./publications.ts";

/** Takes the due deliveries of a batch. What its recipient no longer wants is settled as `suppressed` first. */
export async function claim(tx: Transaction, batch: Batch, workerId: string): Promise<Claim> {
  const id = randomUUID();
  const range = [batch.publicationId, batch.channel, batch.from, batch.to];
  await tx.query(
    `update postrider.delivery d set state = 'suppressed', settled_at = now(), updated_at = now()
     from postrider.publication_channel c left join postrider.list l on l.name = c.list
     where ${inBatch} and c.publication_id = d.publication_id and c.channel = d.channel and c.medium = 'email'
       and (exists (${suppressionOf("d.recipient", "l.id")}) or not exists (
         select 1 from postrider.subscription b
         where b.subscriber_id = d.subscriber_id and b.list_id = l.id and b.state = 'confirmed'))`,
    range,
  );
  const { rows } = await tx.query<ClaimedDelivery & { address: string | null; name: string | null }>(
    `with taken as (
       update postrider.delivery set claim = $5, worker_id = $6, updated_at = now()
       where id in (select d.id from postrider.delivery d where ${inBatch} and d.due_at <= now() for update skip locked)
       returning id, recipient, generation, attempts, subscriber_id)
     select t.id, t.recipient, t.generation, t.attempts, s.address, s.name
     from taken t left join postrider.subscriber s on s.id = t.subscriber_id order by t.id`,
    [...range, id, workerId],
  );
  const deliveries = rows.map(({ address, name, ...row }) => ({
    ...row,
    subscriber: address === null ? null : { address, ...(name && { name }) },
  }));
  return { id, deliveries };
}

const inBatch = `d.publication_id = $1 and d.channel = $2 and d.id between $3 and $4
  and d.state in ('pending', 'retrying') and d.claim is null`;

/**
 * Writes changes to claimed deliveries in one commit and returns the ids that were still ours.
 * An `uncertain` one may still become `accepted`: the answer came after we had been given up for dead.
 */
export async function record(sql: Sql, claimId: string, changes: readonly Change[]): Promise<Set<string>> {
  const rows = changes.map((change) => ({
    id: change.id,
    state: change.state,
    failure: "failure" in change ? change.failure : null,
    due_in: change.state === "retrying" ? change.dueIn : 0,
    attempts: attemptsOf(change),
    ...(change.state === "accepted" && {
      remote_id: change.receipt.remoteId,
      url: change.receipt.url,
      response: change.receipt.response,
      parts: change.receipt.parts,
    }),
  }));
  const result = await sql.query<{ id: string }>(
    `update postrider.delivery d set
       state = c.state,
       attempts = d.attempts + c.attempts,
       intent_at = case when c.state = 'sending' then now() else d.intent_at end,
       settled_at = case when c.state in ('accepted', 'refused', 'uncertain') then now() end,
       due_at = case when c.state = 'retrying' then now() + c.due_in * interval '1 millisecond' else d.due_at end,
       claim = case when c.state in ('sending', 'uncertain') then d.claim end,
       worker_id = case when c.state = 'sending' then d.worker_id end,
       remote_id = c.remote_id, url = c.url, response = c.response, parts = c.parts, failure = c.failure,
       updated_at = now()
     from jsonb_to_recordset($2) as c (
       id bigint, state text, failure jsonb, due_in float8, attempts int, remote_id text, url text, response text, parts jsonb)
     where d.id = c.id and d.claim = $1
       and case c.state when 'sending' then d.state in ('pending', 'retrying')
                        when 'accepted' then d.state in ('sending', 'uncertain')
                        else d.state = 'sending' end
     returning d.id`,
    [claimId, JSON.stringify(rows)],
  );
  return new Set(result.rows.map((row) => row.id));
}

/** An attempt counts when it begins; one that was not the recipient's fault is given back. */
function attemptsOf(change: Change): number {
  if (change.state === "sending") return 1;
  return change.state === "pending" || (change.state === "retrying" && !change.attemptCounts) ? -1 : 0;
}

/** Gives back what was claimed and not begun. */
export async function unclaim(sql: Sql, claimId: string): Promise<void> {
  await sql.query(
    `update postrider.delivery set claim = null, worker_id = null, updated_at = now()
     where claim = $1 and state in ('pending', 'retrying')`,
    [claimId],
  );
}

const lost = {
  kind: "uncertain",
  scope: "recipient",
  code: "worker-lost",
  message: "The process that was sending it stopped before the answer was known: it may have been accepted.",
};

/** Settles what dead workers left behind. */
export async function recoverFrom(
  sql: Sql,
  workers: readonly string[],
  idempotentAdapters: readonly string[],
): Promise<{ uncertain: number; pending: number }> {
  const begun = await sql.query<{ state: string }>(
    `update postrider.delivery d set
       state = case when c.adapter = any($2) then 'pending' else 'uncertain' end,
       settled_at = case when c.adapter = any($2) then null else now() end,
       failure = case when c.adapter = any($2) then null else $3::jsonb end,
       claim = case when c.adapter = any($2) then null else d.claim end,
       worker_id = null, due_at = now(), updated_at = now()
     from postrider.publication_channel c
     where d.worker_id = any($1) and d.state = 'sending'
       and c.publication_id = d.publication_id and c.channel = d.channel
     returning d.state`,
    [workers, idempotentAdapters, JSON.stringify(lost)],
  );
  await sql.query(
    `update postrider.delivery set claim = null, worker_id = null, updated_at = now()
     where worker_id = any($1) and state in ('pending', 'retrying')`,
    [workers],
  );
  const uncertain = begun.rows.filter((row) => row.state === "uncertain").length;
  return { uncertain, pending: begun.rows.length - uncertain };
}
