/** `log`: shows who did what, the newest first. */

import type { Command } from "commander";
import { sinceTime } from "#cli/terminal/arguments.ts";
import type { Terminal } from "#cli/terminal/terminal.ts";
import type { AuditEntry } from "#core/audit/audit.ts";
import { changesOf, inWords } from "#core/audit/changes.ts";
import { readLog } from "#desk/site/audit-log.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { printPages } from "../print-pages.ts";

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

async function show(context: Context, options: Options): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  await printPages(context, app, readLog, options, {
    text: (entries) => entries.map((entry) => entryText(terminal, entry)).join("\n"),
    empty: "Nothing was recorded.",
  });
  return exit.ok;
}

/** One act in two lines, and one more for each value that is another now. */
function entryText(terminal: Terminal, entry: AuditEntry): string {
  const { at, actor, door, act, about, reason, plan, result, message } = entry;
  const time = at.toISOString().slice(0, 19).replace("T", " ");
  const by = actor === "cli" ? door : `${actor} (${door})`;
  const facts = [
    ...Object.entries(about).map(([key, value]) => `${key}: ${inWords(value)}`),
    ...(plan ? [`plan: ${plan}`] : []),
    ...(reason ? [`reason: ${reason}`] : []),
  ];
  return [
    `${terminal.style("dim", `${time}Z`)}  ${terminal.style("bold", act)}  by ${by}${resultText(terminal, result, message)}`,
    ...(facts.length > 0 ? [`    ${facts.join(" · ")}`] : []),
    ...changesOf(entry).map(({ name, before, after }) => `    ${name}: ${before}, then ${after}`),
  ].join("\n");
}

function resultText(terminal: Terminal, result: AuditEntry["result"], message: string | null): string {
  if (result === "done") return "";
  if (result === null) return terminal.style("yellow", "  (it is not known whether it was finished)");
  return terminal.style("red", `  ${result}${message ? `: ${message}` : ""}`);
}
