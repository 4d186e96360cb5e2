/** Compares a campaign's rows with the counts made while writing them, and with the history of events. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Audit, AuditedDelivery } from "#core/sending/campaign.ts";
import { type DeliveryState, isSettled, noCounts } from "#core/sending/delivery.ts";

/** One audit for each channel of the publication. @throws PostriderError `not_found` */
export async function audit(sql: Sql, publicationId: string): Promise<Audit[]> {
  const { rows } = await sql.query<{
    channel: string;
    prepared: string;
    excluded: Record<string, number>;
    frozen: boolean;
  }>(
    `select channel, prepared, excluded, frozen_at is not null as frozen from postrider.publication_channel
     where publication_id = $1 order by channel`,
    [publicationId],
  );
  if (rows.length === 0)
    throw new PostriderError("not_found", `There is no campaign ${publicationId}`, {
      hint: "`postrider campaigns list` shows them.",
    });
  const audits: Audit[] = [];
  for (const row of rows) audits.push(await auditChannel(sql, publicationId, row));
  return audits;
}

async function auditChannel(
  sql: Sql,
  id: string,
  row: { channel: string; prepared: string; excluded: Record<string, number>; frozen: boolean },
): Promise<Audit> {
  const { channel, excluded } = row;
  const key = [id, channel];
  const prepared = Number(row.prepared);
  const counts = noCounts();
  const states = await sql.query<{ state: DeliveryState; count: number; recipients: number }>(
    `select state, count(*)::int as count from postrider.delivery where publication_id = $1 and channel = $2 group by state`,
    key,
  );
  for (const { state, count } of states.rows) counts[state] = count;
  const deliveries = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const open = Object.entries(counts).reduce((sum, [state, n]) => sum + (isSettled(state as DeliveryState) ? 0 : n), 0);
  const history = await acceptedInHistory(sql, key);
  const alarms = await sql.query<{ at: Date; kind: string; data: unknown }>(
    `select at, kind, data from postrider.event where publication_id = $1 and channel = $2 and kind like 'alarm.%' order by id`,
    key,
  );
  const problems = [
    deliveries !== prepared && `${prepared} deliveries were prepared, but the ledger has ${deliveries}`,
    !row.frozen && "The audience is still being written",
    open > 0 && `${open} have no final state yet`,
    history.twice > 0 && `${history.twice} were accepted more than once: some readers may have got the email twice`,
    history.accepted < counts.accepted &&
      `${counts.accepted - history.accepted} are accepted, but the history has no event for them`,
    alarms.rows.length > 0 && `${alarms.rows.length} internal errors were recorded`,
  ].filter((problem) => problem !== false);
  return {
    id,
    channel,
    candidates: prepared + Object.values(excluded).reduce((sum, count) => sum + count, 0),
    prepared,
    deliveries,
    counts,
    excluded,
    alarms: alarms.rows,
    open,
    problems,
  };
}

/** How many deliveries were accepted according to the events, and how many more than once. Old events are replaced by totals, see `prune.ts`. */
async function acceptedInHistory(sql: Sql, key: readonly string[]): Promise<{ accepted: number; twice: number }> {
  const { rows } = await sql.query<{ accepted: number; twice: number }>(
    `select sum(accepted)::int as accepted, sum(twice)::int as twice from (
       select count(*) as accepted, count(*) filter (where times > 1) as twice from (
         select count(*) as times from postrider.event e, jsonb_array_elements(e.data->'deliveries') d
         where e.publication_id = $1 and e.channel = $2 and e.kind = 'delivery.accepted'
         group by d) n
       union all
       select (data->>'accepted')::bigint, (data->>'twice')::bigint from postrider.event
       where publication_id = $1 and channel = $2 and kind = 'history.summed-up') parts`,
    [...key],
  );
  return rows[0] ?? { accepted: 0, twice: 0 };
}

const atOnce = 5_000;

/** Every delivery of a campaign, with constant memory. */
export async function* auditedDeliveries(sql: Sql, publicationId: string): AsyncGenerator<AuditedDelivery, void> {
  let after = "0";
  for (;;) {
    const { rows } = await sql.query<AuditedDelivery>(
      `select id, channel, recipient, state, attempts, intent_at as "intentAt", settled_at as "settledAt",
         remote_id as "remoteId", failure
       from postrider.delivery where publication_id = $1 and id > $2 order by id limit ${atOnce}`,
      [publicationId, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return;
    after = last.id;
  }
}
