/** `arm`: allows a copy of the database to send, when the operator asks for it. */

import { armDatabase } from "#desk/site/arm.ts";
import { act } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const armCommand: Registration = (program, run) => {
  program
    .command("arm")
    .description("allow this database to send after a restore or a move")
    .addHelpText("after", "\nExample:\n  postrider restore ledger.backup && postrider status && postrider arm")
    .action(run(arm));
};

async function arm(context: Context): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, armDatabase, {});
  if (terminal.json) terminal.printJson(answer);
  else terminal.print(answer.changed ? "This database can send now." : "This database could already send.");
  return exit.ok;
}
