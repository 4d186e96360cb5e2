/** `serve`: everything in one process: workers, and what is answered over HTTP. */

import { once } from "node:events";
import { InvalidArgumentError } from "commander";
import { type App, channelsNamed, type SiteContext } from "#app.ts";
import { noticePost } from "#pipeline/notice-post.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { hasErrors, shortPath } from "../diagnostics.ts";

export const serveCommand: Registration = (program, run) => {
  program
    .command("serve")
    .description("answer over HTTP (feeds) and send what is due, in one process, until stopped")
    .option("--host <address>", "instead of that of server.listen; 0.0.0.0 in a container")
    .option("--port <number>", "instead of that of server.listen", portNumber)
    .addHelpText("after", "\nExamples:\n  postrider serve\n  postrider serve --port 8080")
    .action(run(serve));
};

async function serve(context: Context, options: { host?: string; port?: number }): Promise<number> {
  const { terminal, signals } = context;
  const site = await context.site();
  const channels = channelsNamed(site);
  await using app = await context.app(site, channels);
  await using _workers = await app.startWorkers(channels, signals.abort);
  await using server = await app.startServer(channels, options);
  await using _watch = await site.content.watch(
    async (paths) => {
      for (const path of paths) terminal.note(await notice(path, site, app));
    },
    (error) => site.log.warn("the content folder can't be watched", { error: error.message }),
  );
  terminal.note(
    `Listening on ${server.url} and working for ${channels.map(({ name }) => name).join(", ")}. Ctrl-C stops.`,
  );
  if (!signals.stop.aborted) await once(signals.stop, "abort");
  return exit.ok;
}

/** A sentence on a post that was just written. Nothing is sent because of it. */
async function notice(path: string, site: SiteContext, app: App): Promise<string> {
  const reading = await site.content.read(path);
  const name = shortPath(path);
  if (!reading.post || hasErrors(reading)) return `${name}: has errors; \`postrider check\` shows them`;
  if (reading.post.status === "draft") return `${name}: a draft`;
  const kind = await noticePost(reading.post, app.ledger);
  return {
    new: `${name}: new; \`postrider publish ${name}\` sends it`,
    edited: `${name}: edited since it was published; the new revision is kept and nobody is mailed again`,
    unchanged: `${name}: as it was`,
  }[kind];
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("expected a port number");
  return port;
}
