/** `subscribers add`: one person, and with a proof also one who left or was forgotten. */

import type { Command } from "commander";
import { type App, unmailedList } from "#app.ts";
import { requireList } from "#cli/import/known-list.ts";
import { PostriderError, UsageError } from "#core/errors.ts";
import { addressProblem } from "#core/readers/subscriber.ts";
import { type Context, exit, type Run } from "../context.ts";

interface Options {
  list: string;
  name?: string;
  consent?: string;
  resubscribe?: boolean;
  createList?: boolean;
}

/** Adds the command to `subscribers`. */
export function registerAdd(command: Command, run: Run): void {
  command
    .command("add")
    .argument("<address>")
    .requiredOption("--list <name>", "the list to join")
    .option("--name <name>", "their name")
    .option("--consent <text>", "how they agreed; recorded with the subscription")
    .option("--resubscribe", "also if they unsubscribed or were forgotten, and asked to come back; needs --consent")
    .option("--create-list", "create the list if it does not exist")
    .description("add one person")
    .addHelpText(
      "after",
      `
Examples:
  postrider subscribers add ada@example.org --list everyone
  postrider subscribers add ada@example.org --list everyone --resubscribe --consent "asked by phone on 2026-11-20"`,
    )
    .action(run(add));
}

async function add(context: Context, address: string, options: Options): Promise<number> {
  const { list, name, resubscribe, createList } = options;
  const { terminal } = context;
  const problem = addressProblem(address);
  if (problem) throw new PostriderError("invalid", `"${address}" is not an email address: ${problem}`);
  const consent = options.consent?.trim();
  if (resubscribe && !consent)
    throw new UsageError("--resubscribe needs --consent", {
      hint: 'Record how they asked to come back, for example --consent "asked by phone on 2026-11-20".',
    });
  const site = await context.site();
  await using app = await context.app(site);
  if (!createList) await requireList(site, app, list);
  const unmailed = unmailedList(site, list);
  if (unmailed) terminal.note(unmailed);
  const person = { address, ...(name && { name }) };
  if (resubscribe && consent) return await bringBack(context, app, person, list, consent);
  const { forgotten, ...result } = await app.subscribers.add([person], { list, source: consent ?? "cli" });
  if (forgotten > 0)
    throw new PostriderError("conflict", "This person was forgotten and was not added again", {
      hint: 'They can come back themselves on the subscribe page. If they asked you, add --resubscribe --consent "how they asked".',
    });
  const known = await app.subscribers.find(address);
  const on = known?.lists.find((each) => each.name === list);
  const suppressed = known?.suppressions.find((each) => each.list === undefined || each.list === list);
  if (terminal.json)
    terminal.printJson({
      ...{ address, list, ...result, state: on?.state ?? null },
      ...(suppressed && { suppressed: suppressed.reason }),
    });
  else if (result.added) terminal.print(`Added to ${list}.`);
  else if (on?.state === "unsubscribed") {
    terminal.print(`Unsubscribed from ${list} on ${day(on.since)}, and not added again.`);
    terminal.note('If they asked to come back, add --resubscribe --consent "how they asked".');
  } else terminal.print(`Already on ${list} (${on?.state ?? "unknown"}). Nothing was changed.`);
  if (suppressed)
    terminal.note(`This address is suppressed: ${suppressed.reason} since ${day(suppressed.since)}. ${liftHint}`);
  return exit.ok;
}

const liftHint = 'To allow email again: postrider subscribers unsuppress <address> --reason "why".';

async function bringBack(
  { terminal }: Context,
  app: App,
  person: { address: string; name?: string },
  list: string,
  consent: string,
): Promise<number> {
  const { was, forgotten, suppressions } = await app.subscribers.resubscribe(person, { list, consent, actor: "cli" });
  if (terminal.json)
    terminal.printJson({
      address: person.address,
      list,
      resubscribed: was !== "confirmed",
      was,
      forgotten,
      suppressions,
    });
  else if (was === "confirmed") terminal.print(`Already on ${list} (confirmed).`);
  else {
    const before = forgotten ? "had been forgotten" : was === null ? "was not on the list before" : `was ${was}`;
    terminal.print(`Subscribed to ${list} (${before}). Recorded consent: "${consent}".`);
  }
  for (const { reason, list: only, since } of suppressions)
    terminal.note(
      `This address is still suppressed${only ? ` from ${only}` : ""}: ${reason} since ${day(since)}. ${liftHint}`,
    );
  return suppressions.length > 0 ? exit.trouble : exit.ok;
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
