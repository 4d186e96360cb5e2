/** `worker`: sends due deliveries until it is stopped. Any number of workers can use one database. */

import { once } from "node:events";
import { channelsNamed } from "#app.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { type Context, exit, type Registration, type Signals } from "../context.ts";
import { isOneOfSeveral, processCount, startProcesses, tellReady } from "../processes.ts";

export const workerCommand: Registration = (program, run) => {
  program
    .command("worker")
    .description("send what is queued and scheduled, until stopped")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option(
      "--processes <number>",
      "so many processes, for more than one core; each is started again if it ends",
      processCount,
    )
    .addHelpText(
      "after",
      "\nExamples:\n  postrider worker\n  postrider worker --channels newsletter\n  postrider worker --processes 4",
    )
    .action(run(work));
};

interface Options {
  channels?: string[];
  processes?: number;
}

async function work(context: Context, options: Options): Promise<number> {
  const { terminal, signals } = context;
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  const names = channels.map(({ name }) => name).join(", ");
  const { processes: count = 1 } = options;
  if (count > 1) {
    const words = options.channels ? ["--channels", options.channels.join(",")] : [];
    await using _processes = await startProcesses({ count, first: 1, words }, context);
    terminal.note(`${count} processes are working for ${names}. Ctrl-C stops.`);
    return await untilStopped(signals);
  }
  await using app = await context.app(site, channels, { lasts: true });
  await using _workers = await app.startWorkers(channels, signals.abort);
  if (isOneOfSeveral()) tellReady();
  else terminal.note(`Working for ${names}. Ctrl-C stops.`);
  return await untilStopped(signals);
}

async function untilStopped({ stop }: Signals): Promise<number> {
  if (!stop.aborted) await once(stop, "abort");
  return exit.ok;
}
