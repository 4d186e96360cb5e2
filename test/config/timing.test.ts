/** When a post may go to a channel, as operators write it. */

import { describe, expect, it } from "vitest";
import { offsetOf, splitTiming, timingSchema } from "#config/values/timing.ts";

const at = (settings: unknown, ready: string, zone = "Europe/Berlin") =>
  timingSchema("note", zone).parse(settings).at(new Date(ready)).toISOString();

describe("The time of a channel", () => {
  it.each([
    ["+10m", "2026-03-02T10:00:00Z", "2026-03-02T10:10:00.000Z"],
    ["+2h", "2026-03-02T10:00:00Z", "2026-03-02T12:00:00.000Z"],
    ["next weekday 09:00", "2026-03-06T10:00:00Z", "2026-03-09T08:00:00.000Z"],
    ["next weekday 09:00", "2026-03-06T07:00:00Z", "2026-03-06T08:00:00.000Z"],
    ["next monday at 9:30", "2026-03-02T10:00:00Z", "2026-03-09T08:30:00.000Z"],
    ["next 18:00", "2026-03-02T10:00:00Z", "2026-03-02T17:00:00.000Z"],
    // Clocks are put forward on the 29th.
    ["next day 09:00", "2026-03-28T10:00:00Z", "2026-03-29T07:00:00.000Z"],
  ])("is %s after %s", (after, ready, expected) => {
    expect(at({ after }, ready)).toBe(expected);
  });

  it("moves to the end of quiet hours, also over midnight", () => {
    const quiet = { from: "22:00", to: "07:00" };
    expect(at({ quiet }, "2026-03-02T22:30:00Z")).toBe("2026-03-03T06:00:00.000Z");
    expect(at({ quiet }, "2026-03-02T12:00:00Z")).toBe("2026-03-02T12:00:00.000Z");
    expect(at({ after: "+1h", quiet }, "2026-03-02T20:30:00Z")).toBe("2026-03-03T06:00:00.000Z");
    expect(at({ quiet: { ...quiet, timezone: "Asia/Tokyo" } }, "2026-03-02T22:30:00Z")).toBe(
      "2026-03-02T22:30:00.000Z",
    );
  });

  it("is exactly the end of quiet hours, also in a night when clocks change", () => {
    const quiet = { from: "22:00", to: "07:00" };
    expect(at({ quiet }, "2026-03-02T22:30:17.547Z")).toBe("2026-03-03T06:00:00.000Z");
    expect(at({ quiet }, "2026-03-28T22:30:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(at({ quiet }, "2026-10-24T21:30:00Z")).toBe("2026-10-25T06:00:00.000Z");
  });

  it("is refused if it has no meaning", () => {
    for (const after of ["10m", "+10", "next blursday 09:00", "next 25:00", "soon", ""])
      expect(timingSchema("note", "UTC").safeParse({ after }).success, after).toBe(false);
    expect(offsetOf("next weekday", "UTC")).toBeNull();
    expect(timingSchema("email", "UTC").safeParse({ gate: "maybe" }).success).toBe(false);
  });

  it("waits for the page for a day, or for the configured time", () => {
    expect(timingSchema("email", "UTC").parse({ gate: "live" }).gateSeconds).toBe(86_400);
    expect(timingSchema("email", "UTC").parse({ gate: { live: "2h" } }).gateSeconds).toBe(7_200);
  });

  it("is not a setting of feeds, and email has its own quiet hours", () => {
    const settings = { after: "+10m", quiet: { from: "22:00", to: "07:00" }, dir: "x" };
    expect(splitTiming(settings, "feed")).toEqual({ timing: {}, own: settings });
    expect(Object.keys(splitTiming(settings, "email").timing)).toEqual(["after"]);
    expect(Object.keys(splitTiming(settings, "note").timing)).toEqual(["after", "quiet"]);
  });
});
