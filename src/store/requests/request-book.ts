/** Requests with an `Idempotency-Key`, and their answers. */

import type { Sql } from "#core/ports/transaction.ts";
import { type Asked, type Begun, type KeptAnswer, keptDays, type RequestBook } from "#core/requests/request.ts";
import type { Database } from "#store/database/database.ts";

/** Renewed while the work goes on. After the process died, the next request with the key waits for this long. */
const claim = "interval '5 seconds'";

export function openRequestBook({ pool }: Pick<Database, "pool">): RequestBook {
  return {
    begin: (asked) => begin(pool, asked),
    async renew(id) {
      await pool.query(`update postrider.request set claimed_until = now() + ${claim} where id = $1`, [id]);
    },
    async settle(id, answer) {
      // Without an answer and without an effect, nothing is known that a second try would have to respect.
      await pool.query(
        `update postrider.request set claimed_until = null, status = $2, type = $3, body = $4 where id = $1`,
        [id, answer?.status ?? null, answer?.type ?? null, answer?.body ?? null],
      );
    },
    async once(tx: Sql, id, result = null) {
      const { rowCount } = await tx.query(
        "update postrider.request set effect_at = now(), result = $2 where id = $1 and effect_at is null",
        [id, JSON.stringify(result)],
      );
      return rowCount === 1;
    },
    async resultOf(id) {
      const { rows } = await pool.query<{ result: unknown }>(
        "select result from postrider.request where id = $1 and effect_at is not null",
        [id],
      );
      return rows[0]?.result ?? null;
    },
    async prune() {
      await pool.query("delete from postrider.request where created_at < now() - make_interval(days => $1)", [
        keptDays,
      ]);
    },
  };
}

interface Row extends Partial<KeptAnswer> {
  id: string;
  digest: string;
  isBusy: boolean;
  isNew: boolean;
}

async function begin(sql: Sql, { actor, key, digest }: Asked): Promise<Begun> {
  // One statement, so that of several requests at the same moment one gets the claim.
  const claimed = await sql.query<{ id: string }>(
    `insert into postrider.request as r (actor, key, digest, claimed_until) values ($1, $2, $3, now() + ${claim})
     on conflict (actor, key) do update set claimed_until = excluded.claimed_until
       where r.digest = excluded.digest and r.status is null and (r.claimed_until is null or r.claimed_until < now())
     returning id`,
    [actor, key, digest],
  );
  const [mine] = claimed.rows;
  if (mine) return { kind: "begun", id: mine.id };
  const { rows } = await sql.query<Row>(
    "select id, digest, status, type, body from postrider.request where actor = $1 and key = $2",
    [actor, key],
  );
  const [row] = rows;
  // Deleted in between, because it was old.
  if (!row) return begin(sql, { actor, key, digest });
  if (row.digest !== digest) return { kind: "different" };
  const { status, type, body } = row;
  return typeof status === "number"
    ? { kind: "answered", answer: { status, type: type ?? "", body: body ?? "" } }
    : { kind: "busy" };
}
