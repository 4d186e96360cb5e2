/** Translates schedules in plain words into cron's five fields. */

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
/** Synonyms. */
const synonyms: readonly [RegExp, string][] = [
  [/^(?:daily|each day|everyday)\b/, "every day"],
  [/^hourly$/, "every hour"],
  [/^(?:weekly|each week|every week) on /, "every "],
  [/^(?:monthly|each month) on /, "every month on "],
  [/^each /, "every "],
  [/^(?:on )?weekdays\b/, "every weekday"],
  [/^(?:(?:on|at) )?weekends\b/, "every weekend"],
  [/^(?:on )?(?=(?:sun|mon|tues|wednes|thurs|fri|satur)days\b)/, "every "],
];
const ordinals: Record<string, string> = { first: "1", second: "2", third: "3", fourth: "4" };
const cronFields = /^\S+(\s+\S+){4}$/;

/** Five cron fields for the text; `null` if it has neither form. */
export function cronOf(text: string): string | null {
  const written = text.trim().toLowerCase().replace(/\s+/g, " ");
  const said = synonyms.reduce((words, [pattern, plain]) => words.replace(pattern, plain), written);
  const [what, time] = parted(said);
  if (what === "every hour" && !time) return "0 * * * *";
  if (what === "every minute" && !time) return "* * * * *";
  const step = /^every (\d+) (minute|hour)s$/.exec(what);
  if (step && !time) return everyFew(Number(step[1]), step[2] === "hour");
  if (time) {
    const day = dayFields(what);
    return day && `${time.minute} ${time.hour} ${day}`;
  }
  return cronFields.test(said) && !said.startsWith("every ") && !said.startsWith("on ") ? text.trim() : null;
}

/** Separates the time of day: `9:30`, `9`, `9 am`, `noon`. Cron reports an impossible time. */
function parted(said: string): [string, { hour: number; minute: number } | null] {
  const match = /^(.*) at (?:(\d{1,2})(?::(\d\d))? ?(am|pm)?|(noon|midnight))$/.exec(said);
  if (!match) return [said, null];
  const [, what = "", hour, minute = "0", half, name] = match;
  if (name) return [what, { hour: name === "noon" ? 12 : 0, minute: 0 }];
  return [what, { hour: half ? halfDay(Number(hour), half) : Number(hour), minute: Number(minute) }];
}

/** `12 am` is midnight. */
function halfDay(hour: number, half: string): number {
  return hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half === "pm" ? 12 : 0);
}

/** Only steps that divide the hour or the day evenly. Others would have a shorter step at the end. */
function everyFew(number: number, isHours: boolean): string | null {
  if (number < 1 || (isHours ? 24 : 60) % number !== 0) return null;
  return isHours ? `0 */${number} * * *` : `*/${number} * * * *`;
}

/** Day of the month, month, day of the week. */
function dayFields(what: string): string | null {
  if (what === "every day") return "* * *";
  if (what === "every weekday") return "* * 1-5";
  if (what === "every weekend") return "* * 0,6";
  if (/^on the last day of (every|the) month$/.test(what)) return "L * *";
  const ofMonth = /^on the (\w+) (?:of|in) (?:every|the) month$|^every month on the (\w+)$/.exec(what);
  const date = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(ofMonth?.[1] ?? ofMonth?.[2] ?? "");
  if (date) return `${Number(date[1])} * *`;
  const weekday = /^on the (first|second|third|fourth|last) (\w+) (?:of|in) (?:every|the) month$/.exec(what);
  if (weekday) {
    const [, which = "", name = ""] = weekday;
    const day = dayNamed(name);
    return day < 0 ? null : `* * ${day}#${ordinals[which] ?? "L"}`;
  }
  const list = /^every ([a-z, ]+)$/.exec(what)?.[1]?.split(/\s*,\s*(?:and )?|\s+and\s+/) ?? [];
  const numbers = list.map(dayNamed);
  return numbers.length > 0 && numbers.every((number) => number >= 0) ? `* * ${numbers.join(",")}` : null;
}

/** The day's full name, its plural, or its first letters. -1 for an unknown name. */
function dayNamed(name: string): number {
  return days.findIndex(
    (day) => name === day || name === `${day}s` || (name.length >= 3 && name.length <= 5 && day.startsWith(name)),
  );
}
