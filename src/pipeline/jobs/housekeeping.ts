/** Jobs of kind `maintenance`. Running one twice does no harm. */

import type { Keep, MaintenanceJob, MaintenanceTask } from "#core/jobs/job-file.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Ran } from "./run-jobs.ts";

/** One function for each task. It returns in a few words what it did, or with `dryRun` what it would do. */
export type Maintenance = Record<MaintenanceTask, (keep: Keep, dryRun: boolean) => Promise<string>>;

export async function runMaintenance(
  job: MaintenanceJob,
  maintenance: Maintenance,
): Promise<(tx: Transaction) => Promise<Ran>> {
  const done = await eachTask(job, maintenance, false);
  return async () => ({ state: "done", outcome: done.join("; ") });
}

/** What the job would do now. Changes nothing. */
export function planMaintenance(job: MaintenanceJob, maintenance: Maintenance): Promise<string[]> {
  return eachTask(job, maintenance, true);
}

async function eachTask({ tasks, keep }: MaintenanceJob, maintenance: Maintenance, dryRun: boolean): Promise<string[]> {
  const told: string[] = [];
  for (const task of tasks) told.push(`${task}: ${await maintenance[task](keep, dryRun)}`);
  return told;
}
