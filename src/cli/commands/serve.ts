/** `serve`: runs the workers and the HTTP server, in one process or with more worker processes beside it. */

import { once } from "node:events";
import { InvalidArgumentError } from "commander";
import { type App, armHint, channelsNamed, type SiteContext } from "#app.ts";
import { shortPath } from "#cli/reports/diagnostics.ts";
import { linkMinutes } from "#core/people/session.ts";
import { perform } from "#desk/act.ts";
import { createSignInLink } from "#desk/people/sign-in.ts";
import { operator } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { processCount, startProcesses } from "../processes.ts";

export const serveCommand: Registration = (program, run) => {
  program
    .command("serve")
    .description("run the HTTP server, send what is due and watch the posts, in one process, until stopped")
    .option("--host <address>", "instead of the host in server.listen; 0.0.0.0 in a container")
    .option("--port <number>", "instead of the port in server.listen", portNumber)
    .option(
      "--processes <number>",
      "so many processes that send, for more than one core; this is one of them",
      processCount,
    )
    .addHelpText(
      "after",
      "\nExamples:\n  postrider serve\n  postrider serve --port 8080\n  postrider serve --processes 4",
    )
    .action(run(serve));
};

interface Options {
  host?: string;
  port?: number;
  processes?: number;
}

async function serve(context: Context, { processes = 1, ...options }: Options): Promise<number> {
  const { terminal, signals } = context;
  const site = await context.site();
  const channels = channelsNamed(site);
  await using app = await context.app(site, channels, { lasts: true });
  const fenced = await app.fence();
  if (fenced) terminal.note(`Nothing will be sent. ${fenced}\n${armHint} Then start again.`);
  await using _workers = fenced ? null : await app.startWorkers(channels, signals.abort);
  await using _more =
    fenced || processes === 1 ? null : await startProcesses({ count: processes - 1, first: 2, words: [] }, context);
  await using server = await app.startServer(channels, options);
  await using _watch = await app.startWatch(channels, (path, sentence) =>
    terminal.note(`${shortPath(path)}: ${sentence}`),
  );
  await using _scheduler = fenced ? null : await app.startScheduler();
  terminal.note(
    `Listening on ${server.url}${fenced ? "" : ` and working for ${channels.map(({ name }) => name).join(", ")}`}. Ctrl-C stops.`,
  );
  await inviteOwner(context, app, site, server.url);
  if (!signals.stop.aborted) await once(signals.stop, "abort");
  return exit.ok;
}

/** On a site that nobody can sign in to yet, prints an address for its owner. */
async function inviteOwner({ terminal }: Context, app: App, site: SiteContext, url: string): Promise<void> {
  if (!site.config.console || (await app.desk.people.list()).length > 0) return;
  const { name, url: link } = await perform(createSignInLink, { person: "admin", role: "admin" }, operator, app.desk);
  const here = link.replace(/^https?:\/\/[^/]+/, url);
  const addresses = [...new Set([here, ...(site.config.serverUrl ? [link] : [])])];
  terminal.note(
    `Nobody can sign in to the console yet. This address signs ${name} in, once and within ${linkMinutes} minutes:\n  ${addresses.join("\nor, at the public address of this server:\n  ")}`,
  );
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("expected a port number");
  return port;
}
