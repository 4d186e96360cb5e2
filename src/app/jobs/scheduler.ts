/** The scheduler of a process: rings by BullMQ's alarm clocks, and looks by itself in case one was lost. */

import type { Log } from "#core/log.ts";
import { alarms } from "#queue/alarms.ts";
import type { QueueBackend } from "#queue/backend.ts";
import { consume } from "#queue/consume.ts";
import type { JobDesk } from "./job-desk.ts";

const lookEveryMs = 30_000;

/** Runs declared jobs until disposed; what is in hand is finished first. Changes of the files count from the next look. */
export async function startScheduler(desk: JobDesk, backend: QueueBackend, log: Log): Promise<AsyncDisposable> {
  await using starting = new AsyncDisposableStack();
  let looking = Promise.resolve();
  // One look after the other: an alarm that rings meanwhile is seen by the next.
  const look = (): Promise<void> => {
    looking = looking.then(async () => {
      const { added, changed, removed } = (await desk.alarms(true)).alarms;
      if (added.length + changed.length + removed.length > 0) log.info("schedules set", { added, changed, removed });
      await desk.tend();
    });
    looking = looking.catch((error: Error) => log.error("the jobs could not be checked", { error: error.message }));
    return looking;
  };
  await look();
  const timer = setInterval(look, lookEveryMs);
  starting.defer(() => looking);
  starting.defer(() => clearInterval(timer));
  starting.use(
    consume(backend, alarms, async () => {
      await look();
      return {};
    }),
  );
  return starting.move();
}
