/** The end of a round: whatever is still open is brought to an end. */

import { setTimeout as sleep } from "node:timers/promises";
import { publish } from "#pipeline/publishing/publish.ts";
import type { Round } from "./round.ts";

export interface Patience {
  /** So many deliveries there must be. */
  recipients: number;
  milliseconds: number;
  /** We are to stop: servers may have been stopped with us, and such a round proves nothing. */
  stopping(): boolean;
}

/**
 * Until every delivery has ended: what waits for a later try is asked to come now, what stopped is started again. `null` when
 * we are to stop.
 */
export async function settle(
  state: Round,
  postId: string,
  { recipients, milliseconds, stopping }: Patience,
): Promise<Record<string, number> | null> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    if (stopping()) return null;
    for (const [index, worker] of state.workers.entries())
      if (worker.exitCode !== null || worker.signalCode !== null) state.replace(index);
    try {
      const counts = await look(state, postId, recipients);
      if (counts) return counts;
    } catch (error) {
      process.stdout.write(`     ${error instanceof Error ? error.message : error}\n`);
    }
    if (Date.now() > deadline) {
      process.stdout.write(`     ${await standing(state, postId)}\n`);
      throw new Error(`round ${state.number} did not end`);
    }
    await sleep(700);
  }
}

/** Where a round stands that does not end. */
async function standing(state: Round, postId: string): Promise<string> {
  await using opened = await state.world.open(state);
  const { app } = opened;
  const { rows } = await app.database.pool.query(
    `select state, count(*)::int as n, min(due_at - now())::text as due, count(distinct claim)::int as claims
     from postrider.delivery where post_id = $1 group by state`,
    [postId],
  );
  const workers = await app.database.pool.query(
    `select w.identity->>'pid' as pid, w.identity->>'host' as host, (now() - w.seen_at)::text as silent, w.gone_at is not null as gone,
       (select count(*)::int from postrider.claim k where k.worker_id = w.id) as claims
     from postrider.worker w where w.gone_at is null or exists (select from postrider.claim k where k.worker_id = w.id)`,
  );
  const depth = await app.queue.depth("newsletter");
  return JSON.stringify({
    rows,
    depth,
    workers: workers.rows,
    campaigns: await app.ledger.campaigns(),
    channels: await app.ledger.report(postId),
  });
}

/** The states, once all are settled; `null` while some are not. */
async function look(state: Round, postId: string, recipients: number): Promise<Record<string, number> | null> {
  await using opened = await state.world.open(state);
  const { app, channels, post } = opened;
  const { pool } = app.database;
  const { rows } = await pool.query<{ state: string; count: number }>(
    `select state, count(*)::int as count from postrider.delivery where post_id = $1 group by state`,
    [postId],
  );
  const counts = Object.fromEntries(rows.map(({ state: name, count }) => [name, count]));
  const open = (counts["pending"] ?? 0) + (counts["sending"] ?? 0) + (counts["retrying"] ?? 0);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  // While the audience is being written there may be nothing open for a moment.
  if (open === 0 && total === recipients) return counts;
  await pool.query("update postrider.delivery set due_at = now() where post_id = $1 and state = 'retrying'", [postId]);
  await publish({ post, channels, actor: "faults", now: new Date() }, app);
  // A no to the sender pauses a campaign; here nobody is there to look at it.
  for (const { id, channel, state: now } of await app.ledger.campaigns())
    if (now === "paused") await app.ledger.control(id, channel, "resume", "faults", "");
  return null;
}
