/** Times, always with their zone, and how far away they are. */

import { html, type Markup } from "#core/posts/markup.ts";

export interface Clock {
  now: Date;
  timezone: string;
  /** `30 Nov 2026, 22:40 UTC`. */
  text(at: Date): string;
  /** `Monday, 30 November 2026`. */
  day(at: Date): string;
  /** A `time` element; a dash for `null`. */
  time(at: Date | string | null | undefined): Markup;
  /** The same, with `in 2 hours` after it. */
  timeAway(at: Date | string | null | undefined): Markup;
}

export function openClock(timezone: string, now: Date): Clock {
  const { moment, day } = formats(timezone);
  const text = (at: Date): string => moment.format(at);
  const time = (at: Date | string | null | undefined): Markup => {
    if (at === null || at === undefined) return html`<span class="quiet">–</span>`;
    const date = new Date(at);
    return html`<time datetime="${date.toISOString()}">${text(date)}</time>`;
  };
  return {
    now,
    timezone,
    text,
    day: (at) => day.format(at),
    time,
    timeAway: (at) =>
      at === null || at === undefined
        ? time(at)
        : html`${time(at)} <span class="quiet">${distance(new Date(at), now)}</span>`,
  };
}

const known = new Map<string, { moment: Intl.DateTimeFormat; day: Intl.DateTimeFormat }>();

function formats(timeZone: string): { moment: Intl.DateTimeFormat; day: Intl.DateTimeFormat } {
  const found = known.get(timeZone) ?? {
    moment: new Intl.DateTimeFormat("en-GB", {
      ...{ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
      ...{ timeZone, timeZoneName: "short" },
    }),
    day: new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone }),
  };
  known.set(timeZone, found);
  return found;
}

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `3 hours ago`, `in 2 days`. */
export function distance(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  if (!unit) return seconds > 5 ? "in a moment" : "just now";
  return relative.format(Math.round(seconds / unit[1]), unit[0]);
}

/** `1 min 20 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.round((seconds % 3_600) / 60)} min`;
}

/** As a field for a time without zone has it: `2026-11-30T22:40`. */
export function localOf(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
    ...{ hourCycle: "h23", timeZone },
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The instant of such a field; `null` if it is empty or wrong. A time that a change of clocks leaves out is moved by an hour. */
export function instantOf(local: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local)) return null;
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (time: number): number => Date.parse(`${localOf(new Date(time), timeZone)}:00Z`) - time;
  const guess = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(guess));
}
