/** Sending limits that all workers share. */

import type { Sql } from "#core/ports/transaction.ts";
import type { Bucket } from "#core/sending/sending.ts";

/** Takes up to `wanted` from a bucket. `waitMs` is how long until the next one, when none was granted. */
export async function takePace(sql: Sql, bucket: Bucket, wanted: number): Promise<{ granted: number; waitMs: number }> {
  const { rows } = await sql.query<{ granted: number; wait_ms: number }>(
    "select granted, wait_ms from postrider.take_pace($1, $2, $3, $4)",
    [bucket.key, bucket.rate, bucket.burst, wanted],
  );
  return { granted: rows[0]?.granted ?? 0, waitMs: rows[0]?.wait_ms ?? 0 };
}

/** Stops sending to a domain for a while. A longer earlier wait is kept. */
export async function blockPace(sql: Sql, key: string, forMs: number): Promise<void> {
  await sql.query(
    `insert into postrider.pace values ($1, 0, now(), now() + $2 * interval '1 millisecond')
     on conflict (key) do update set blocked_until = greatest(pace.blocked_until, excluded.blocked_until)`,
    [key, forMs],
  );
}

/** How many milliseconds each of these must still wait. Free ones are not in the result. */
export async function blockedPace(sql: Sql, keys: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ key: string; ms: number }>(
    `select key, extract(epoch from blocked_until - now())::float8 * 1000 as ms
     from postrider.pace where key = any($1) and blocked_until > now()`,
    [keys],
  );
  return new Map(rows.map((row) => [row.key, row.ms]));
}
