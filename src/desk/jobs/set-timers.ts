/** Updates the queue's timers from the job files. */

import { z } from "zod";
import type { ConfigError } from "#core/errors.ts";
import type { TimerPlan } from "#core/jobs/timer-plan.ts";
import { type Actor, act, fields } from "../act.ts";
import { timersAnswer } from "../answers/job.ts";
import type { DeskPorts } from "../ports.ts";

export interface TimersAnswer {
  timers: TimerPlan;
  done: boolean;
  /** Mistakes in the job files. */
  problems: readonly ConfigError[];
}

export const setTimers = act({
  name: "jobs.set-timers",
  asks: z.strictObject({ dryRun: fields.dryRun }),
  needs: "operate",
  answers: timersAnswer,
  async run({ dryRun }, _: Actor, { jobs }: Pick<DeskPorts, "jobs">): Promise<TimersAnswer> {
    const { timers, problems } = await jobs.timers(!dryRun);
    return { timers, done: !dryRun, problems };
  },
  document: ({ timers, done }) => ({ alarms: timers, done }),
});
