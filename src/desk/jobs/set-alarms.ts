/** Updates the queue's timers from the job files. */

import { z } from "zod";
import type { ConfigError } from "#core/errors.ts";
import type { AlarmPlan } from "#core/jobs/alarm-plan.ts";
import { type Actor, act, fields, owners } from "../act.ts";
import { alarmsAnswer } from "../answers/job.ts";
import type { DeskPorts } from "../ports.ts";

export interface AlarmsAnswer {
  alarms: AlarmPlan;
  done: boolean;
  /** Mistakes in the job files. */
  problems: readonly ConfigError[];
}

export const setAlarms = act({
  asks: z.strictObject({ dryRun: fields.dryRun }),
  roles: owners,
  answers: alarmsAnswer,
  async run({ dryRun }, _: Actor, { jobs }: Pick<DeskPorts, "jobs">): Promise<AlarmsAnswer> {
    const { alarms, problems } = await jobs.alarms(!dryRun);
    return { alarms, done: !dryRun, problems };
  },
  document: ({ alarms, done }) => ({ alarms, done }),
});
