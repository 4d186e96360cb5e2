/** `lists`: removes a list that is no longer needed. */

import { confirm } from "#cli/terminal/confirm.ts";
import { count, plural } from "#cli/terminal/terminal.ts";
import { UsageError } from "#core/errors.ts";
import type { ListCounts } from "#core/readers/subscriber-book.ts";
import { removeList } from "#desk/readers/remove-list.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const listsCommand: Registration = (program, run) => {
  program
    .command("lists")
    .description("remove a list; `subscribers count` shows them all")
    .addHelpText("after", "\nExample:\n  postrider lists remove old-news")
    .command("remove")
    .argument("<name>")
    .option("--yes", "don't ask for confirmation")
    .description("remove a list and its subscriptions, but not the people; no email is sent")
    .action(run(remove));
};

async function remove(context: Context, name: string, { yes }: { yes?: boolean }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const { list } = await act(context, app, removeList, { list: name, dryRun: true });
  const subscriptions = plural(list.confirmed + list.unconfirmed + list.unsubscribed, "subscription");
  const question = `Remove the list "${name}" with ${subscriptions} (${statesText(list)}) and their consent records? This can't be undone.`;
  const answer = await confirm(question, { yes, json: terminal.json });
  if (answer === "nobody")
    throw new UsageError(`This would remove the list "${name}" with ${subscriptions}`, {
      hint: "Add --yes to do it without a terminal.",
    });
  if (answer === "no") {
    terminal.print("Nothing was removed.");
    return exit.trouble;
  }
  const done = await act(context, app, removeList, { list: name });
  const text = `Removed the list "${name}" with ${plural(done.removed?.subscriptions ?? 0, "subscription")}.`;
  terminal.answer(documentOf(removeList, done), text);
  return exit.ok;
}

function statesText({ confirmed, unconfirmed, unsubscribed }: ListCounts): string {
  return `${count(confirmed)} confirmed, ${count(unconfirmed)} unconfirmed, ${count(unsubscribed)} unsubscribed`;
}
