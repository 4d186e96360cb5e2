/** How the timers in the queue differ from the schedules of the job files: names of jobs. */
export interface AlarmPlan {
  added: string[];
  changed: string[];
  removed: string[];
}
