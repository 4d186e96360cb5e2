/** Reads the ledger's events, none of them before an earlier one that is still to be committed. */

import type { EventReader, LedgerEvent } from "#core/events/event.ts";
import type { Database } from "#store/database/database.ts";

export function openEventReader({ pool }: Pick<Database, "pool">): EventReader {
  return {
    async newest() {
      const { rows } = await pool.query<{ id: string }>(newest);
      return rows[0]?.id ?? "0";
    },
    async after(id, limit) {
      const { rows } = await pool.query<LedgerEvent & { isLast: boolean }>(following, [id, limit]);
      // Ids count up by one. One that is missing was rolled back, or its transaction is still running.
      const open = rows.findIndex((row, at) => !row.isLast && BigInt(row.id) !== BigInt(rows[at - 1]?.id ?? id) + 1n);
      return (open === -1 ? rows : rows.slice(0, open)).map(({ isLast: _, ...event }) => event);
    },
  };
}

/**
 * An id is given before the commit, so a row with a lower id may appear later. Its transaction began before the row
 * with the higher id was written. If all running transactions began after that, nothing can appear any more.
 */
const oldest = `(select coalesce(min(xact_start), 'infinity') from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null)`;

const following = `
  select id::text, at, kind, post_id as post, publication_id as publication, channel, data, at < ${oldest} as "isLast"
  from postrider.event e where e.id > $1 order by e.id limit $2`;

/** Transactions are short: a thousand events are more than can be written while one runs. */
const newest = `
  with late as (select id, at < ${oldest} as is_last from postrider.event order by id desc limit 1000)
  select coalesce(max(id) filter (where is_last), case when count(*) = 1000 then min(id) - 1 else 0 end)::text as id from late`;
