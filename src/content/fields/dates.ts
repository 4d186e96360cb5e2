/** Parses dates. The machine's time zone has no effect, and impossible dates such as 31 February are refused. */

import { PostriderError } from "#core/errors.ts";

/** Returns the instant of a text, or `null` if the text is not a date. */
export type ReadDate = (text: string) => Date | null;

/**
 * A date parser that uses `zone` (IANA name) for dates without a zone. A date without a time means midnight. Throws
 * `PostriderError` for an unknown zone.
 */
export function openDates(zone: string): ReadDate {
  const offsetAt = openZone(zone);
  return (text) => {
    const written = parse(text);
    if (!written) return null;
    const wall = Date.UTC(written.year, written.month - 1, written.day, written.hour, written.minute, written.second);
    const local = wall + written.millisecond;
    return new Date(written.offset === null ? fromWallClock(local, offsetAt) : local - written.offset);
  };
}

/** Local date and time. */
interface WallClock {
  year: number;
  /** Counted from 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** An instant as local time, and as seconds since 1970. */
export interface Moment extends WallClock {
  unix: number;
}

/** The local time of an instant in `zone`. */
export function momentIn(instant: Date, zone: string): Moment {
  const local = new Date(instant.getTime() + openZone(zone)(instant.getTime()));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    unix: Math.floor(instant.getTime() / 1000),
  };
}

/** The date and time in a text, ignoring its time zone; `null` if it is not a date. */
export function momentWritten(text: string, unix: number): Moment | null {
  const written = parse(text);
  if (!written) return null;
  const { year, month, day, hour, minute, second } = written;
  return { year, month, day, hour, minute, second, unix };
}

interface Written extends WallClock {
  millisecond: number;
  /** Milliseconds east of UTC; `null` if the text has no time zone. */
  offset: number | null;
}

const time =
  /^(?:T|,? (?:at )?|)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,12}))?)? ?(?<half>[ap]\.?m\.?)? ?(?<zone>Z|UTC|GMT|[ECMP][SD]T|CES?T|EES?T|[+-]\d{1,2}(?::?\d{2})?)?$/i;
const numeric = /^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?=$|[T ])/i;
const dayFirst =
  /^(?:[a-z]{3,9},? )?(?<day>\d{1,2})(?:st|nd|rd|th)? (?<name>[a-z]{3,9})\.?,? (?<year>\d{4})(?=$|[T ,])/i;
const monthFirst =
  /^(?:[a-z]{3,9},? )?(?<name>[a-z]{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})(?=$|[T ,])/i;

const months = "january february march april may june july august september october november december".split(" ");

function parse(text: string): Written | null {
  if (text.length > 80) return null;
  // Some editors put a no-break space after the colon.
  const clean = text.replace(/[\s\u200b\u200e\u200f\ufeff]+/g, " ").trim();
  const date = (numeric.exec(clean) ?? dayFirst.exec(clean) ?? monthFirst.exec(clean)) as RegExpExecArray | null;
  const parts = date?.groups;
  if (!date || !parts) return null;
  const month = parts["month"] === undefined ? monthNamed(parts["name"] ?? "") : Number(parts["month"]);
  const day = { year: Number(parts["year"]), month, day: Number(parts["day"]) };
  if (!isCalendarDay(day)) return null;
  const rest = clean.slice(date[0].length);
  if (rest === "") return { ...day, hour: 0, minute: 0, second: 0, millisecond: 0, offset: null };
  const clock = time.exec(rest)?.groups;
  if (!clock) return null;
  const written: Written = {
    ...day,
    hour: hourOf(Number(clock["hour"]), clock["half"]),
    minute: Number(clock["minute"]),
    second: Number(clock["second"] ?? 0),
    millisecond: Number((clock["fraction"] ?? "").slice(0, 3).padEnd(3, "0")),
    offset: clock["zone"] === undefined ? null : offsetOf(clock["zone"]),
  };
  const possible = written.hour < 24 && written.minute < 60 && written.second < 60 && !Number.isNaN(written.offset);
  return possible ? written : null;
}

/** Counted from 1; 0 for an unknown month. Three letters are enough, as in RFC 5322 §3.3. */
function monthNamed(name: string): number {
  const wanted = name.toLowerCase().replace(/^sept$/, "sep");
  return months.findIndex((month) => month === wanted || month.slice(0, 3) === wanted) + 1;
}

/** Years before the web are mistakes. One is the year 1, which Hugo writes for "no date". */
function isCalendarDay({ year, month, day }: { year: number; month: number; day: number }): boolean {
  if (year < 1970 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `12 am` is midnight. An impossible hour gives a value out of range. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** Hours east of UTC: the zones of RFC 5322 §4.3, and European ones. */
const namedZones: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
};

function offsetOf(zone: string): number {
  const hoursEast = namedZones[zone.toUpperCase()];
  if (hoursEast !== undefined) return hoursEast * 3_600_000;
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 60 + Number(minutes ?? 0);
  if (size > 14 * 60 || Number(minutes ?? 0) > 59) return Number.NaN;
  return (sign === "-" ? -size : size) * 60_000;
}

/** Converts local time to an instant. A time that does not exist because clocks go forward is read with the offset before the change. A time that exists twice is the first of the two. */
function fromWallClock(local: number, offsetAt: (instant: number) => number): number {
  const day = 86_400_000;
  const before = offsetAt(local - day);
  const after = offsetAt(local + day);
  const early = local - before;
  return offsetAt(early) === before || offsetAt(local - after) !== after ? early : local - after;
}

function openZone(zone: string): (instant: number) => number {
  if (zone === "UTC") return () => 0;
  const format = zoneFormat(zone);
  return (instant) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Cached, because creating one costs more than reading a post. A process uses few zones. */
function zoneFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
    return format;
  } catch (cause) {
    throw new PostriderError("invalid", `There is no time zone "${zone}"`, {
      hint: 'Use an IANA name such as "Europe/London" or "UTC"',
      cause,
    });
  }
}
