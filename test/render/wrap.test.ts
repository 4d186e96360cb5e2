import { describe, expect, it } from "vitest";
import { wrap } from "#render/article/wrap.ts";

describe("Plain text", () => {
  it("is broken at white space, but never in code", () => {
    const code = "`npm run something --with a --very long --list of --flags`";
    const lines = wrap(`Some words before the command that is ${code}, and some after it, to fill the line again.`);
    expect(lines.some((line) => line.includes(code))).toBe(true);
    expect(lines.join(" ")).toBe(
      `Some words before the command that is ${code}, and some after it, to fill the line again.`,
    );
  });

  it("keeps every word, with any backticks", () => {
    for (const text of ["a ` b", "`a `b` c", "``` x ` y", "one `two` three`four` five"])
      expect(wrap(text).join(" ").replace(/\s+/g, " ")).toBe(text);
  });
});
