/**
 * Timers for jobs: BullMQ job schedulers, kept in sync with the job files. They only wake the process; the ledger
 * decides whether a job is due.
 */

import type { JobFile } from "#core/jobs/job-file.ts";
import type { TimerPlan } from "#core/jobs/timer-plan.ts";
import type { QueueBackend } from "./backend.ts";

/** The queue of the timers. */
export const jobTimers = "alarms";

/** The changes that bring the timers in sync with the job files. */
export async function planTimers(backend: QueueBackend, jobs: readonly JobFile[]): Promise<TimerPlan> {
  const known = new Map(
    (await backend.queue(jobTimers).getJobSchedulers()).map(({ key, pattern, tz }) => [key, `${pattern} ${tz}`]),
  );
  const wanted = new Map(
    jobs.flatMap(({ name, schedule }) => (schedule ? [[name, `${schedule.cron} ${schedule.timezone}`]] : [])),
  );
  const names = [...wanted.keys()];
  return {
    added: names.filter((name) => !known.has(name)),
    changed: names.filter((name) => known.has(name) && known.get(name) !== wanted.get(name)),
    removed: [...known.keys()].filter((name) => !wanted.has(name)),
  };
}

/** Returns the changes that were made. */
export async function setTimers(backend: QueueBackend, jobs: readonly JobFile[]): Promise<TimerPlan> {
  const plan = await planTimers(backend, jobs);
  const queue = backend.queue(jobTimers);
  for (const { name, schedule } of jobs)
    if (schedule && (plan.added.includes(name) || plan.changed.includes(name)))
      await queue.upsertJobScheduler(
        name,
        { pattern: schedule.cron, tz: schedule.timezone },
        { name: "alarm", data: { job: name }, opts: { removeOnComplete: true, removeOnFail: true } },
      );
  for (const name of plan.removed) await queue.removeJobScheduler(name);
  return plan;
}
