/** `subscribers show`, `segment` and `retain`: shows one person's data, counts a segment, and erases data whose retention time is over. */

import type { Command } from "commander";
import { count, plural, type Terminal } from "#cli/terminal/terminal.ts";
import type { Subscriber } from "#core/readers/subscriber.ts";
import { showReader } from "#desk/readers/read.ts";
import { retainData } from "#desk/readers/retain.ts";
import { countSegment } from "#desk/readers/segment.ts";
import { act } from "../act.ts";
import { type Context, exit, type Run } from "../context.ts";

/** Adds the commands to `subscribers`. */
export function registerShow(command: Command, run: Run): void {
  command
    .command("segment")
    .argument("<expression>", "or the name of a segment in postrider.yaml")
    .requiredOption("--list <name>", "the list to count")
    .description("count the readers that an expression selects; nothing is sent")
    .addHelpText(
      "after",
      "\nExample:\n  postrider subscribers segment 'city = \"Bern\" and joined within 30 days' --list everyone",
    )
    .action(run(segment));
  command.command("show").argument("<address>").description("show all stored data of one person").action(run(show));
  command
    .command("retain")
    .option("--dry-run", "show what would be erased, and erase nothing")
    .description("erase data that is older than `retention` in postrider.yaml; `serve` does it automatically")
    .action(run(retain));
}

async function show(context: Context, address: string): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, showReader, { address });
  const { subscriber } = answer;
  const text = subscriber ? subscriberText(subscriber, terminal) : "No subscriber has this address.";
  terminal.answer(answer, text);
  return subscriber ? exit.ok : exit.trouble;
}

function subscriberText(person: Subscriber, terminal: Terminal): string {
  const { address, name = "", language, lists, attributes = {}, suppressions } = person;
  return [
    [terminal.style("bold", address || "(forgotten)"), name].filter(Boolean).join("  "),
    ...lists.map(
      ({ name, state, since, source, frequency }) =>
        `  ${name}: ${state} since ${since.toISOString()} (${source})${frequency === "each" ? "" : `, at most ${frequency}`}`,
    ),
    ...(language ? [`  language: ${language}`] : []),
    ...Object.entries(attributes).map(
      ([name, value]) => `  ${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`,
    ),
    ...suppressions.map(
      ({ reason, list, since, evidence }) =>
        `  suppressed${list ? ` on ${list}` : " everywhere"}: ${reason} since ${since.toISOString()}${evidence ? ` (${evidence})` : ""}`,
    ),
  ].join("\n");
}

async function segment(context: Context, wanted: string, { list }: { list: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, countSegment, { segment: wanted, list });
  const { readers, suppressed, of, warnings } = answer;
  for (const warning of warnings) terminal.note(`${terminal.style("yellow", "warning:")} ${warning}`);
  const more = suppressed > 0 ? `; ${count(suppressed)} more are suppressed` : "";
  terminal.answer(answer, `${plural(readers, "reader")} of ${count(of)} on ${list}${more}`);
  return exit.ok;
}

async function retain(context: Context, { dryRun = false }: { dryRun?: boolean }): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, retainData, { dryRun });
  const { unconfirmed, networks, engagement, bounces, auditLog } = answer;
  context.terminal.answer(
    answer,
    `${dryRun ? "Nothing was erased. Would erase" : "Erased"}: ${plural(unconfirmed, "subscription")} never confirmed, ${plural(networks, "network address", "network addresses")} in consent records, ${plural(engagement, "open or click", "opens and clicks")}, ${plural(bounces, "bounce")}${auditLog > 0 ? `, ${plural(auditLog, "entry", "entries")} of the audit log` : ""}.`,
  );
  return exit.ok;
}
