/** A declared job with its next times, and mistakes in job files, as text. */

import type { Terminal } from "#cli/terminal/terminal.ts";
import type { ConfigError } from "#core/errors.ts";
import type { JobFile } from "#core/jobs/job-file.ts";
import type { Schedule } from "#core/jobs/schedule.ts";
import type { JobOverview } from "#desk/ports.ts";
import { shortPath } from "./diagnostics.ts";

/** Prints mistakes in job files on standard error. */
export function complain(terminal: Terminal, problems: readonly ConfigError[]): void {
  for (const problem of problems)
    terminal.note(
      `${terminal.style("red", "error:")} ${shortPath(problem.file ?? "")}:${problem.line ?? 1}: ${problem.message}`,
    );
}

export function jobText(terminal: Terminal, { job, next, last, trouble }: JobOverview): string {
  const { name, kind, description, schedule } = job;
  return [
    `${terminal.style("bold", name)} ${terminal.style("dim", kind)}${description ? `  ${description}` : ""}`,
    `  ${whenText(job)}`,
    ...(schedule ? next.map((time) => `    ${timeText(schedule, time)}`) : []),
    ...(last ? [`  last ${last.scheduledFor.toISOString().slice(0, 16)} (${last.state}): ${last.outcome}`] : []),
    ...(trouble
      ? [terminal.style("red", `  failed: ${trouble.failure}; next try at ${trouble.retryAt.toISOString()}`)]
      : []),
  ].join("\n");
}

function whenText({ kind, schedule }: JobFile): string {
  if (schedule) return `${schedule.text} (${schedule.timezone}), missed: ${schedule.missed}; next:`;
  return kind === "publish" ? "when a new post appears" : "when an operator runs it";
}

/** The local time in the time zone, and the time in UTC. */
function timeText({ timezone }: Schedule, time: Date): string {
  const wall = time.toLocaleString("en-GB", { timeZone: timezone, dateStyle: "full", timeStyle: "short" });
  return `${wall}  ${time.toISOString()}`;
}
