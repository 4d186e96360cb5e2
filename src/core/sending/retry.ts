/** How long to wait before trying again, and when to stop. */

/** A recipient that the server defers is tried five times within about three minutes, then counts as refused. */
export const recipientAttempts = 5;
/** A channel that fails as a whole is tried five times within about fifteen seconds, then waits for the operator. */
export const channelAttempts = 5;

/** Milliseconds before the next try: 2 s, 8 s, 32 s, 128 s, each up to a fifth longer so that many don't come back at once. */
export function recipientDelay(attempt: number, random: () => number = Math.random): number {
  return jittered(2_000 * 4 ** (attempt - 1), random);
}

/** Milliseconds before the next try: 1 s, 2 s, 4 s, 8 s, with the same jitter. */
export function channelDelay(failures: number, random: () => number = Math.random): number {
  return jittered(1_000 * 2 ** (failures - 1), random);
}

function jittered(milliseconds: number, random: () => number): number {
  return Math.round(milliseconds * (1 + random() / 5));
}
