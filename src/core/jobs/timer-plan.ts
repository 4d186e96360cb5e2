/** How the timers in the queue differ from the schedules of the job files: names of jobs. */
export interface TimerPlan {
  added: string[];
  changed: string[];
  removed: string[];
}
