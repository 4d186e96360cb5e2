/** One clock for the program and its database, which a test turns: weeks pass in a moment, and rows keep their times. */

import { join } from "node:path";
import type { Clock } from "#core/clock.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { openDatabase } from "#store/database/database.ts";
import { silent } from "../support/app.ts";
import type { Backend } from "../support/backends.ts";

export interface TurnedClock extends Clock {
  /** Sets it ahead of the real time, here and in the database. Milliseconds. */
  set(sql: Sql, ahead: number): Promise<void>;
  ahead(): number;
}

/**
 * Replaces the server's `now()` in an empty database. Whatever is created afterwards, by a migration too, takes its time
 * from the replacement. Commits need not be safe here, so they are not waited for.
 */
export async function openTurnedClock(backend: Backend): Promise<TurnedClock> {
  const url = backend.databaseUrl;
  const dataDir = join(backend.dataDir, "data");
  await using database = await openDatabase({ ...(url && { url }), dataDir, connections: 1, log: silent });
  await database.pool.query(`
    create schema clock;
    create table clock.turned (by interval not null);
    insert into clock.turned values ('0');
    ${replaced("now", "stable")}
    ${replaced("clock_timestamp", "volatile")}
    do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$`);
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: async () => undefined,
    ahead: () => ahead,
    async set(sql, milliseconds) {
      ahead = milliseconds;
      await sql.query("update clock.turned set by = $1 * interval '1 millisecond'", [ahead]);
    },
  };
}

function replaced(name: string, volatility: string): string {
  return `alter function pg_catalog.${name}() rename to real_${name};
    create function pg_catalog.${name}() returns timestamptz language sql ${volatility}
      as 'select pg_catalog.real_${name}() + (select by from clock.turned)';`;
}
