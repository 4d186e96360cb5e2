/** Cron expressions with five fields, in local time of a time zone. */

import { Cron } from "croner";

/** The expression means nothing. */
export class CronError extends Error {
  override readonly name = "CronError";
}

/**
 * The first time after a given one. Where clocks are put forward, a time in the hour that does not exist comes at the
 * moment of the change; where they are put back, a time in the hour that comes twice comes the first time only. What runs
 * every hour or every few minutes keeps its distance through both.
 * @throws CronError
 */
export function cronTimes(expression: string, timezone: string): (after: Date) => Date | null {
  try {
    const cron = new Cron(expression, { timezone, paused: true, mode: "5-part" });
    return (after) => cron.nextRun(after);
  } catch (error) {
    throw new CronError(reason(error));
  }
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^CronPattern: /, "").replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
