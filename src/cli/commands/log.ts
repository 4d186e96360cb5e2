/** `log`: shows who did what, the newest first. */

import type { Command } from "commander";
import { sinceTime } from "#cli/terminal/arguments.ts";
import type { Terminal } from "#cli/terminal/terminal.ts";
import type { AuditEntry } from "#core/audit/audit.ts";
import { readLog } from "#desk/site/audit-log.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

interface Options {
  since?: Date;
  actor?: string;
  post?: string;
}

const help = `
Examples:
  postrider log --since 7d
  postrider log --actor api:deploy
  postrider --json log --post posts/hello.md`;

export const logCommand: Registration = (program, run): Command =>
  program
    .command("log")
    .description("show who published, paused, imported … what, when and why")
    .option("--since <time>", "only from this time on: 2027-01-05T09:00:00Z, or 24h, 7d, 4w ago", sinceTime)
    .option("--actor <name>", "only what this person, token or program did")
    .option("--post <post>", "only what was done with this post: the path or id that was used")
    .addHelpText("after", help)
    .action(run(show));

/** One page after the other, so that a long log is never in memory as a whole. */
async function show(context: Context, options: Options): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  let cursor: string | undefined;
  const all: unknown[] = [];
  do {
    const answer = await act(context, app, readLog, { ...options, limit: 200, ...(cursor && { cursor }) });
    if (terminal.json) all.push(...documentOf(readLog, answer).items);
    else if (answer.items.length > 0) terminal.print(logText(terminal, answer.items));
    else if (!cursor) terminal.print("Nothing was recorded.");
    cursor = answer.next ?? undefined;
  } while (cursor);
  if (terminal.json) terminal.printJson({ items: all, next: null });
  return exit.ok;
}

/** One act in two lines, and one more for each value that is another now. */
function logText(terminal: Terminal, entries: readonly AuditEntry[]): string {
  return entries.map((entry) => entryText(terminal, entry)).join("\n");
}

function entryText(terminal: Terminal, entry: AuditEntry): string {
  const { at, actor, door, act, about, reason, plan, before, after, result, message } = entry;
  const time = at.toISOString().slice(0, 19).replace("T", " ");
  const by = actor === "cli" ? door : `${actor} (${door})`;
  const facts = [
    ...Object.entries(about).map(([key, value]) => `${key}: ${valueText(value)}`),
    ...(plan ? [`plan: ${plan}`] : []),
    ...(reason ? [`reason: ${reason}`] : []),
  ];
  return [
    `${terminal.style("dim", `${time}Z`)}  ${terminal.style("bold", act)}  by ${by}${resultText(terminal, result, message)}`,
    ...(facts.length > 0 ? [`    ${facts.join(" · ")}`] : []),
    ...changes(before, after).map((change) => `    ${change}`),
  ].join("\n");
}

/** What is another value now, by its name. */
function changes(before: unknown, after: unknown): string[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  return Object.entries(before)
    .filter(([key, value]) => key in after && after[key] !== value)
    .map(([key, value]) => `${key}: ${valueText(value)}, then ${valueText(after[key])}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function resultText(terminal: Terminal, result: AuditEntry["result"], message: string | null): string {
  if (result === "done") return "";
  if (result === null) return terminal.style("yellow", "  (it is not known whether it was finished)");
  return terminal.style("red", `  ${result}${message ? `: ${message}` : ""}`);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
