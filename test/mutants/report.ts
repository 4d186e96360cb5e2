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

export interface Outcome {
  noticed: number;
  /** Those that no test noticed, and those whose code no test runs. */
  unnoticed: string[];
  /** Of a hundred; `null` if there were none. */
  score: number | null;
}

export function readOutcome(reportFile: string): Outcome {
  const { files } = reportShape.parse(JSON.parse(readFileSync(reportFile, "utf8")));
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file, lines: source.split("\n") })),
  );
  const noticed = all.filter(({ status }) => status === "Killed" || status === "Timeout").length;
  const unnoticed = all
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .map(({ file, lines, status, replacement, location: { start, end } }) => {
      const line = lines[start.line - 1] ?? "";
      const original = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
      const without = status === "NoCoverage" ? " (no test runs it)" : "";
      return `${file}:${start.line}:${start.column}  ${shortened(original)}  ->  ${shortened(replacement ?? "")}${without}`;
    });
  const total = noticed + unnoticed.length;
  return { noticed, unnoticed, score: total === 0 ? null : (100 * noticed) / total };
}

function shortened(code: string): string {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}
