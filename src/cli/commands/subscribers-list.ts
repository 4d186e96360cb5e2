/** `subscribers list` and `count`: who is on the lists, and how many. */

import { once } from "node:events";
import { type Command, Option } from "commander";
import { requireList } from "#cli/import/known-list.ts";
import { count, harmless, plural, table } from "#cli/terminal/terminal.ts";
import type { SubscriptionState } from "#core/readers/subscriber.ts";
import { type Context, exit, type Run } from "../context.ts";

/** Adds the commands to `subscribers`. */
export function registerList(command: Command, run: Run): void {
  command
    .command("list")
    .option("--list <name>", "only this list")
    .addOption(
      new Option("--state <state>", "only this state; suppressed: confirmed, but gets no email").choices([
        ...["confirmed", "unconfirmed", "unsubscribed", "suppressed"],
      ]),
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
  { list: name, state }: { list?: string; state?: SubscriptionState | "suppressed" },
): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site);
  if (name !== undefined) await requireList(site, app, name);
  const wanted = { ...(name !== undefined && { list: name }), ...(state && { state }) };
  // Whoever reads no further, as `head` does, wants no more.
  let gone = false;
  process.stdout.on("error", () => {
    gone = true;
  });
  const put = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await Promise.race([once(process.stdout, "drain"), once(process.stdout, "close")]);
  };
  let rows = 0;
  if (terminal.json) await put('{"subscribers": [');
  for await (const row of app.subscribers.list(wanted)) {
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

async function counts(context: Context, { list: name }: { list?: string }): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site);
  if (name !== undefined) await requireList(site, app, name);
  const empty = { confirmed: 0, suppressed: 0, unconfirmed: 0, unsubscribed: 0 };
  const all = (await app.subscribers.lists()).filter((each) => name === undefined || each.name === name);
  // A list that a channel names has nobody before its first reader.
  const lists = all.length === 0 && name !== undefined ? [{ name, title: name, ...empty }] : all;
  if (terminal.json) terminal.printJson({ lists });
  else if (lists.length === 0) terminal.print("There are no subscribers.");
  else
    terminal.print(
      table(
        terminal,
        [
          { title: "List" },
          { title: "Confirmed", align: "right" },
          { title: "of these suppressed", align: "right" },
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
