/** What came of the mutants of an area, read from Stryker's own report. */

import { readFileSync } from "node:fs";
import { z } from "zod";

const position = z.object({ line: z.number(), column: z.number() });
const reportShape = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          mutatorName: z.string(),
          replacement: z.string().optional(),
          status: z.enum([
            "Killed",
            "Timeout",
            "Survived",
            "NoCoverage",
            "RuntimeError",
            "CompileError",
            "Ignored",
            "Pending",
          ]),
          location: z.object({ start: position, end: position }),
        }),
      ),
    }),
  ),
});

export interface Mutant {
  /** The same in each run. */
  key: string;
  /** What Stryker is told to change. It may take in others. */
  range: string;
  isNoticed: boolean;
  /** For people. */
  text: string;
}

/** Those that a test noticed, that no test noticed, and whose code no test runs. */
export function readMutants(reportFile: string): Mutant[] {
  const { files } = reportShape.parse(JSON.parse(readFileSync(reportFile, "utf8")));
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants
      .filter(({ status }) => counted.has(status))
      .map(({ status, replacement = "", location: { start, end } }) => {
        const line = lines[start.line - 1] ?? "";
        const original = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
        const without = status === "NoCoverage" ? " (no test runs it)" : "";
        // The report counts columns from 1, a range counts them from 0.
        const range = `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
        return {
          ...{ key: `${range} ${replacement}`, range, isNoticed: status === "Killed" || status === "Timeout" },
          text: `${file}:${start.line}:${start.column}  ${shortened(original)}  ->  ${shortened(replacement)}${without}`,
        };
      });
  });
}

const counted = new Set(["Killed", "Timeout", "Survived", "NoCoverage"]);

function shortened(code: string): string {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}
