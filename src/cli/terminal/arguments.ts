/** Parses option values that several commands share. */

import { InvalidArgumentError } from "commander";

/** `a, b` -> `["a", "b"]`. */
export function commaSeparated(value: string): string[] {
  const names = value
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) throw new InvalidArgumentError("expected names separated by commas");
  return names;
}

/** A time with its zone, or `now`. */
export function isoTime(value: string): Date {
  if (value === "now") return new Date();
  const time = new Date(value);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError("expected a time with its zone, such as 2027-01-05T09:00:00Z");
  return time;
}

const unitMs = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** A time with its zone, or so many hours, days or weeks ago. @throws InvalidArgumentError */
export function sinceTime(value: string): Date {
  const [, number, unit] = /^(\d{1,4})([hdw])$/.exec(value) ?? [];
  if (number === undefined) return isoTime(value);
  return new Date(Date.now() - Number(number) * unitMs[unit as keyof typeof unitMs]);
}

/** A time with its zone, or how long it takes from now: `90d`. */
export function endTime(value: string): Date {
  const [, number, unit] = /^([1-9]\d{0,3})([hdw])$/.exec(value) ?? [];
  if (number !== undefined) return new Date(Date.now() + Number(number) * unitMs[unit as keyof typeof unitMs]);
  if (/^\d{4}-/.test(value)) return isoTime(value);
  throw new InvalidArgumentError("expected a duration such as 90d, 24h or 2w, or a time such as 2027-01-05T09:00:00Z");
}
