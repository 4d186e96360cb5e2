/** `subscribers add`: adds one person; with a proof of consent also somebody who unsubscribed or was forgotten. */

import type { Command } from "commander";
import type { z } from "zod";
import { UsageError } from "#core/errors.ts";
import { addReader, bringReaderBack } from "#desk/readers/add.ts";
import { act, documentOf } from "../act.ts";
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
    .option("--consent <text>", "how the person agreed; recorded with the subscription")
    .option(
      "--resubscribe",
      "also add somebody who unsubscribed or was forgotten and asked to come back; needs --consent",
    )
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
  const { consent = "", resubscribe, ...wanted } = options;
  if (!resubscribe) return joined(context, { address, consent, ...wanted });
  if (!consent.trim())
    throw new UsageError("--resubscribe needs --consent", {
      hint: 'Record how they asked to come back, for example --consent "asked by phone on 2026-11-20".',
    });
  return broughtBack(context, { address, consent, ...wanted });
}

async function joined(context: Context, asked: z.input<typeof addReader.asks>): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, addReader, asked);
  const { list, added, subscription, suppression, unmailed } = answer;
  if (unmailed) terminal.note(unmailed);
  const { state = null, since } = subscription ?? {};
  if (terminal.json) terminal.printJson(documentOf(addReader, answer));
  else if (added) terminal.print(`Added to ${list}.`);
  else if (state === "unsubscribed" && since) {
    terminal.print(`Unsubscribed from ${list} on ${day(since)}, and not added again.`);
    terminal.note('If they asked to come back, add --resubscribe --consent "how they asked".');
  } else terminal.print(`Already on ${list} (${state ?? "unknown"}). Nothing was changed.`);
  if (suppression)
    terminal.note(`This address is suppressed: ${suppression.reason} since ${day(suppression.since)}. ${liftHint}`);
  return exit.ok;
}

const liftHint = 'To allow email again: postrider subscribers unsuppress <address> --reason "why".';

async function broughtBack(context: Context, asked: z.input<typeof bringReaderBack.asks>): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, bringReaderBack, asked);
  const { list, was, forgotten, suppressions, unmailed } = answer;
  if (unmailed) terminal.note(unmailed);
  if (terminal.json) terminal.printJson(documentOf(bringReaderBack, answer));
  else if (was === "confirmed") terminal.print(`Already on ${list} (confirmed).`);
  else {
    const before = forgotten ? "had been forgotten" : was === null ? "was not on the list before" : `was ${was}`;
    terminal.print(`Subscribed to ${list} (${before}). Recorded consent: "${asked.consent.trim()}".`);
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
