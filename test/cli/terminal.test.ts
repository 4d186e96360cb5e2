import { describe, expect, it } from "vitest";
import { count, harmless, plural, table } from "#cli/terminal/terminal.ts";

describe("The terminal", () => {
  it("removes control characters from other people's texts", () => {
    expect(harmless("a\u001b[2Jb\u001b]0;title\u0007c\u202ed\r\u009be")).toBe("a[2Jb]0;titlecde");
    expect(harmless("\u001b[32m✓\u001b[39m two\n\tlines")).toBe("\u001b[32m✓\u001b[39m two\n\tlines");
  });

  it("aligns columns by what a terminal shows", () => {
    const plain = { style: (_: unknown, text: string) => text } as never;
    const columns = [{ title: "name" }, { title: "n", align: "right" as const }];
    expect(
      table(plain, columns, [
        ["日本", "1"],
        ["ab", "12"],
      ]),
    ).toBe("  name   n\n  日本   1\n  ab    12");
  });

  it("writes numbers with separators", () => {
    expect(count(12345)).toBe("12,345");
    expect([plural(1, "mail"), plural(2, "mail"), plural(0, "delivery", "deliveries")]).toEqual([
      "1 mail",
      "2 mails",
      "0 deliveries",
    ]);
  });
});
