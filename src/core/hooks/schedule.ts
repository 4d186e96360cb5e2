/** When a message is sent again. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Before each attempt, since the one before it. */
const delays = [0, 5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];

/** @param tries - attempts so far. @param random - 0 to 1: many messages must not all come back at the same moment. `null`: no more attempts. */
export function nextTryMs(tries: number, random: number): number | null {
  const delay = delays[tries];
  return delay === undefined ? null : Math.round(delay * (1 + random / 10));
}
