/** Combines many small changes into one commit: changes that arrive during a commit go into the next one. */

import type { Clock } from "#core/clock.ts";
import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Change } from "#core/ports/sending.ts";

/** Resolves after the commit; `false` if the delivery was no longer claimed by us. */
export type Commit = (change: Change) => Promise<boolean>;

interface Waiting {
  change: Change;
  resolve: (ours: boolean) => void;
  reject: (error: unknown) => void;
}

/** What has been sent must be written down, so a database that is away for a moment is waited for: six tries, half a minute in all. */
const retryDelays = [250, 1_000, 3_000, 8_000, 16_000];

/** So many go at once, and fewer after this long: the wire log knows them meanwhile. Milliseconds. */
const enough = 250;
const patienceMs = 50;

export interface CommitPorts {
  clock: Clock;
  log: Log;
}

/** See `DeliveryLedger.record`. */
type RecordGroup = (changes: Change[], again: boolean) => Promise<Set<string>>;

/** @param record - writes changes in one commit and returns the ids that were still ours. */
export function groupCommit(record: RecordGroup, ports: CommitPorts): Commit {
  let waiting: Waiting[] = [];
  let busy = false;

  const run = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      if (waiting.length < enough) await ports.clock.sleep(patienceMs);
      const group = waiting;
      waiting = [];
      try {
        const ours = await persistently((again) => record(changesOf(group), again), ports);
        for (const { change, resolve } of group) resolve(ours.has(change.id));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    busy = false;
  };

  return (change) =>
    new Promise((resolve, reject) => {
      waiting.push({ change, resolve, reject });
      if (!busy) void run();
    });
}

function changesOf(group: readonly Waiting[]): Change[] {
  return group.map(({ change }) => change);
}

/** @param work - `again`: the try before may have been committed, and only its answer was lost. */
async function persistently<T>(work: (again: boolean) => Promise<T>, { clock, log }: CommitPorts): Promise<T> {
  let again = false;
  for (const delay of retryDelays) {
    try {
      return await work(again);
    } catch (error) {
      log.warn("the ledger could not be written; trying again", { error: messageOf(error), inMs: delay });
      await clock.sleep(delay);
      again = true;
    }
  }
  return work(again);
}
