import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYaml, YamlError } from "#formats/yaml.ts";

describe("YAML", () => {
  it("keeps dates, times and yes as the strings that were written", () => {
    expect(parseYaml("a: 2024-05-01\nb: 12:30\nc: yes\nd: 0123").value).toEqual({
      a: "2024-05-01",
      b: "12:30",
      c: "yes",
      d: 123,
    });
  });

  it("gives the line of every value, and of the parent of a missing one", () => {
    const document = parseYaml("site:\n  title: x\nlist:\n  - one\n  - two:\n      deep: 1\n");
    expect(document.lineOf(["site", "title"])).toBe(2);
    expect(document.lineOf(["list", 1, "two", "deep"])).toBe(6);
    expect(document.lineOf(["site", "url"])).toBe(1);
    expect(document.lineOf(["nowhere"])).toBe(1);
  });

  it("uses the last of two equal keys and reports it", () => {
    const document = parseYaml("title: one\nx: 1\ntitle: two\n");
    expect(document.value).toEqual({ title: "two", x: 1 });
    expect(document.twice).toEqual([{ key: "title", line: 3 }]);
  });

  it("names the line of invalid YAML", () => {
    expect(() => parseYaml("a: 1\nb: c: d\n")).toThrow(expect.objectContaining({ name: "YamlError", line: 2 }));
  });

  it("refuses an alias bomb", () => {
    const bomb = Array.from(
      { length: 12 },
      (_, n) =>
        `k${n}: &k${n} [${
          n
            ? Array(9)
                .fill(`*k${n - 1}`)
                .join()
            : "x"
        }]`,
    );
    expect(() => parseYaml(bomb.join("\n"))).toThrow(YamlError);
  });

  it("throws only YamlError, for any input", () => {
    const behaves = (text: string): boolean => {
      try {
        parseYaml(text);
        return true;
      } catch (error) {
        return error instanceof YamlError && error.line >= 1;
      }
    };
    const result = fc.check(fc.property(fc.string({ unit: "binary", maxLength: 200 }), behaves));
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
  });
});
