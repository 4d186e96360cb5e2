/** `subscribers`: who is on which list. */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import { PostriderError } from "#core/errors.ts";
import { addressProblem } from "#core/subscriber.ts";
import { type Context, exit, type Registration, type Run } from "../context.ts";
import { type ImportResult, importSubscribers } from "../import.ts";
import { count, plural } from "../terminal.ts";

export const subscribersCommand: Registration = (program, run) => {
  const command = program.command("subscribers").description("import, export, add, remove, show or forget subscribers");
  command
    .command("import")
    .argument("<csv>", "a file with a header line; one column holds the address")
    .requiredOption("--list <name>", "the list they join")
    .description("add people from a CSV file; who unsubscribed stays unsubscribed")
    .addHelpText("after", "\nExample:\n  postrider subscribers import people.csv --list everyone")
    .action(run(importFile));
  single(command, run);
  command
    .command("export")
    .option("--list <name>", "only this list")
    .option("--out <file>", "default: standard output")
    .description("write one CSV row for each subscription")
    .action(run(exportCsv));
};

function single(command: Command, run: Run): void {
  command
    .command("add")
    .argument("<address>")
    .requiredOption("--list <name>", "the list to join")
    .option("--name <name>", "how to address them")
    .description("add one person")
    .action(run(add));
  command
    .command("remove")
    .argument("<address>")
    .option("--list <name>", "only from this list; default: from all")
    .description("unsubscribe one person; the record stays, so that an import can't bring them back")
    .action(run(remove));
  command
    .command("unsuppress")
    .argument("<address>")
    .requiredOption("--reason <text>", "why mail may go there again; kept in the ledger")
    .description("undo what a bounce, a complaint or an operator brought about; who left or was forgotten stays so")
    .action(run(unsuppress));
  command.command("show").argument("<address>").description("show what is known of one person").action(run(show));
  command
    .command("forget")
    .argument("<address>")
    .description("erase one person; only a hash stays, so that they never get mail again")
    .action(run(forget));
}

async function importFile(context: Context, file: string, { list }: { list: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const result = await importSubscribers(file, list, app.subscribers, (done) =>
    terminal.status(`  ${count(done)} rows read`),
  );
  for (const { line, reason } of result.rejected.slice(0, terminal.json ? 0 : 20))
    terminal.note(`${file}:${line}: ${reason}`);
  if (result.rejected.length > 20 && !terminal.json) terminal.note(`… and ${count(result.rejected.length - 20)} more`);
  if (terminal.json) terminal.printJson({ list, ...result });
  else terminal.print(`${list}: ${importSentence(result)}`);
  return result.rejected.length > 0 ? exit.trouble : exit.ok;
}

/** What was added, then only what is worth a word. */
function importSentence({ added, known, duplicates, rejected }: ImportResult): string {
  return [
    `${plural(added, "subscriber")} added`,
    known > 0 && `${count(known)} there already`,
    duplicates > 0 && plural(duplicates, "duplicate"),
    rejected.length > 0 && `${plural(rejected.length, "row")} rejected`,
  ]
    .filter(Boolean)
    .join(", ");
}

async function exportCsv(context: Context, { list, out }: { list?: string; out?: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  if (terminal.json) {
    terminal.printJson({ subscribers: await Array.fromAsync(app.subscribers.export(list)) });
    return exit.ok;
  }
  const stream: Writable = out ? createWriteStream(out) : process.stdout;
  let rows = 0;
  stream.write("address,name,list,state,since,source\n");
  for await (const row of app.subscribers.export(list)) {
    rows++;
    const cells = [row.address, row.name, row.list, row.state, row.since.toISOString(), row.source];
    if (!stream.write(`${cells.map(csvCell).join(",")}\n`)) await once(stream, "drain");
  }
  if (out) await new Promise<void>((resolve) => stream.end(resolve));
  terminal.note(`${plural(rows, "subscription")} exported`);
  return exit.ok;
}

/** A spreadsheet runs what begins with one of these as a formula; a quote in front makes it text (OWASP, "CSV Injection"). */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function add(
  context: Context,
  address: string,
  { list, name }: { list: string; name?: string },
): Promise<number> {
  const problem = addressProblem(address);
  if (problem) throw new PostriderError("invalid", `"${address}" is no address: ${problem}`);
  await using app = await context.app(await context.site());
  const result = await app.subscribers.add([{ address, ...(name && { name }) }], { list, source: "cli" });
  answer(
    context,
    { address, list, ...result },
    result.added ? `Added to ${list}.` : `Was on ${list} already, and was left as it was.`,
  );
  return exit.ok;
}

async function remove(context: Context, address: string, { list }: { list?: string }): Promise<number> {
  await using app = await context.app(await context.site());
  const ended = await app.subscribers.unsubscribe(address, list);
  answer(
    context,
    { address, ended },
    ended ? `Unsubscribed from ${plural(ended, "list")}.` : "Had no subscription to end.",
  );
  return ended ? exit.ok : exit.trouble;
}

async function unsuppress(context: Context, address: string, { reason }: { reason: string }): Promise<number> {
  await using app = await context.app(await context.site());
  const lifted = await app.lift(address, reason, "cli");
  answer(context, { address, lifted }, lifted ? "Mail may go there again." : "There was nothing to undo.");
  return lifted ? exit.ok : exit.trouble;
}

async function show(context: Context, address: string): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const person = await app.subscribers.find(address);
  if (terminal.json) terminal.printJson({ subscriber: person });
  else if (!person) terminal.print("Nobody is known under this address.");
  else {
    terminal.print([terminal.style("bold", person.address || "(forgotten)"), person.name].filter(Boolean).join("  "));
    for (const { name, state, since, source } of person.lists)
      terminal.print(`  ${name}: ${state} since ${since.toISOString()} (${source})`);
    for (const { reason, list, since } of person.suppressions)
      terminal.print(`  suppressed${list ? ` on ${list}` : ""}: ${reason} since ${since.toISOString()}`);
  }
  return person ? exit.ok : exit.trouble;
}

async function forget(context: Context, address: string): Promise<number> {
  await using app = await context.app(await context.site());
  const known = await app.subscribers.forget(address);
  answer(
    context,
    { forgotten: true, known },
    known
      ? "Erased. Mail to this address is suppressed for good."
      : "Was not known; mail to this address is suppressed for good.",
  );
  return exit.ok;
}

function answer({ terminal }: Context, json: object, text: string): void {
  if (terminal.json) terminal.printJson(json);
  else terminal.print(text);
}
