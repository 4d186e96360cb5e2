/** `subscribers`: who is on which list. */

import type { Command } from "commander";
import { requireList } from "#cli/import/known-list.ts";
import { confirm } from "#cli/terminal/confirm.ts";
import { count, plural } from "#cli/terminal/terminal.ts";
import { PostriderError } from "#core/errors.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Attributes } from "#core/readers/attributes.ts";
import { addressProblem } from "#core/readers/subscriber.ts";
import { segmentWarnings } from "#desk/readers/segment-warnings.ts";
import { type Context, exit, type Registration, type Run } from "../context.ts";
import { registerAdd } from "./subscribers-add.ts";
import { registerExport } from "./subscribers-export.ts";
import { registerImport } from "./subscribers-import.ts";
import { registerList } from "./subscribers-list.ts";

export const subscribersCommand: Registration = (program, run) => {
  const command = program
    .command("subscribers")
    .description("import, export, list, count, add, remove, show, suppress or forget subscribers")
    .addHelpText(
      "after",
      `
Examples:
  postrider subscribers import readers.csv --list everyone
  postrider subscribers add ada@example.org --list everyone --name Ada
  postrider subscribers count
  postrider subscribers list --list everyone --state unsubscribed
  postrider subscribers show ada@example.org
  postrider subscribers export > readers.csv`,
    );
  registerImport(command, run);
  registerAdd(command, run);
  single(command, run);
  registerList(command, run);
  registerExport(command, run);
};

function single(command: Command, run: Run): void {
  command
    .command("remove")
    .argument("<address>")
    .option("--list <name>", "only from this list; default: from all")
    .description("unsubscribe one person; the record is kept, so an import can't add them again")
    .action(run(remove));
  command
    .command("suppress")
    .argument("<address>")
    .requiredOption("--reason <text>", "why this address must get no email; recorded as evidence")
    .option("--list <name>", "only from this list; default: from all")
    .description("never send email to an address again, on any list")
    .action(run(suppress));
  command
    .command("unsuppress")
    .argument("<address>")
    .requiredOption("--reason <text>", "why this address may get email again; recorded in the ledger")
    .option("--list <name>", "only the suppression for this list; default: all of them")
    .description("undo a suppression by a bounce, complaint or operator; not for people who left or were forgotten")
    .action(run(unsuppress));
  command
    .command("describe")
    .argument("<address>")
    .argument("<json>", 'such as \'{"city": "Bern", "tags": ["press"]}\'')
    .description("set attributes of one person, for segments")
    .action(run(describe));
  command
    .command("segment")
    .argument("<expression>", "or the name of a segment in postrider.yaml")
    .requiredOption("--list <name>", "the list")
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
  command
    .command("forget")
    .argument("<address>")
    .option("--yes", "don't ask")
    .description("erase one person; only a hash is kept, so that they get no email and no import adds them again")
    .action(run(forget));
}

async function remove(context: Context, address: string, { list }: { list?: string }): Promise<number> {
  const site = await context.site();
  await using app = await context.app(site);
  if (list !== undefined) await requireList(site, app, list);
  const ended = await app.subscribers.unsubscribe(address, list);
  answer(
    context,
    { address, ended },
    ended ? `Unsubscribed from ${plural(ended, "list")}.` : "There was no subscription.",
  );
  return ended ? exit.ok : exit.trouble;
}

interface Wish {
  reason: string;
  list?: string;
}

async function suppress(context: Context, address: string, { reason, list }: Wish): Promise<number> {
  const problem = addressProblem(address);
  if (problem) throw new PostriderError("invalid", `"${address}" is not an email address: ${problem}`);
  await using app = await context.app(await context.site());
  const added = await app.suppressions.add(address, { reason, actor: "cli", ...(list && { list }) });
  answer(
    context,
    { address, suppressed: true, added, ...(list && { list }) },
    added ? `The address is suppressed${list ? ` from ${list}` : ""}.` : "The address was already suppressed.",
  );
  return exit.ok;
}

async function unsuppress(context: Context, address: string, { reason, list }: Wish): Promise<number> {
  await using app = await context.app(await context.site());
  const lifted = await app.suppressions.lift(address, { reason, actor: "cli", ...(list && { list }) });
  answer(context, { address, lifted }, lifted ? "The address can get email again." : "There was nothing to undo.");
  return lifted ? exit.ok : exit.trouble;
}

async function show(context: Context, address: string): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const person = await app.subscribers.find(address);
  if (terminal.json) terminal.printJson({ subscriber: person });
  else if (!person) terminal.print("No subscriber has this address.");
  else {
    terminal.print([terminal.style("bold", person.address || "(forgotten)"), person.name].filter(Boolean).join("  "));
    for (const { name, state, since, source, frequency } of person.lists)
      terminal.print(
        `  ${name}: ${state} since ${since.toISOString()} (${source})${frequency === "each" ? "" : `, at most ${frequency}`}`,
      );
    if (person.language) terminal.print(`  language: ${person.language}`);
    for (const [name, value] of Object.entries(person.attributes ?? {}))
      terminal.print(`  ${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`);
    for (const { reason, list, since, evidence } of person.suppressions)
      terminal.print(
        `  suppressed${list ? ` on ${list}` : " everywhere"}: ${reason} since ${since.toISOString()}${evidence ? ` (${evidence})` : ""}`,
      );
  }
  return person ? exit.ok : exit.trouble;
}

async function describe(context: Context, address: string, json: string): Promise<number> {
  let attributes: Attributes;
  try {
    attributes = JSON.parse(json) as Attributes;
  } catch {
    throw new PostriderError("invalid", "The attributes are not JSON", { hint: `Write them like '{"city": "Bern"}'.` });
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
  await requireList(site, app, list);
  const warnings = await segmentWarnings(expression, app.subscribers);
  for (const warning of warnings) context.terminal.note(`${context.terminal.style("yellow", "warning:")} ${warning}`);
  const everybody: Channel = { name: list, adapter: "", medium: "email", list, config: {} };
  const all = await app.ledger.audienceOf(everybody);
  const some = await app.ledger.audienceOf({ ...everybody, sending: { segment: expression } });
  answer(
    context,
    { list, expression, readers: some.pending, suppressed: some.suppressed, of: all.pending, warnings },
    `${plural(some.pending, "reader")} of ${count(all.pending)} on ${list}${some.suppressed > 0 ? `; ${count(some.suppressed)} more are suppressed` : ""}`,
  );
  return exit.ok;
}

async function forget(context: Context, address: string, { yes }: { yes?: boolean }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const person = await app.subscribers.find(address);
  const lists = person?.lists.map(({ name }) => name) ?? [];
  const what = person?.address
    ? `This erases name, attributes, consent records and ${plural(lists.length, "subscription")}${lists.length > 0 ? ` (${lists.join(", ")})` : ""}. It can't be undone.`
    : "No subscriber has this address. It would only be suppressed.";
  // Without a terminal it goes on, as it always has: scripts depend on that.
  if ((await confirm(`Forget ${address}? ${what}`, { yes, json: terminal.json })) === "no") {
    terminal.print("Nothing was erased.");
    return exit.trouble;
  }
  const known = await app.subscribers.forget(address);
  answer(
    context,
    { forgotten: true, known },
    known
      ? "Erased. Mail to this address is suppressed, and an import does not add it again."
      : "No subscriber had this address. Mail to it is suppressed, and an import does not add it again.",
  );
  return exit.ok;
}

async function retain(context: Context, { dryRun = false }: { dryRun?: boolean }): Promise<number> {
  await using app = await context.app(await context.site());
  const { unconfirmed, networks, engagement, bounces } = await app.retain(dryRun);
  answer(
    context,
    { ...(dryRun && { dryRun }), unconfirmed, networks, engagement, bounces },
    `${dryRun ? "Nothing was erased. Would erase" : "Erased"}: ${plural(unconfirmed, "subscription")} never confirmed, ${plural(networks, "network address", "network addresses")} of consents, ${plural(engagement, "open or click", "opens and clicks")}, ${plural(bounces, "bounce")}.`,
  );
  return exit.ok;
}

function answer({ terminal }: Context, json: object, text: string): void {
  if (terminal.json) terminal.printJson(json);
  else terminal.print(text);
}
