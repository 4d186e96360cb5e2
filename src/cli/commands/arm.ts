/** `arm`: lets a copy of the database send, on the operator's word. */

import { type Context, exit, type Registration } from "../context.ts";

export const armCommand: Registration = (program, run) => {
  program
    .command("arm")
    .description("let this database send, after a restore or a move: a copy doesn't by itself")
    .addHelpText("after", "\nExample:\n  postrider restore ledger.backup && postrider status && postrider arm")
    .action(run(arm));
};

async function arm(context: Context): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const changed = await app.arm("cli");
  if (terminal.json) terminal.printJson({ armed: true, changed });
  else terminal.print(changed ? "This database sends from now on." : "This database was the one that sends already.");
  return exit.ok;
}
