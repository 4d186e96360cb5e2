/** Deliveries in progress: claimed by compare-and-set just before sending, and settled with the result. */

import { randomUUID } from "node:crypto";
import type { Change, Claim, ClaimedDelivery, Recovered } from "#core/ports/sending.ts";
import type { Prepared, Sql } from "#core/ports/transaction.ts";
import type { Batch } from "#core/publishing/publication.ts";
import type { WireEvidence, WireLog } from "#core/sending/wire-log.ts";
import { suppressionOf } from "#store/audience/audience.ts";
import type { DeadWorker } from "./workers.ts";

const claimDue: Prepared = {
  name: "claim",
  text: `with opened as (
     insert into postrider.claim (id, worker_id, publication_id, channel, from_id, to_id) values ($5, $6, $1, $2, $3, $4))
   select d.id, d.recipient, d.generation, d.attempts, coalesce(d.subject, c.winner) as subject, s.address, s.name
   from postrider.delivery d
   join postrider.publication_channel c on c.publication_id = d.publication_id and c.channel = d.channel
   left join postrider.subscriber s on s.id = d.subscriber_id
   where d.publication_id = $1 and d.channel = $2 and d.id between $3 and $4
     and d.state in ('pending', 'retrying') and d.due_at <= now()
   order by d.id`,
};

/**
 * Opens a batch for this worker and reads what is due in it. Nothing is taken yet: two workers may read the same
 * rows, and `intend` decides which worker gets each. The claim distinguishes a dead worker's rows from those of a
 * running one.
 */
export async function claim(sql: Sql, batch: Batch, workerId: string): Promise<Claim> {
  const id = randomUUID();
  const range = [batch.publicationId, batch.channel, batch.from, batch.to];
  const { rows } = await sql.query<ClaimedDelivery & { address: string | null; name: string | null }>(claimDue, [
    ...range,
    id,
    workerId,
  ]);
  const deliveries = rows.map(({ address, name, ...row }) => ({
    ...row,
    subscriber: address === null ? null : { address, ...(name && { name }) },
  }));
  return { id, deliveries };
}

/**
 * Takes deliveries for sending, in one commit, and returns the ids that are ours: the delivery was due and not taken,
 * its campaign is not stopped, its recipient still wants it, and the database has not become a copy. If the recipient
 * does not want it, the delivery becomes `suppressed`.
 */
export async function intend(
  transaction: <T>(work: (tx: Sql) => Promise<T>) => Promise<T>,
  sql: Sql,
  claimId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql.query<{ ids: string | null }>(takeDue, [claimId, ids]);
  const ours = idsIn(rows);
  const others = ids.filter((id) => !ours.has(id));
  if (others.length > 0) await transaction((tx) => suppressUnwanted(tx, others));
  return ours;
}

/**
 * Whether the recipient of an email delivery `d` still wants it. Written as subqueries and not as joins, so that each
 * is one index lookup, independent of the planner's statistics.
 */
export function wanted(listId: string): string {
  return `((select reason from (${suppressionOf("d.recipient", listId)}) x) is null
    and (select b.state from postrider.subscription b
         where b.subscriber_id = d.subscriber_id and b.list_id = ${listId}) = 'confirmed')`;
}

const takeDue: Prepared = {
  name: "take-due",
  text: `with campaign as materialized (
     select c.paused_at is null and c.cancelled_at is null and c.withdrawn_at is null and not postrider.is_copy() as goes_on, c.medium = 'email' as by_mail, l.id as list_id
     from postrider.claim k
     join postrider.publication_channel c on c.publication_id = k.publication_id and c.channel = k.channel
     left join postrider.list l on l.name = c.list
     where k.id = $1),
   taken as (
     update postrider.delivery d set state = 'sending', claim = $1, attempts = d.attempts + 1, intent_at = now(),
       settled_at = null, updated_at = now()
     where d.id = any($2) and d.state in ('pending', 'retrying') and (select goes_on from campaign)
       and (not (select by_mail from campaign) or ${wanted("(select list_id from campaign)")})
     returning d.id) ${asOne("taken")}`,
};

async function suppressUnwanted(tx: Sql, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update postrider.delivery d set state = 'suppressed', settled_at = now(), updated_at = now()
     from postrider.publication_channel c left join postrider.list l on l.name = c.list
     where d.id = any($1) and d.state in ('pending', 'retrying')
       and c.publication_id = d.publication_id and c.channel = d.channel and c.medium = 'email' and not ${wanted("l.id")}`,
    [ids],
  );
}

const tell: Prepared = {
  name: "tell",
  // A retry of a campaign that was cancelled in the meantime is cancelled.
  text: `with campaign as (
     select coalesce(c.cancelled_at, c.withdrawn_at) is not null as cancelled from postrider.claim k
     join postrider.publication_channel c on c.publication_id = k.publication_id and c.channel = k.channel where k.id = $1),
   told as (update postrider.delivery d set
       state = case when c.state in ('pending', 'retrying') and (select cancelled from campaign) then 'cancelled' else c.state end,
       attempts = d.attempts + c.attempts,
       settled_at = case when c.state in ('accepted', 'refused', 'uncertain') or (select cancelled from campaign) then now() end,
       due_at = case when c.state = 'retrying' then now() + c.due_in * interval '1 millisecond' else d.due_at end,
       claim = case when c.state = 'uncertain' then d.claim end,
       remote_id = c.remote_id, url = c.url, response = c.response, parts = c.parts, failure = c.failure,
       updated_at = now()
     from jsonb_to_recordset($2) as c (
       id bigint, state text, failure jsonb, due_in float8, attempts int, remote_id text, url text, response text, parts jsonb)
     where d.id = c.id and d.claim = $1
       and (d.state = 'sending' or (c.state = 'accepted' and d.state = 'uncertain'))
     returning d.id) ${asOne("told")}`,
};

/**
 * Records the results of deliveries in one commit and returns the ids that we still held. An `uncertain` delivery may
 * still become `accepted`, if the answer came after this worker was fenced.
 * @param again - see `DeliveryLedger.record`
 */
export async function record(
  sql: Sql,
  claimId: string,
  changes: readonly Change[],
  again = false,
): Promise<Set<string>> {
  const rows = changes.map((change) => ({
    id: change.id,
    state: change.state,
    failure: "failure" in change ? change.failure : null,
    due_in: change.state === "retrying" ? change.dueIn : 0,
    attempts: change.state === "pending" || (change.state === "retrying" && !change.attemptCounts) ? -1 : 0,
    ...(change.state === "accepted" && {
      remote_id: change.receipt.remoteId,
      url: change.receipt.url,
      response: change.receipt.response,
      parts: change.receipt.parts,
    }),
  }));
  const result = await sql.query<{ ids: string | null }>(tell, [claimId, JSON.stringify(rows)]);
  const held = idsIn(result.rows);
  return again ? held.union(await acceptedBefore(sql, rows)) : held;
}

/** The deliveries that are accepted with the very answer that we have: a try to record it was committed, and its connection lost. */
async function acceptedBefore(sql: Sql, rows: readonly object[]): Promise<Set<string>> {
  const { rows: found } = await sql.query<{ ids: string | null }>(
    `select string_agg(d.id::text, ',') as ids
     from jsonb_to_recordset($1) as c (id bigint, state text, remote_id text, response text)
     join postrider.delivery d on d.id = c.id and d.state = 'accepted' and c.state = 'accepted'
       and d.remote_id is not distinct from c.remote_id and d.response is not distinct from c.response`,
    [JSON.stringify(rows)],
  );
  return idsIn(found);
}

/** All ids in one row, because one row for each would cost more than the update. */
function asOne(name: string): string {
  return `select string_agg(id::text, ',') as ids from ${name}`;
}

function idsIn(rows: readonly { ids: string | null }[]): Set<string> {
  return new Set(rows[0]?.ids?.split(",") ?? []);
}

/** Postpones deliveries that were not taken, because the recipient's provider asked to wait. */
export async function defer(sql: Sql, ids: readonly string[], dueIn: number): Promise<void> {
  await sql.query(
    `update postrider.delivery set due_at = now() + $2 * interval '1 millisecond', updated_at = now()
     where id = any($1) and state in ('pending', 'retrying')`,
    [ids, dueIn],
  );
}

/** The batch is finished. Deliveries that are still `sending` keep their claim for recovery. */
export async function closeClaim(sql: Sql, claimId: string): Promise<void> {
  await sql.query(
    `delete from postrider.claim k where id = $1 and not exists (
       select 1 from postrider.delivery d where d.publication_id = k.publication_id and d.channel = k.channel
         and d.id between k.from_id and k.to_id and d.claim = k.id and d.state = 'sending')`,
    [claimId],
  );
}

const lost = {
  kind: "uncertain",
  scope: "recipient",
  code: "worker-lost",
  message: "The process that was sending this stopped before it got an answer. The delivery may have been accepted.",
};

/** Settles what dead workers left behind: as what the wire log proves, and as `uncertain` where nothing is proven. */
export async function recoverFrom(
  sql: Sql,
  workers: readonly DeadWorker[],
  idempotentAdapters: readonly string[],
  wireLog: WireLog,
): Promise<Recovered> {
  const recovered: Recovered = { uncertain: 0, pending: 0, accepted: 0 };
  const ids = workers.map(({ id }) => id);
  if (ids.length === 0) return recovered;
  const proven = workers.filter((worker) => worker.proven).map(({ id }) => id);
  const claims = await claimsOf(sql, proven);
  for (const claimId of claims) {
    const evidence = wireLog.read(claimId);
    if (!evidence) continue;
    const changes = await provenChanges(sql, claimId, evidence);
    await record(sql, claimId, changes);
    for (const { state } of changes) recovered[state]++;
  }
  const begun = await sql.query<{ state: "uncertain" | "pending" | "cancelled" }>(
    `update postrider.delivery d set
       state = case when not c.adapter = any($2) then 'uncertain' when coalesce(c.cancelled_at, c.withdrawn_at) is null then 'pending' else 'cancelled' end,
       settled_at = case when c.adapter = any($2) and coalesce(c.cancelled_at, c.withdrawn_at) is null then null else now() end,
       failure = case when c.adapter = any($2) then null else $3::jsonb end,
       claim = case when c.adapter = any($2) then null else d.claim end,
       due_at = now(), updated_at = now()
     from postrider.claim k
     join postrider.publication_channel c on c.publication_id = k.publication_id and c.channel = k.channel
     where k.worker_id = any($1) and d.publication_id = k.publication_id and d.channel = k.channel
       and d.id between k.from_id and k.to_id and d.claim = k.id and d.state = 'sending'
     returning d.state`,
    [ids, idempotentAdapters, JSON.stringify(lost)],
  );
  await sql.query("delete from postrider.claim where worker_id = any($1)", [ids]);
  for (const { state } of begun.rows) if (state !== "cancelled") recovered[state]++;
  for (const claimId of claims) wireLog.forget(claimId);
  return recovered;
}

type ProvenChange = Change & { state: "accepted" | "pending" };

async function claimsOf(sql: Sql, workers: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>("select id from postrider.claim where worker_id = any($1)", [
    workers,
  ]);
  return rows.map(({ id }) => id);
}

/** Deliveries that were not begun are still to be sent. Deliveries that were answered are accepted, although this was not recorded. */
async function provenChanges(sql: Sql, claimId: string, { begun, accepted }: WireEvidence): Promise<ProvenChange[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select d.id from postrider.claim k join postrider.delivery d on d.publication_id = k.publication_id
       and d.channel = k.channel and d.id between k.from_id and k.to_id and d.claim = k.id
     where k.id = $1 and d.state = 'sending'`,
    [claimId],
  );
  return rows.flatMap(({ id }): ProvenChange[] => {
    const receipt = accepted.get(id);
    if (receipt) return [{ id, state: "accepted", receipt }];
    return begun.has(id) ? [] : [{ id, state: "pending" }];
  });
}
