/** `deliveries`: lists single deliveries, shows what is known about one, and decides about those that are uncertain. */

import { Argument, Option } from "commander";
import type { Terminal } from "#cli/terminal/terminal.ts";
import type { DeliveryFilter, ListedDelivery, ShownDelivery, Verdict } from "#core/listings/delivery-list.ts";
import { type DeliveryState, deliveryStates } from "#core/sending/delivery.ts";
import { decideDelivery } from "#desk/deliveries/decide.ts";
import { listDeliveries, showDelivery } from "#desk/deliveries/list.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { printPages } from "../print-pages.ts";

const verdicts = ["arrived", "send-again", "leave"] as const satisfies readonly Verdict[];

const help = `
Examples:
  postrider deliveries list --state uncertain
  postrider deliveries show 4711
  postrider deliveries decide 4711 arrived --reason "it is in the relay's log"`;

export const deliveriesCommand: Registration = (program, run) => {
  const deliveries = program
    .command("deliveries")
    .description("list single deliveries, and decide about uncertain ones")
    .addHelpText("after", help);
  deliveries
    .command("list")
    .description("deliveries, newest first")
    .addOption(new Option("--state <state>", "only in this state").choices(deliveryStates))
    .option("--channel <name>", "only of this channel")
    .option("--campaign <id>", "only of this campaign; the whole id, as `--json campaigns list` shows it")
    .option("--domain <name>", "only to addresses at this domain")
    .option("--code <code>", "only with this code of a failure, such as 550")
    .option("--text <words>", "only with these words in the failure's message")
    .action(run(list));
  deliveries
    .command("show")
    .argument("<id>", "from `list`")
    .description("one delivery, with its history and its Message-ID")
    .action(run(show));
  deliveries
    .command("decide")
    .argument("<id>", "from `list`")
    .addArgument(
      new Argument(
        "<verdict>",
        "arrived: it counts as accepted. send-again: it is sent once more. leave: it stays uncertain",
      ).choices(verdicts),
    )
    .requiredOption("--reason <text>", "how you know; recorded with the delivery")
    .description("decide about an uncertain delivery, when you know whether it arrived")
    .action(run(decide));
};

interface ListOptions extends Omit<DeliveryFilter, "state"> {
  state?: DeliveryState;
}

async function list(context: Context, options: ListOptions): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  await printPages(context, app, listDeliveries, options, {
    text: (items) => items.map((item) => lineOf(terminal, item)).join("\n"),
    empty: "There are no such deliveries.",
  });
  return exit.ok;
}

async function show(context: Context, delivery: string): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, showDelivery, { delivery });
  context.terminal.answer(documentOf(showDelivery, answer), shownText(context.terminal, answer));
  return exit.ok;
}

const effects: Readonly<Record<Verdict, string>> = {
  arrived: "counts as accepted now.",
  "send-again": "is sent once more by `serve`, a worker or the next `publish`, with the same Message-ID.",
  leave: "stays uncertain. The reason is recorded.",
};

async function decide(
  context: Context,
  delivery: string,
  verdict: Verdict,
  options: { reason: string },
): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, decideDelivery, { delivery, verdict, ...options });
  context.terminal.answer(documentOf(decideDelivery, answer), `Delivery ${delivery} ${effects[verdict]}`);
  return exit.ok;
}

function lineOf(terminal: Terminal, { id, state, channel, address, post, failure }: ListedDelivery): string {
  const to = address ? `${channel}, to ${address}` : channel;
  const why = failure ? `: ${failure.message}` : "";
  return `${terminal.style("bold", id)}  ${state}  ${post}  ${to}${why}`;
}

function shownText(terminal: Terminal, delivery: ShownDelivery): string {
  const { title, key, intentAt, settledAt, response, url, events } = delivery;
  const facts = [
    `title: ${title}`,
    ...(delivery.medium === "email" ? [`Message-ID begins with: ${key.slice(0, 32)}`] : []),
    ...(intentAt ? [`decided to send: ${timeText(intentAt)}`] : []),
    ...(settledAt ? [`settled: ${timeText(settledAt)}`] : []),
    ...(response ? [`answer: ${response}`] : []),
    ...(url ? [`address: ${url}`] : []),
  ];
  const history = events.map(({ at, kind, actor }) => `${timeText(at)}  ${kind}${actor ? `  by ${actor}` : ""}`);
  return [lineOf(terminal, delivery), ...[...facts, ...history].map((line) => `    ${line}`)].join("\n");
}

function timeText(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace("T", " ")}Z`;
}
