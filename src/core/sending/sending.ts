/** How a channel sends to many readers: pace, hold time, and automatic stops. */

export interface SendingRules {
  pace?: Pace;
  /** Send only to readers who match this expression (`core/readers/segment.ts`). Default: everybody. */
  segment?: string;
  /** Seconds between the decision and the first email, in which the campaign can be cancelled. Default 0. */
  holdSeconds?: number;
  /**
   * A share of the readers gets the email first. The others follow after the wait, unless the campaign was stopped by
   * an operator, or because more than `stopAtFailures` of the first emails were refused or are uncertain.
   */
  canary?: { share: number; minimum: number; waitSeconds: number; stopAtFailures: number };
  /**
   * If a post has several subjects, a share of the audience tests them. The others wait until a subject is chosen: by
   * an operator, or by the smallest share of readers who left or complained. If two are equal, an operator chooses.
   */
  subjectTest?: { share: number; waitSeconds: number; winner: "by-hand" | "fewest-left" };
  /** Pauses the campaign after this number of refused or uncertain deliveries. Default: never. */
  stopAfterFailures?: number;
  /** Pauses the campaign if complaints exceed this share of the accepted emails. Default 0.003, where Gmail begins to refuse. */
  stopAtComplaints?: number;
  /** Each reader gets it at this local time; `timezone` is for readers without one. */
  readerTime?: { at: string; timezone: string };
  /** Nothing is sent between these times of the day. */
  quiet?: { from: string; to: string; timezone: string };
  /** An email that is this many hours late is paused until an operator decides. Default 12. */
  lateAfterHours?: number;
}

export const lateAfterHours = 12;
export const stopCanaryAtDefault = 0.1;
export const stopAtComplaintsDefault = 0.003;

export interface Pace extends Rate {
  /** Limits by the domain of the recipients. */
  domains?: Readonly<Record<string, Rate>>;
  /** The number of emails on the first day, the second day and so on. After the last day, there is no such limit. */
  warmUp?: { start: string; perDay: readonly number[] };
}

export interface Rate {
  perSecond?: number;
  perMinute?: number;
  perHour?: number;
  perDay?: number;
}

/** A token bucket: at most `burst` at once, refilled at `rate` a second. */
export interface Bucket {
  key: string;
  rate: number;
  burst: number;
}

const seconds = { perDay: 86_400, perHour: 3_600, perMinute: 60, perSecond: 1 } as const;
/** The slowest first. */
const units = Object.keys(seconds) as (keyof Rate)[];

/** The configured pace, or else the network's rate. */
export function paceFor(configured: Pace = {}, network: Rate): Pace {
  return units.some((unit) => configured[unit] !== undefined) ? configured : { ...configured, ...network };
}

/** The buckets of a rate, the slowest first, so that nothing is taken from the others if it refuses. */
export function bucketsOf(key: string, rate: Rate): Bucket[] {
  return units.flatMap((unit) => {
    const count = rate[unit];
    if (count === undefined) return [];
    // At most one second's number at once, so that a limit per minute is spread evenly.
    const burst = Math.max(1, Math.min(count, Math.ceil(count / seconds[unit])));
    return [{ key: `${key} ${unit}`, rate: count / seconds[unit], burst }];
  });
}

/** The bucket for the current day of the warm-up; `null` before its beginning and after its end. */
export function warmUpBucket(key: string, { start, perDay }: NonNullable<Pace["warmUp"]>, now: Date): Bucket | null {
  const day = Math.floor((now.getTime() - Date.parse(start)) / 86_400_000);
  const count = perDay[day];
  return count === undefined ? null : { key: `${key} warm-up ${day}`, rate: 0, burst: count };
}

/** Milliseconds until quiet hours end; 0 when it isn't quiet. */
export function quietFor({ from, to, timezone }: NonNullable<SendingRules["quiet"]>, now: Date): number {
  const at = secondOfDayIn(timezone, now);
  const begin = secondOfDay(from);
  const end = secondOfDay(to);
  const quiet = begin <= end ? at >= begin && at < end : at >= begin || at < end;
  return quiet ? ((end - at + day) % day || day) * 1000 : 0;
}

const day = 86_400;

function secondOfDayIn(timeZone: string, now: Date): number {
  const options = { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return secondOfDay(new Intl.DateTimeFormat("en-GB", options).format(now));
}

function secondOfDay(time: string): number {
  const [hours = 0, minutes = 0, rest = 0] = time.split(":").map(Number);
  return hours * 3600 + minutes * 60 + rest;
}
