/** Tells how fast the machine is just now: limits of time are multiples of what this loop takes. */

/** Milliseconds that the loop takes on a quiet machine of two cores, on which the limits were set. */
export const quietMs = 11;

/** Milliseconds of processor time that this process has had: on a busy machine it grows slower than the clock. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time of a fixed piece of work of the kind that reading a post is: strings and regular expressions. */
export function calibrate(): number {
  const begun = processorTime();
  let found = 0;
  for (let round = 0; round < 60; round++) for (const _ of `${text}${round}`.matchAll(/(\w+) |\*\*|[^\s*]+/g)) found++;
  if (found === 0) throw new Error("The loop found nothing");
  return processorTime() - begun;
}

const text = "Some words and **marks** of a [post](a) ".repeat(250);
