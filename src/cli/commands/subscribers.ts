/** `subscribers`: who is on which list. */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import type { Attributes } from "#core/attributes.ts";
import { PostriderError } from "#core/errors.ts";
import type { Channel } from "#core/publication.ts";
import { addressProblem } from "#core/subscriber.ts";
import { type Context, exit, type Registration, type Run } from "../context.ts";
import { type ImportResult, type ImportSettings, importSubscribers, type Rejected } from "../import.ts";
import { presets } from "../import-source.ts";
import { count, plural } from "../terminal.ts";

export const subscribersCommand: Registration = (program, run) => {
  const command = program.command("subscribers").description("import, export, add, remove, show or forget subscribers");
  command
    .command("import")
    .argument("<csv>", "a file with a header line; one column holds the address")
    .requiredOption("--list <name>", "the list they join")
    .option("--consent <text>", "where these people agreed; kept with each of them (default: the file's name)")
    .option("--preset <name>", `whose export it is: ${Object.keys(presets).join(", ")}`)
    .option("--address <title>", "the column of the addresses")
    .option("--name <title>", "the column of the names")
    .option("--attributes <titles>", "further columns to keep, parted by commas; `timezone` is kept anyway")
    .option("--separator <character>", "between columns, or `tab` (default: found from the first line)")
    .option("--encoding <name>", "such as utf-8 or windows-1252 (default: found from the first bytes)")
    .option("--rejects <file>", "where rows that were left out are told (default: beside the CSV)")
    .option("--dry-run", "read and check everything, write nothing")
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
  command
    .command("describe")
    .argument("<address>")
    .argument("<json>", 'such as \'{"city": "Bern", "tags": ["press"]}\'')
    .description("note attributes of one person, for segments")
    .action(run(describe));
  command
    .command("segment")
    .argument("<expression>", "or the name of a segment in postrider.yaml")
    .requiredOption("--list <name>", "of which list")
    .description("count whom an expression describes; nothing is sent")
    .addHelpText(
      "after",
      "\nExample:\n  postrider subscribers segment 'city = \"Bern\" and joined > 30 days ago' --list everyone",
    )
    .action(run(segment));
  command.command("show").argument("<address>").description("show what is known of one person").action(run(show));
  command
    .command("forget")
    .argument("<address>")
    .description("erase one person; only a hash stays, so that they never get mail again")
    .action(run(forget));
}

async function importFile(
  context: Context,
  file: string,
  { rejects = `${file}.rejects.csv`, dryRun, ...settings }: ImportSettings & { rejects?: string; dryRun?: boolean },
): Promise<number> {
  const { terminal } = context;
  const { list } = settings;
  const site = await context.site();
  await using app = dryRun ? null : await context.app(site);
  await using left = openRejects(rejects);
  const result = await importSubscribers(file, settings, {
    ...(app && { open: app.openImport }),
    reject: left.write,
    progress: (done) => terminal.status(`  ${count(done)} rows read`),
  });
  for (const { line, reason } of result.rejected.slice(0, terminal.json ? 0 : 20))
    terminal.note(`${file}:${line}: ${reason}`);
  if (result.rejectedRows > 20 && !terminal.json)
    terminal.note(`… and ${count(result.rejectedRows - 20)} more, all in ${rejects}`);
  if (terminal.json) terminal.printJson({ list, ...(dryRun && { dryRun }), ...result });
  else
    terminal.print(
      `${list}: ${dryRun ? `nothing written; ${plural(result.rejectedRows, "row")} would be rejected` : importSentence(result)}`,
    );
  return result.rejectedRows > 0 ? exit.trouble : exit.ok;
}

/** A file that is made with its first row. */
function openRejects(file: string): AsyncDisposable & { write(rejected: Rejected): Promise<void> } {
  let stream: Writable | null = null;
  return {
    async write({ line, reason }) {
      if (!stream) {
        stream = createWriteStream(file, { mode: 0o600 });
        stream.write("line,reason\n");
      }
      if (!stream.write(`${line},${csvCell(reason)}\n`)) await once(stream, "drain");
    },
    async [Symbol.asyncDispose]() {
      if (stream) await new Promise<void>((resolve) => stream?.end(resolve));
    },
  };
}

/** What was added, then only what is worth a word. */
function importSentence({ added, known, duplicates, rejectedRows, resumedAfter }: ImportResult): string {
  return [
    `${plural(added, "subscriber")} added`,
    known > 0 && `${count(known)} there already`,
    duplicates > 0 && plural(duplicates, "duplicate"),
    rejectedRows > 0 && `${plural(rejectedRows, "row")} rejected`,
    resumedAfter && `gone on after row ${count(resumedAfter)}`,
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

async function describe(context: Context, address: string, json: string): Promise<number> {
  let attributes: Attributes;
  try {
    attributes = JSON.parse(json) as Attributes;
  } catch {
    throw new PostriderError("invalid", "The attributes are no JSON", { hint: `Write them like '{"city": "Bern"}'.` });
  }
  await using app = await context.app(await context.site());
  await app.subscribers.describe(address, attributes);
  answer(context, { described: true }, "Noted.");
  return exit.ok;
}

async function segment(context: Context, wanted: string, { list }: { list: string }): Promise<number> {
  const site = await context.site();
  const expression = site.config.segments[wanted] ?? wanted;
  await using app = await context.app(site);
  const everybody: Channel = { name: list, adapter: "", medium: "email", list, config: {} };
  const all = await app.ledger.audienceOf(everybody);
  const some = await app.ledger.audienceOf({ ...everybody, sending: { segment: expression } });
  answer(
    context,
    { list, expression, readers: some.pending, suppressed: some.suppressed, of: all.pending },
    `${plural(some.pending, "reader")} of ${count(all.pending)} on ${list}${some.suppressed > 0 ? `; ${count(some.suppressed)} more are suppressed` : ""}`,
  );
  return exit.ok;
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
