/** Actions of operators and rules on a campaign, which is a publication's part on one email channel. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";

export type CampaignAction = "pause" | "resume" | "cancel";

/**
 * Acts on one channel of a publication. Takes effect with the next group of emails in every process, because it is
 * checked when a group is taken for sending. Emails in transmission are still sent.
 * @returns the number of cancelled deliveries.
 * @throws PostriderError `not_found`; `conflict` if it was already cancelled.
 */
export async function controlCampaign(
  tx: Sql,
  publicationId: string,
  channel: string,
  action: CampaignAction,
  actor: string,
  reason: string,
): Promise<number> {
  const { rows } = await tx.query<{ cancelled: boolean; paused: boolean }>(
    `select cancelled_at is not null as cancelled, paused_at is not null as paused from postrider.publication_channel
     where publication_id = $1 and channel = $2 for update`,
    [publicationId, channel],
  );
  const [now] = rows;
  if (!now) throw new PostriderError("not_found", `There is no campaign ${publicationId} on the channel "${channel}"`);
  if (now.cancelled) {
    if (action === "cancel") return 0;
    throw new PostriderError("conflict", "This campaign was cancelled", {
      hint: "`postrider republish --mode finish` sends it to everybody who did not get it.",
    });
  }
  if (action === "pause" ? now.paused : action === "resume" && !now.paused) return 0;
  await tx.query(
    `update postrider.publication_channel set
       paused_at = case $3 when 'pause' then now() when 'resume' then null else paused_at end,
       pause_reason = case $3 when 'pause' then $4 when 'resume' then null else pause_reason end,
       failed = case $3 when 'resume' then 0 else failed end,
       cancelled_at = case $3 when 'cancel' then now() end
     where publication_id = $1 and channel = $2`,
    [publicationId, channel, action, reason],
  );
  const cancelled = action === "cancel" ? await cancelPending(tx, publicationId, channel) : 0;
  await tx.query(
    "insert into postrider.event (kind, actor, publication_id, channel, data) values ($1, $2, $3, $4, $5)",
    [`campaign.${action}`, actor, publicationId, channel, JSON.stringify({ reason, cancelled })],
  );
  return cancelled;
}

async function cancelPending(tx: Sql, publicationId: string, channel: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update postrider.delivery set state = 'cancelled', settled_at = now(), updated_at = now()
     where publication_id = $1 and channel = $2 and state in ('pending', 'retrying')`,
    [publicationId, channel],
  );
  return rowCount ?? 0;
}

/**
 * Counts failures, for the rules that stop a campaign automatically. Returns the number since it was last resumed,
 * and the size of the first share while the others wait for it.
 */
export async function countFailures(
  sql: Sql,
  publicationId: string,
  channel: string,
  failures: number,
): Promise<{ failures: number; canary: number | null }> {
  const { rows } = await sql.query<{ failed: string; canary: number | null }>(
    `update postrider.publication_channel c set failed = failed + $3
     where publication_id = $1 and channel = $2
     returning failed, case when c.rules ? 'canary' and exists (
       select 1 from postrider.delivery d where d.publication_id = c.publication_id and d.channel = c.channel
         and d.state = 'pending' and d.attempts = 0 and d.due_at > now())
       then greatest((c.rules->'canary'->>'minimum')::float8, (c.rules->'canary'->>'share')::float8 * c.prepared) end as canary`,
    [publicationId, channel, failures],
  );
  return { failures: Number(rows[0]?.failed ?? 0), canary: rows[0]?.canary ?? null };
}

/** Records an error that must never happen, in the log and in the ledger. */
export async function alarm(
  sql: Sql,
  kind: string,
  publicationId: string,
  channel: string,
  data: unknown,
): Promise<void> {
  await sql.query("insert into postrider.event (kind, publication_id, channel, data) values ($1, $2, $3, $4)", [
    `alarm.${kind}`,
    publicationId,
    channel,
    JSON.stringify(data),
  ]);
}
