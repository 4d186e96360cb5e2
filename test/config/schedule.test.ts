import { describe, expect, it } from "vitest";
import { scheduleSchema } from "#config/values/schedule.ts";
import { newestDue, nextTimes, type Schedule } from "#core/jobs/schedule.ts";

const schedule = (value: unknown): Schedule => scheduleSchema("Europe/Berlin").parse(value);
const times = (value: unknown, after: string, number = 3): string[] =>
  nextTimes(schedule(value), new Date(after), number).map((time) => time.toISOString().replace(":00.000Z", ""));
const complaint = (value: unknown): string | undefined =>
  scheduleSchema("Europe/Berlin")
    .safeParse(value)
    .error?.issues.map(({ message }) => message)
    .join("; ");

describe("A schedule in words", () => {
  it.each([
    ["every day at 09:00", "0 9 * * *"],
    ["Every Friday at 9:05", "5 9 * * 5"],
    ["every monday, wednesday and friday at 18:30", "30 18 * * 1,3,5"],
    ["every weekday at noon", "0 12 * * 1-5"],
    ["on the 15th of every month at midnight", "0 0 15 * *"],
    ["every month on the 1st at 08:00", "0 8 1 * *"],
    ["on the last day of every month at 17:00", "0 17 L * *"],
    ["on the first monday of every month at 10:00", "0 10 * * 1#1"],
    ["on the last friday of every month at 10:00", "0 10 * * 5#L"],
    ["every hour", "0 * * * *"],
    ["every 15 minutes", "*/15 * * * *"],
    ["every minute", "* * * * *"],
    ["hourly", "0 * * * *"],
    ["daily at 7", "0 7 * * *"],
    ["every friday at 9am", "0 9 * * 5"],
    ["every friday at 12:30 am", "30 0 * * 5"],
    ["every friday at 9:15 pm", "15 21 * * 5"],
    ["every mon, wed and fri at 08:00", "0 8 * * 1,3,5"],
    ["on tuesdays and thursdays at 09:00", "0 9 * * 2,4"],
    ["fridays at noon", "0 12 * * 5"],
    ["weekdays at 09:00", "0 9 * * 1-5"],
    ["every weekend at 10:00", "0 10 * * 0,6"],
    ["weekly on friday at 09:00", "0 9 * * 5"],
    ["monthly on the 1st at 09:00", "0 9 1 * *"],
    ["every 6 hours", "0 */6 * * *"],
    ["0 9 * * 5", "0 9 * * 5"],
  ])("reads %s", (words, cron) => {
    expect(schedule(words)).toMatchObject({ text: words, cron, timezone: "Europe/Berlin", missed: "run-once" });
  });

  it.each([
    "every fryday at 09:00",
    "every 7 minutes",
    "sometimes",
    "every day",
    "every day at 25:00",
    "every at 09:00",
    "every friday at 13 pm",
    "every friday at 0 am",
    "every fr at 09:00",
    "every days at 09:00",
    "every other friday at 09:00",
  ])("refuses %s and shows valid examples", (words) => {
    expect(complaint(words)).toMatch(/every friday at 09:00|not a valid schedule/);
  });

  it("refuses a time that never occurs, invalid cron, and two schedules in one", () => {
    expect(complaint("0 0 31 2 *")).toContain("never occurs");
    expect(complaint({ cron: "61 * * * *" })).toContain("invalid value for minute: 61");
    expect(complaint({ cron: "0 9 * * 1 2026" })).toContain("5 parts");
    expect(complaint({ cron: "0 9 * * 1", when: "every hour" })).toContain('either "cron" or "when"');
    expect(complaint({ missed: "skip" })).toContain('either "cron" or "when"');
    expect(complaint({ cron: "0 9 * * 1", timezone: "Europe/Atlantis" })).toContain("Europe/Berlin");
  });
});

describe("Where clocks change", () => {
  it("runs a time in the skipped hour at the moment of the clock change", () => {
    expect(times("every day at 02:30", "2026-03-28T00:00Z")).toEqual([
      "2026-03-28T01:30",
      "2026-03-29T01:00",
      "2026-03-30T00:30",
    ]);
  });

  it("runs a time in the repeated hour only the first time", () => {
    expect(times("every day at 02:30", "2026-10-24T00:00Z")).toEqual([
      "2026-10-24T00:30",
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
    expect(times("every day at 02:30", "2026-10-25T00:30Z", 1)).toEqual(["2026-10-26T01:30"]);
  });

  it("keeps the interval of frequent jobs", () => {
    const spring = nextTimes(schedule("every 15 minutes"), new Date("2026-03-29T00:00Z"), 16);
    const autumn = nextTimes(schedule("every hour"), new Date("2026-10-24T22:00Z"), 6);
    const gaps = (list: Date[]): Set<number> =>
      new Set(list.slice(1).map((time, at) => time.getTime() - (list[at]?.getTime() ?? 0)));
    expect(gaps(spring)).toEqual(new Set([15 * 60_000]));
    expect(gaps(autumn)).toEqual(new Set([60 * 60_000]));
  });

  it("keeps nine o'clock in local time", () => {
    const london = { when: "every friday at 09:00", timezone: "Europe/London" };
    expect(times(london, "2026-03-25T00:00Z", 2)).toEqual(["2026-03-27T09:00", "2026-04-03T08:00"]);
    expect(times({ ...london, timezone: "America/New_York" }, "2026-10-30T00:00Z", 2)).toEqual([
      "2026-10-30T13:00",
      "2026-11-06T14:00",
    ]);
  });
});

describe("What was missed", () => {
  it("is the newest time, with the number of those before it", () => {
    const weekly = schedule({ when: "every friday at 09:00", timezone: "UTC" });
    const since = new Date("2026-01-02T09:00Z");
    expect(newestDue(weekly, since, new Date("2026-01-09T08:59Z"))).toBeNull();
    expect(newestDue(weekly, since, new Date("2026-01-09T09:00Z"))).toEqual({
      at: new Date("2026-01-09T09:00Z"),
      before: 0,
    });
    expect(newestDue(weekly, since, new Date("2026-01-31T00:00Z"))).toEqual({
      at: new Date("2026-01-30T09:00Z"),
      before: 3,
    });
  });
});
