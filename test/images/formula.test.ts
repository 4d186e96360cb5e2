import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawFormula } from "#images/formula.ts";

describe("a formula", () => {
  it("is drawn in dark on white, three pixels per layout pixel, and has its depth below the line", async () => {
    const { bytes, width, height, depth } = await drawFormula("\\frac{a}{b}", false, 17);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(Math.abs(info.width - width * 3)).toBeLessThanOrEqual(3);
    expect(Math.abs(info.height - height * 3)).toBeLessThanOrEqual(3);
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(Math.min(...data)).toBeLessThan(60);
    expect(depth).toBeGreaterThan(4);
    expect(depth).toBeLessThan(height / 2);
  });

  it("always has the same bytes", async () => {
    const [one, other] = await Promise.all([drawFormula("x^2", true, 17), drawFormula("x^2", true, 17)]);
    expect(one).toEqual(other);
  });

  it.each([
    ["\\nothing", "Undefined control sequence \\nothing"],
    ["{", "Extra open brace"],
    ["\\href{javascript:alert(1)}{x}", "Undefined control sequence \\href"],
    ["\\require{html}", "Undefined control sequence \\require"],
    ["\\def\\a{\\a\\a}\\a", "Undefined control sequence \\def"],
    ["\\,", "it is empty"],
    [`\\rule{99999em}{1em}`, "larger than a page"],
  ])("that is invalid is refused with a reason: %s", async (tex, reason) => {
    await expect(drawFormula(tex, false, 17)).rejects.toThrow(reason);
  });
});
