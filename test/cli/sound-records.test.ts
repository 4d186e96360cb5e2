import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRecords } from "#import/csv-records.ts";
import { soundRecords } from "#import/sound-records.ts";

/** As the import parses. */
const options = {
  ...{ relax_quotes: true, relax_column_count: true, trim: true },
  record_delimiter: ["\r\n", "\n", "\r"],
};

async function sound(text: string, size = 1_000_000) {
  const broken: number[] = [];
  const bytes = Buffer.from(text);
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const out: Buffer[] = [];
  for await (const piece of soundRecords(pieces(), ",", ({ line }) => broken.push(line))) out.push(piece.bytes);
  return { broken, text: Buffer.concat(out).toString() };
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab é'") }),
  fc.string({ unit: fc.constantFrom(...'a",\n é') }).map((text) => `"${text.replaceAll('"', '""')}"`),
);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
const written = (rows: string[][], newline: string): string => rows.map((row) => row.join(",") + newline).join("");

describe("A CSV", () => {
  it("without errors is unchanged, for any chunk size", async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 7 }),
        async (rows, newline, size) => {
          const text = written(rows, newline);
          expect(await sound(text, size)).toEqual({ broken: [], text });
        },
      ),
    );
  });

  it("has the same line numbers for any chunk size, even if a chunk ends between CR and LF", async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `reader${index}@example.org,x`);
    const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(""));
    for (let size = 1; size <= 60; size++) {
      const pieces = async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      const numbered: string[] = [];
      for await (const records of csvRecords(pieces(), ",", "people.csv"))
        for (const found of records) if ("cells" in found) numbered[found.line - 1] = found.cells.join(",");
      expect(numbered).toEqual(lines);
    }
  });

  it("that is broken loses only the broken line, and keeps the numbers of the others", async () => {
    const bad = fc.constantFrom('"a" b,c', 'x,"never closed');
    await fc.assert(
      fc.asyncProperty(table, bad, table, fc.integer({ min: 1, max: 9 }), async (before, line, after, size) => {
        // A mark of the rows that follow would close what is open.
        const rest = after.map((row) => row.map((one) => one.replaceAll(/["\n]/g, "")));
        const text = `${written(before, "\n")}${line}\n${written(rest, "\n")}`;
        const result = await sound(text, size);
        const at = written(before, "\n").split("\n").length;
        expect(result.broken).toEqual([at]);
        expect(result.text).toBe(`${written(before, "\n")}\n${written(rest, "\n")}`);
      }),
    );
  });

  it("of any characters is accepted by the parser", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'a",\n\r ') }), async (text) => {
        const result = await sound(text);
        expect(() => parse(result.text, options)).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });

  it("with a line that never ends is refused", async () => {
    await expect(sound("x".repeat(3_000_000), 100_000)).rejects.toThrow("Line 1 is too long");
  });
});
