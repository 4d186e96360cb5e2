/** The scheduler of a process: it checks for due jobs when BullMQ's timers fire, and also regularly, in case a timer was lost. */

import type { Log } from "#core/log.ts";
import type { QueueBackend } from "#queue/backend.ts";
import { consume } from "#queue/consume.ts";
import { jobTimers } from "#queue/job-timers.ts";
import type { JobDesk } from "./job-desk.ts";

const checkEveryMs = 30_000;

/** Runs declared jobs until disposed; work in progress is finished first. Changed job files are used from the next check on. */
export async function startScheduler(desk: JobDesk, backend: QueueBackend, log: Log): Promise<AsyncDisposable> {
  await using starting = new AsyncDisposableStack();
  let checking = Promise.resolve();
  // One check at a time. A timer that fires during a check starts the next one.
  const check = (): Promise<void> => {
    checking = checking.then(async () => {
      const { added, changed, removed } = (await desk.timers(true)).timers;
      if (added.length + changed.length + removed.length > 0) log.info("schedules set", { added, changed, removed });
      await desk.tend();
    });
    checking = checking.catch((error: Error) => log.error("the jobs could not be checked", { error: error.message }));
    return checking;
  };
  await check();
  const timer = setInterval(check, checkEveryMs);
  starting.defer(() => checking);
  starting.defer(() => clearInterval(timer));
  starting.use(
    consume(backend, jobTimers, async () => {
      await check();
      return {};
    }),
  );
  return starting.move();
}
