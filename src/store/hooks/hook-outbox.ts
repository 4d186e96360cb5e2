/** Webhooks out: which there are, and the messages that wait to be sent. */

import type { ClaimedMessage, HookOutbox, HookOutcome, HookSettings } from "#core/hooks/hook.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";

/** Longer than an attempt takes. */
const claimSeconds = 60;
const keptDays = 30;

/** Brings the table of webhooks up to the configuration. Writes nothing if nothing has changed. */
export async function keepHooks(
  { pool, transaction }: Pick<Database, "pool" | "transaction">,
  settings: readonly HookSettings[],
): Promise<void> {
  const wanted = settings.map(({ url, events, ordered }) => ({ url, events: [...events], ordered }));
  const { rows } = await pool.query<{ url: string; events: string[]; ordered: boolean }>(
    "select url, events, ordered from postrider.hook where removed_at is null",
  );
  const sorted = (all: { url: string; events: string[]; ordered: boolean }[]) =>
    JSON.stringify(all.toSorted((a, b) => (a.url < b.url ? -1 : 1)));
  if (sorted(rows.map(({ url, events, ordered }) => ({ url, events, ordered }))) === sorted(wanted)) return;
  await transaction(async (tx) => {
    await tx.query("update postrider.hook set removed_at = now() where removed_at is null and not url = any($1)", [
      wanted.map(({ url }) => url),
    ]);
    // What happened while it was not configured is not told later.
    await tx.query(
      `update postrider.hook_message m set state = 'given-up', settled_at = now() from postrider.hook h
       where h.id = m.hook_id and h.removed_at is not null and m.state = 'waiting'`,
    );
    for (const { url, events, ordered } of wanted)
      await tx.query(
        `insert into postrider.hook (url, events, ordered) values ($1, $2, $3)
         on conflict (url) do update set events = excluded.events, ordered = excluded.ordered, removed_at = null,
           off_at = case when hook.removed_at is null then hook.off_at end`,
        [url, events, ordered],
      );
  });
}

export function openHookOutbox({
  transaction,
}: Pick<Database, "transaction">): HookOutbox & { prune(): Promise<void> } {
  return {
    claim: (url, most) =>
      transaction(async (tx) => {
        const { rows } = await tx.query<ClaimedMessage>(claim, [url, most, claimSeconds]);
        return withReaders(
          tx,
          rows.toSorted((a, b) => Number(BigInt(a.number) - BigInt(b.number))),
        );
      }),
    attempted: (message, outcome) => transaction((tx) => record(tx, message, outcome)),
    prune: () =>
      transaction(async (tx) => {
        await tx.query(
          `delete from postrider.hook_message where state <> 'waiting' and settled_at < now() - make_interval(days => $1)`,
          [keptDays],
        );
      }),
  };
}

const claim = `
  update postrider.hook_message m set claimed_until = now() + make_interval(secs => $3)
  from (
    select m.number from postrider.hook_message m join postrider.hook h on h.id = m.hook_id
    where h.url = $1 and h.removed_at is null and h.off_at is null and m.state = 'waiting' and m.due_at <= now()
      and (m.claimed_until is null or m.claimed_until < now())
      and not (h.ordered and exists (
        select from postrider.hook_message o
        where o.hook_id = m.hook_id and o.resource = m.resource and o.number < m.number and o.state = 'waiting'))
    order by m.number limit $2 for update of m skip locked) w
  where m.number = w.number
  returning m.number::text, m.id, m.event, m.at, m.data, m.tries`;

/** Whoever was forgotten meanwhile has no address here. */
async function withReaders(tx: Sql, messages: readonly ClaimedMessage[]): Promise<ClaimedMessage[]> {
  const ids = messages.flatMap(({ data }) => (typeof data["subscriber"] === "string" ? [data["subscriber"]] : []));
  if (ids.length === 0) return [...messages];
  const { rows } = await tx.query<{ id: string; address: string; name: string | null }>(
    "select id::text, address, name from postrider.subscriber where id = any($1::bigint[])",
    [ids],
  );
  const known = new Map(rows.map(({ id, address, name }) => [id, { address, name: name ?? "" }]));
  return messages.map((message) => ({
    ...message,
    data: { ...message.data, ...known.get(String(message.data["subscriber"])) },
  }));
}

async function record(
  tx: Sql,
  { number, id, event, tries }: ClaimedMessage,
  { status, error, next }: HookOutcome,
): Promise<void> {
  await tx.query("insert into postrider.hook_attempt (message, status, error) values ($1, $2, $3)", [
    ...[number, status, error],
  ]);
  const state = next === "sent" || next === "given-up" ? next : "waiting";
  const retryInMs = typeof next === "object" ? next.retryInMs : 0;
  const { rows } = await tx.query<{ hook: number }>(
    `update postrider.hook_message set state = $2, tries = $3 + 1, claimed_until = null,
       due_at = now() + make_interval(secs => $4), settled_at = case when $2 = 'waiting' then null else now() end
     where number = $1 returning hook_id as hook`,
    [number, state, tries, retryInMs / 1_000],
  );
  const [row] = rows;
  if (!row || (next !== "gone" && next !== "given-up")) return;
  if (next === "gone") {
    const { rowCount } = await tx.query("update postrider.hook set off_at = now() where id = $1 and off_at is null", [
      row.hook,
    ]);
    if (rowCount === 0) return;
  }
  await tx.query(
    `insert into postrider.event (kind, data) select $2, jsonb_build_object('webhook', id::text, 'url', split_part(url, '?', 1),
       'message', $3::text, 'event', $4::text, 'error', $5::text) from postrider.hook where id = $1`,
    [row.hook, next === "gone" ? "hook.off" : "hook.given-up", id, event, error ?? `status ${status}`],
  );
}
