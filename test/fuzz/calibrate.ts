/** Tells how fast the machine is just now: limits of time are multiples of what this loop takes. */

/** Milliseconds that the loop takes on a quiet machine of two cores, on which the limits were set. */
export const quietMs = 40;

/** Milliseconds of a fixed piece of work of the kind that reading a post is: strings and regular expressions. */
export function calibrate(): number {
  const begun = performance.now();
  let found = 0;
  for (let round = 0; round < 60; round++) for (const _ of `${text}${round}`.matchAll(/(\w+) |\*\*|[^\s*]+/g)) found++;
  if (found === 0) throw new Error("The loop found nothing");
  return performance.now() - begun;
}

const text = "Some words and **marks** of a [post](a) ".repeat(250);
