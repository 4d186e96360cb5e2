/** `lists`: removes one that is no longer needed. */

import { mailedLists } from "#app.ts";
import { confirm } from "#cli/terminal/confirm.ts";
import { count, plural } from "#cli/terminal/terminal.ts";
import { PostriderError, UsageError } from "#core/errors.ts";
import { suggestion } from "#core/spelling.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const listsCommand: Registration = (program, run) => {
  program
    .command("lists")
    .description("remove a list; `subscribers count` shows them all")
    .addHelpText("after", "\nExample:\n  postrider lists remove old-news")
    .command("remove")
    .argument("<name>")
    .option("--yes", "don't ask")
    .description("remove a list with its subscriptions; the people are kept, and no email is sent")
    .action(run(remove));
};

async function remove(context: Context, name: string, { yes }: { yes?: boolean }): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  const channels = mailedLists(site).get(name);
  if (channels)
    throw new PostriderError(
      "conflict",
      `The list "${name}" is used by ${channels.join(", ")} in ${site.config.file}`,
      {
        hint: "Remove the channel first, or give it another list.",
      },
    );
  await using app = await context.app(site);
  const { jobs } = await app.jobs.read();
  const job = jobs.find((each) => each.kind === "campaign" && each.audience?.list === name);
  if (job)
    throw new PostriderError("conflict", `The list "${name}" is used by the job ${job.name}`, {
      hint: "Remove the job first, or give it another list.",
    });
  const lists = await app.subscribers.lists();
  const list = lists.find((each) => each.name === name);
  if (!list) {
    const names = lists.map((each) => each.name);
    const nearest = suggestion(name, names);
    throw new PostriderError("not_found", `There is no list "${name}"${nearest && `; ${nearest}`}`, {
      hint: names.length > 0 ? `The lists are ${names.join(", ")}.` : "There are no lists.",
    });
  }
  const subscriptions = list.confirmed + list.unconfirmed + list.unsubscribed;
  const question = `Remove the list "${name}" with ${plural(subscriptions, "subscription")} (${count(list.confirmed)} confirmed, ${count(list.unconfirmed)} unconfirmed, ${count(list.unsubscribed)} unsubscribed) and their consent records? This can't be undone.`;
  const answer = await confirm(question, { yes, json: terminal.json });
  if (answer === "nobody")
    throw new UsageError(`This would remove the list "${name}" with ${plural(subscriptions, "subscription")}`, {
      hint: "Add --yes to do it without a terminal.",
    });
  if (answer === "no") {
    terminal.print("Nothing was removed.");
    return exit.trouble;
  }
  const removed = await app.subscribers.removeList(name, "cli");
  if (!removed) throw new PostriderError("not_found", `The list "${name}" has already been removed`);
  if (terminal.json) terminal.printJson({ list: name, ...removed });
  else terminal.print(`Removed the list "${name}" with ${plural(removed.subscriptions, "subscription")}.`);
  return exit.ok;
}
