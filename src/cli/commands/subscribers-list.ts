/** `subscribers list` and `count`: who is on the lists, and how many. */

import { once } from "node:events";
import { type Command, Option } from "commander";
import { count, harmless, plural, table } from "#cli/terminal/terminal.ts";
import type { SubscriptionState } from "#core/readers/subscriber.ts";
import { countReaders, listReaders } from "#desk/readers/read.ts";
import { act } from "../act.ts";
import { type Context, exit, type Run } from "../context.ts";

/** Adds the commands to `subscribers`. */
export function registerList(command: Command, run: Run): void {
  command
    .command("list")
    .option("--list <name>", "only this list")
    .addOption(
      new Option(
        "--state <state>",
        "only this state; `suppressed` lists people who confirmed but get no email",
      ).choices([...["confirmed", "unconfirmed", "unsubscribed", "suppressed"]]),
    )
    .description("show one line for each subscription")
    .action(run(list));
  command
    .command("count")
    .option("--list <name>", "only this list")
    .description("count the subscriptions of each list by state")
    .action(run(counts));
}

async function list(
  context: Context,
  wanted: { list?: string; state?: SubscriptionState | "suppressed" },
): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const readers = await act(context, app, listReaders, wanted);
  // The reader of the output has closed it, as `head` does.
  let gone = false;
  process.stdout.on("error", () => {
    gone = true;
  });
  const put = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await Promise.race([once(process.stdout, "drain"), once(process.stdout, "close")]);
  };
  let rows = 0;
  if (terminal.json) await put('{"subscribers": [');
  for await (const row of readers) {
    if (gone) break;
    const separator = rows++ === 0 ? "\n" : ",\n";
    const { address, name: called, list: on, since, suppressed } = row;
    const what = `${row.state}${suppressed ? `, suppressed (${suppressed})` : ""}`;
    const line = [address.padEnd(32), on.padEnd(12), what.padEnd(12), since.toISOString().slice(0, 10), called];
    await put(terminal.json ? `${separator}${JSON.stringify(row)}` : `${harmless(line.join("  ")).trimEnd()}\n`);
  }
  if (terminal.json) await put(`${rows > 0 ? "\n" : ""}]}\n`);
  terminal.note(plural(rows, "subscription"));
  return exit.ok;
}

async function counts(context: Context, wanted: { list?: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const { lists } = await act(context, app, countReaders, wanted);
  if (terminal.json) terminal.printJson({ lists });
  else if (lists.length === 0) terminal.print("There are no subscribers.");
  else
    terminal.print(
      table(
        terminal,
        [
          { title: "List" },
          { title: "Confirmed", align: "right" },
          { title: "Suppressed (of confirmed)", align: "right" },
          { title: "Unconfirmed", align: "right" },
          { title: "Unsubscribed", align: "right" },
        ],
        lists.map((each) => [
          each.name,
          ...[each.confirmed, each.suppressed, each.unconfirmed, each.unsubscribed].map((number) => count(number)),
        ]),
      ),
    );
  return exit.ok;
}
