/** Erases personal data by the retention rules: on request, and regularly while `serve` runs. */

import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Retained, Retention } from "#core/readers/retention.ts";
import type { Database } from "#store/database/database.ts";
import { openHookOutbox } from "#store/hooks/hook-outbox.ts";
import { retain } from "#store/readers/retention.ts";
import { openRequestBook } from "#store/requests/request-book.ts";

const everyMs = 6 * 3600_000;

/** @param dryRun - only counts. */
export async function runRetention(database: Database, rules: Retention, dryRun = false): Promise<Retained> {
  let counted: Retained | null = null;
  const over = new Error("only counted");
  try {
    return await database.transaction(async (tx) => {
      counted = await retain(tx, rules);
      if (dryRun) throw over;
      return counted;
    });
  } catch (error) {
    if (error === over && counted) return counted;
    throw error;
  }
}

/** Runs now, and then every few hours until disposed. */
export function watchRetention(database: Database, rules: Retention, log: Log): AsyncDisposable {
  const check = async (): Promise<void> => {
    try {
      const erased = await runRetention(database, rules);
      await openRequestBook(database).prune();
      await openHookOutbox(database).prune();
      if (Object.values(erased).some((number) => number > 0))
        log.info("erased personal data whose retention time is over", { ...erased });
    } catch (error) {
      log.warn("expired personal data could not be erased; will try again", { error: messageOf(error) });
    }
  };
  let checking = check();
  const timer = setInterval(() => {
    checking = checking.then(check);
  }, everyMs);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await checking;
    },
  };
}
