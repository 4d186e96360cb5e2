import { describe, expect, it } from "vitest";
import { parseHttpDate } from "#http/http-date.ts";

describe("A date of HTTP", () => {
  // RFC 9110 §5.6.7: the same second three times.
  it.each(["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])(
    "is understood as %s",
    (text) => {
      expect(parseHttpDate(text)).toBe(784_111_777);
    },
  );

  it.each([
    "yesterday",
    "1994-11-06T08:49:37Z",
    "Sun, 06 Foo 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 +0100",
    "",
  ])("is not %j", (text) => {
    expect(parseHttpDate(text)).toBeNull();
  });

  it("may have a two-digit year, at most 50 years in the future", () => {
    const now = new Date("2026-06-01T00:00:00Z");
    const year = (digits: string) =>
      new Date((parseHttpDate(`Sunday, 06-Nov-${digits} 08:49:37 GMT`, now) ?? 0) * 1000).getUTCFullYear();
    expect([year("76"), year("77"), year("26")]).toEqual([2076, 1977, 2026]);
  });
});
