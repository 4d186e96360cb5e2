/** `mcp`: lets an assistant on this machine read, check and plan, and carry out what a person has approved. */

import { channelsNamed, openTrying } from "#app.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { assistantActor } from "#desk/people/actors.ts";
import { scopesOf } from "#desk/people/tokens.ts";
import { version } from "#files/package.ts";
import { operator } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const mcpCommand: Registration = (program, run) => {
  program
    .command("mcp")
    .option("--scopes <names>", "what the assistant may do: read, check, publish", commaSeparated, ["publisher"])
    .description("serve an assistant on standard input and output (Model Context Protocol)")
    .addHelpText(
      "after",
      `
The assistant can read, check, preview and plan. It can carry out only a plan that a person has approved with
\`postrider plan approve\`.

Example, in the configuration of an assistant:
  { "mcpServers": { "postrider": { "command": "npx", "args": ["postrider", "mcp"] } } }`,
    )
    .action(run(serveAssistant));
};

async function serveAssistant(context: Context, { scopes }: { scopes: string[] }): Promise<number> {
  const permissions = scopesOf(scopes);
  const site = await context.site();
  const channels = channelsNamed(site);
  await using app = await context.app(site, channels, { lasts: true });
  const actor = assistantActor({ ...operator, permissions });
  const ports = { desk: app.desk, trying: openTrying(site) };
  // Loaded only here: the package takes 100 ms.
  const { openAssistantServer } = await import("#assistant/server.ts");
  const { talkOverStdio } = await import("#assistant/over-stdio.ts");
  await talkOverStdio(openAssistantServer(actor, ports, { version, log: site.log }), context.signals.stop);
  return exit.ok;
}
