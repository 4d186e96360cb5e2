/** `worker`: sends due deliveries until it is stopped. Any number of workers can use one database. */

import { once } from "node:events";
import { channelsNamed } from "#app.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const workerCommand: Registration = (program, run) => {
  program
    .command("worker")
    .description("send what is queued and scheduled, until stopped")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .addHelpText("after", "\nExamples:\n  postrider worker\n  postrider worker --channels newsletter")
    .action(run(work));
};

async function work(context: Context, options: { channels?: string[] }): Promise<number> {
  const { terminal, signals } = context;
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  await using app = await context.app(site, channels, { lasts: true });
  await using _workers = await app.startWorkers(channels, signals.abort);
  terminal.note(`Working for ${channels.map((channel) => channel.name).join(", ")}. Ctrl-C stops.`);
  if (!signals.stop.aborted) await once(signals.stop, "abort");
  return exit.ok;
}
