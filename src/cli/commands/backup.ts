/** `backup` and `restore`: write the ledger to one file, and fill any database from it. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { armHint } from "#app.ts";
import { count, table } from "#cli/terminal/terminal.ts";
import { PostriderError } from "#core/errors.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const backupCommand: Registration = (program, run) => {
  program
    .command("backup")
    .argument("<file>", "for instance postrider.backup; it holds personal data")
    .description("write posts, subscribers and the ledger to one file")
    .addHelpText(
      "after",
      "\nMove from the embedded database to a server:\n  postrider backup all.backup\n  DATABASE_URL=postgres://… postrider restore all.backup",
    )
    .action(run(writeBackup));
};

export const restoreCommand: Registration = (program, run) => {
  program
    .command("restore")
    .argument("<file>", "a file that `postrider backup` wrote")
    .description("fill an empty database from a backup")
    .addHelpText(
      "after",
      "\nExamples:\n  postrider --data elsewhere restore all.backup\n  DATABASE_URL=postgres://… postrider restore all.backup && postrider arm",
    )
    .action(run(readBackup));
};

async function writeBackup(context: Context, path: string): Promise<number> {
  const file = resolve(path);
  if (existsSync(file))
    throw new PostriderError("conflict", "The file already exists", { file, hint: "Choose another name." });
  await using app = await context.app(await context.site());
  return report(context, file, await app.backup(file));
}

async function readBackup(context: Context, path: string): Promise<number> {
  const file = resolve(path);
  await using app = await context.app(await context.site());
  const status = report(context, file, await app.restore(file));
  context.terminal.note(`A restored copy does not send automatically. ${armHint}`);
  return status;
}

function report({ terminal }: Context, file: string, counts: Partial<Record<string, number>>): number {
  if (terminal.json) terminal.printJson({ file, rows: counts });
  else {
    const rows = Object.entries(counts).map(([name, number]) => [name, count(number ?? 0)]);
    terminal.print(table(terminal, [{ title: "table" }, { title: "rows", align: "right" }], rows));
    terminal.print(`\n${file}`);
  }
  return exit.ok;
}
