/** How a channel sends to many readers: pace, hold time, and automatic stops. */

export interface SendingRules {
  pace?: Pace;
  /** Only for those of the list whom this expression describes (`core/readers/segment.ts`). Default: everybody. */
  segment?: string;
  /** Seconds between the decision and the first mail, in which it can be taken back. Default 0. */
  holdSeconds?: number;
  /**
   * A share goes first; the rest follows after the wait, unless it was stopped: by hand, or by itself when more than
   * `stopAtFailures` of the first were refused or are uncertain.
   */
  canary?: { share: number; minimum: number; waitSeconds: number; stopAtFailures: number };
  /**
   * Where a post has several subjects, a share of the audience tries them; the rest waits until one is chosen: by hand, or
   * after the wait the one under which the smallest share left or complained. Where two are alike, by hand.
   */
  subjectTest?: { share: number; waitSeconds: number; winner: "by-hand" | "fewest-left" };
  /** Pauses the campaign after so many refused or uncertain ones. Default: never. */
  stopAfterFailures?: number;
  /** Pauses it when more than this share of the accepted ones were complained of. Default 0.003: where Gmail begins to refuse. */
  stopAtComplaints?: number;
  /** Each reader gets it when their own clock shows this; `timezone` is that of readers who have told none. */
  readerTime?: { at: string; timezone: string };
  /** Between these times of the day nothing goes out. */
  quiet?: { from: string; to: string; timezone: string };
  /** Hours after which what should have gone waits for somebody's word. Default 12. */
  lateAfterHours?: number;
}

export const lateAfterHours = 12;
export const stopCanaryAtDefault = 0.1;
export const stopAtComplaintsDefault = 0.003;

export interface Pace extends Rate {
  /** For recipients of a domain. */
  domains?: Readonly<Record<string, Rate>>;
  /** Mails on the first day, the second…: after the last day, no such limit. */
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

/** What the configuration says, or the network where it sets no rate. */
export function paceFor(configured: Pace = {}, network: Rate): Pace {
  return units.some((unit) => configured[unit] !== undefined) ? configured : { ...configured, ...network };
}

/** The buckets of a rate, the slowest first: what it refuses must not be taken from the others. */
export function bucketsOf(key: string, rate: Rate): Bucket[] {
  return units.flatMap((unit) => {
    const count = rate[unit];
    if (count === undefined) return [];
    // No more at once than goes in a second, so that a limit by the minute is a stream and not a gush.
    const burst = Math.max(1, Math.min(count, Math.ceil(count / seconds[unit])));
    return [{ key: `${key} ${unit}`, rate: count / seconds[unit], burst }];
  });
}

/** The bucket of a day of warming up; `null` once the plan has come to its end, or before it begins. */
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
