/** When a job runs next, in local time of a time zone. */

/** What to do about missed times. `run-once`: the job runs once for all of them; `skip`: they are ignored. */
export const missedRules = ["run-once", "skip"] as const;
export type MissedRule = (typeof missedRules)[number];

export interface Schedule {
  /** As the operator wrote it. */
  text: string;
  /** Five fields. */
  cron: string;
  /** IANA name. */
  timezone: string;
  missed: MissedRule;
  /** The first time after this one; `null` if there is none. */
  next(after: Date): Date | null;
}

/** The next times, for people. */
export function nextTimes(schedule: Schedule, after: Date, number: number): Date[] {
  const times: Date[] = [];
  for (let time = schedule.next(after); time && times.length < number; time = schedule.next(time)) times.push(time);
  return times;
}

/** The newest time after `since` and up to `now`, and how many other times are in this period. */
export function newestDue(schedule: Schedule, since: Date, now: Date): { at: Date; before: number } | null {
  let due: { at: Date; before: number } | null = null;
  for (let time = schedule.next(since); time && time <= now; time = schedule.next(time))
    due = { at: time, before: due ? due.before + 1 : 0 };
  return due;
}
