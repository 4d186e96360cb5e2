/** Cron expressions with five fields, in local time of a time zone. */

import { Cron } from "croner";

/** The expression is invalid. */
export class CronError extends Error {
  override readonly name = "CronError";
}

/**
 * The first time after the given one. If clocks go forward and the local time does not exist, it is the moment of the
 * change. If clocks go back and the local time exists twice, it is only the first. Jobs that run every hour or every
 * few minutes are not affected.
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
