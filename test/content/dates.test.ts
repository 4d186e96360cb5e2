import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { momentIn, openDates } from "#content/fields/dates.ts";
import { codes, postOf, readPost, sentence } from "./support.ts";

const utc = openDates("UTC");
const iso = (text: string, zone = "UTC") => openDates(zone)(text)?.toISOString() ?? null;

describe("A date", () => {
  it.each([
    ["2026-05-04", "2026-05-04T00:00:00.000Z"],
    ["2026/05/04", "2026-05-04T00:00:00.000Z"],
    ["2026-5-4", "2026-05-04T00:00:00.000Z"],
    ["2026-05-04T01:32:05.627Z", "2026-05-04T01:32:05.627Z"],
    ["2026-05-04 14:00", "2026-05-04T14:00:00.000Z"],
    ["2026-05-04 4:00:00 +0000", "2026-05-04T04:00:00.000Z"],
    ["2026-05-04 14:00:00 -0500", "2026-05-04T19:00:00.000Z"],
    ["2026-05-04 14:00:00 -05:00", "2026-05-04T19:00:00.000Z"],
    ["2026-05-04T14:00:00+02", "2026-05-04T12:00:00.000Z"],
    ["2026-05-04 14:00:00.000000000 +00:00", "2026-05-04T14:00:00.000Z"],
    ["2026-05-04 14:00 UTC", "2026-05-04T14:00:00.000Z"],
    ["\u00a02026-05-04 21:30:00", "2026-05-04T21:30:00.000Z"],
    ["4 May 2026", "2026-05-04T00:00:00.000Z"],
    ["4th May 2026", "2026-05-04T00:00:00.000Z"],
    ["May 4, 2026", "2026-05-04T00:00:00.000Z"],
    ["Mon, 4 May 2026 14:00:00 GMT", "2026-05-04T14:00:00.000Z"],
    ["Sept 4, 2026", "2026-09-04T00:00:00.000Z"],
    ["May 4, 2026 at 3:04 pm", "2026-05-04T15:04:00.000Z"],
    ["May 4, 2026, 12:30 a.m.", "2026-05-04T00:30:00.000Z"],
    ["2026-05-04 14:00:00 EDT", "2026-05-04T18:00:00.000Z"],
    ["2026-05-04 14:00 CEST", "2026-05-04T12:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ])("written %j is understood", (text, expected) => expect(iso(text)).toBe(expected));

  it.each([
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-05-04T25:00:00Z",
    "2026-05-04T12:60:00Z",
    "May 4, 2026 13:00 pm",
    "2026-05-04T12:00:00+15:00",
    "2017-02-10 00:10::00 -03:00",
    "Fri Sep  3 11:21:31 CEST 2021",
    "0001-01-01",
    "tomorrow",
    "2026",
    "05/04/2026",
    "4 Foo 2026",
    "{{ now }}",
    "",
    `2026-05-04${" ".repeat(1_000)}`,
  ])("written %j is refused", (text) => expect(iso(text)).toBeNull());

  it("without a zone is in the site's time zone", () => {
    expect(iso("2026-01-04", "America/New_York")).toBe("2026-01-04T05:00:00.000Z");
    expect(iso("2026-07-04 09:00", "Europe/Berlin")).toBe("2026-07-04T07:00:00.000Z");
    expect(iso("2026-07-04 09:00Z", "Europe/Berlin")).toBe("2026-07-04T09:00:00.000Z");
  });

  it("in an hour that does not exist or exists twice is still a date", () => {
    expect(iso("2026-03-29 02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(iso("2026-10-25 02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
  });

  it("keeps its day in every zone", () => {
    const zones = fc.constantFrom("UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Europe/London");
    const days = fc.date({ min: new Date("1971-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (zone, day) => {
        const text = day.toISOString().slice(0, 10);
        const read = openDates(zone)(text);
        // Samoa had no 30 December 2011.
        fc.pre(!(zone === "Pacific/Apia" && text === "2011-12-30"));
        const { year, month, day: of } = momentIn(read ?? new Date(0), zone);
        expect(`${year}-${String(month).padStart(2, "0")}-${String(of).padStart(2, "0")}`).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("never makes the parser throw or take long", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d\s:/.+TZ-]{0,90}$/)), (text) => {
        const date = utc(text);
        expect(date === null || !Number.isNaN(date.getTime())).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("needs a zone that exists", () => {
    expect(() => openDates("Middle/Earth")("2026-05-04")).toThrow(/no time zone "Middle\/Earth"/);
  });
});

describe("The date of a post", () => {
  const at = async (matter: string, path?: string) =>
    (await postOf(`---\ntitle: Ebb\n${matter}---\n${sentence}\n`, path ? { path } : {})).publishedAt;

  it("is that of the front matter, then of the file name, then of the folders, then of the path", async () => {
    expect(await at("date: 2026-05-05\n")).toBe("2026-05-05T00:00:00.000Z");
    expect(await at("pubDate: 2026-05-05\n")).toBe("2026-05-05T00:00:00.000Z");
    expect(await at("")).toBe("2026-05-04T00:00:00.000Z");
    expect(await at("", "2026/05/03/ebb.md")).toBe("2026-05-03T00:00:00.000Z");
    expect(await at("path: 2026/05/02/ebb\n", "ebb.md")).toBe("2026-05-02T00:00:00.000Z");
  });

  it("that is invalid is reported with its line, and the next source is used", async () => {
    const reading = await readPost(`---\ntitle: Ebb\ndate: 2026-02-30\n---\n${sentence}\n`);
    expect(codes(reading)).toEqual(["bad-date:3"]);
    expect(reading.post?.publishedAt).toBe("2026-05-04T00:00:00.000Z");
  });

  it("is required", async () => {
    const reading = await readPost(`---\ntitle: Ebb\n---\n${sentence}\n`, { path: "ebb.md" });
    expect(reading.post).toBeNull();
    expect(codes(reading)).toEqual(["no-date:1"]);
  });

  it("in the future schedules the post", async () => {
    const { status } = await postOf(`---\ntitle: Ebb\ndate: 2026-06-02\n---\n${sentence}\n`);
    expect(status).toBe("scheduled");
  });

  it("may be missing in a draft", async () => {
    const reading = await readPost(`---\ntitle: Ebb\ndraft: true\n---\n${sentence}\n`, { path: "ebb.md" });
    expect(reading.post?.status).toBe("draft");
    expect(codes(reading)).toEqual(["draft-without-date:1"]);
  });
});
