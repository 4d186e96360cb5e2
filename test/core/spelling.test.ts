import { describe, expect, it } from "vitest";
import { suggestion } from "#core/spelling.ts";

describe("The nearest right spelling", () => {
  it.each([
    ["form", "from"],
    ["Newsleter", "newsletter"],
    ["permalnik", "permalink"],
  ])("of %s is %s", (wrong, right) => {
    expect(suggestion(wrong, ["from", "newsletter", "permalink", "url"])).toBe(`did you mean "${right}"?`);
  });

  it("is empty if nothing is similar", () => {
    expect(suggestion("colour", ["from", "url"])).toBe("");
  });
});
