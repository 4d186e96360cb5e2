/** `subscribers remove`, `suppress`, `describe`, `forget` and so on: changes one person's data and subscriptions. */

import type { Command } from "commander";
import { confirm } from "#cli/terminal/confirm.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { PostriderError } from "#core/errors.ts";
import type { Attributes } from "#core/readers/attributes.ts";
import { describeReader } from "#desk/readers/describe.ts";
import { forgetReader } from "#desk/readers/forget.ts";
import { showReader } from "#desk/readers/read.ts";
import { removeReader } from "#desk/readers/remove.ts";
import { suppressAddress, unsuppressAddress } from "#desk/readers/suppress.ts";
import { act } from "../act.ts";
import { type Context, exit, type Run } from "../context.ts";

/** Adds the commands to `subscribers`. */
export function registerChange(command: Command, run: Run): void {
  command
    .command("remove")
    .argument("<address>")
    .option("--list <name>", "only from this list; default: from all")
    .description("unsubscribe one person; the record is kept, so an import can't add them again")
    .action(run(remove));
  command
    .command("suppress")
    .argument("<address>")
    .requiredOption("--reason <text>", "the reason, recorded as evidence")
    .option("--list <name>", "only from this list; default: from all")
    .description("never send email to an address again, on any list")
    .action(run(suppress));
  command
    .command("unsuppress")
    .argument("<address>")
    .requiredOption("--reason <text>", "the reason, recorded in the ledger")
    .option("--list <name>", "only the suppression for this list; default: all of them")
    .description(
      "allow email again after a bounce, complaint or operator's suppression; not after an unsubscription or erasure",
    )
    .action(run(unsuppress));
  command
    .command("describe")
    .argument("<address>")
    .argument("<json>", 'such as \'{"city": "Bern", "tags": ["press"]}\'')
    .description("set attributes of one person, for segments")
    .action(run(describe));
  command
    .command("forget")
    .argument("<address>")
    .option("--yes", "don't ask for confirmation")
    .description("erase one person; a hash is kept, so that they get no more email and are not imported again")
    .action(run(forget));
}

async function remove(context: Context, address: string, { list }: { list?: string }): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, removeReader, { address, list });
  const text = answer.ended ? `Unsubscribed from ${plural(answer.ended, "list")}.` : "There was no subscription.";
  context.terminal.answer(answer, text);
  return answer.ended ? exit.ok : exit.trouble;
}

interface Wish {
  reason: string;
  list?: string;
}

async function suppress(context: Context, address: string, wish: Wish): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, suppressAddress, { address, ...wish });
  const done = `The address is suppressed${wish.list ? ` from ${wish.list}` : ""}.`;
  context.terminal.answer(answer, answer.added ? done : "The address was already suppressed.");
  return exit.ok;
}

async function unsuppress(context: Context, address: string, wish: Wish): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, unsuppressAddress, { address, ...wish });
  context.terminal.answer(answer, answer.lifted ? "The address can get email again." : "There was nothing to undo.");
  return answer.lifted ? exit.ok : exit.trouble;
}

async function describe(context: Context, address: string, json: string): Promise<number> {
  let attributes: Attributes;
  try {
    attributes = JSON.parse(json) as Attributes;
  } catch {
    throw new PostriderError("invalid", "The attributes are not JSON", { hint: `Write them like '{"city": "Bern"}'.` });
  }
  await using app = await context.app(await context.site());
  context.terminal.answer(await act(context, app, describeReader, { address, attributes }), "Attributes saved.");
  return exit.ok;
}

async function forget(context: Context, address: string, { yes }: { yes?: boolean }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const { subscriber } = await act(context, app, showReader, { address });
  const lists = subscriber?.lists.map(({ name }) => name) ?? [];
  const what = subscriber?.address
    ? `This erases name, attributes, consent records and ${plural(lists.length, "subscription")}${lists.length > 0 ? ` (${lists.join(", ")})` : ""}. It can't be undone.`
    : "No subscriber has this address. The address would only be suppressed.";
  // Without a terminal it does not ask, because existing scripts depend on that.
  if ((await confirm(`Forget ${address}? ${what}`, { yes, json: terminal.json })) === "no") {
    terminal.print("Nothing was erased.");
    return exit.trouble;
  }
  const answer = await act(context, app, forgetReader, { address });
  const done = answer.known ? "Erased." : "No subscriber had this address.";
  terminal.answer(answer, `${done} The address gets no email, and an import does not add it again.`);
  return exit.ok;
}
