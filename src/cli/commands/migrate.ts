/** `migrate`: updates the database schema. Every command does this; this one also reports it. */

import { plural } from "#cli/terminal/terminal.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const migrateCommand: Registration = (program, run) => {
  program
    .command("migrate")
    .description("update the database schema and show what was done")
    .addHelpText(
      "after",
      "\nExample, before the first process of a new version starts:\n  postrider backup before.backup && postrider migrate",
    )
    .action(run(migrate));
};

async function migrate(context: Context): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const { applied } = app;
  if (terminal.json) terminal.printJson({ applied });
  else if (applied.length === 0) terminal.print("The database is up to date.");
  else terminal.print(`Applied ${plural(applied.length, "migration")}: ${applied.join(", ")}`);
  return exit.ok;
}
