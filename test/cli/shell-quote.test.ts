import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { shellCommand } from "#cli/terminal/shell-quote.ts";

it("is read back unchanged by a shell", () => {
  const word = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (parts) => {
      const command = shellCommand([
        process.execPath,
        "-e",
        "process.stdout.write(JSON.stringify(process.argv.slice(1)))",
        "--",
        ...parts,
      ]);
      expect(JSON.parse(execFileSync("sh", ["-c", command], { encoding: "utf8" }))).toEqual(parts);
    }),
    { numRuns: 25 },
  );
  expect(shellCommand(["postrider", "publish", "content/posts/hello.md"])).toBe(
    "postrider publish content/posts/hello.md",
  );
});
