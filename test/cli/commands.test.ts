/** The table of commands says the same as the commands themselves, which are loaded only when they are asked for. */

import { Command } from "commander";
import { expect, it } from "vitest";
import { commands } from "#cli/commands.ts";

it("lists each command with the arguments and the description that the command has", async () => {
  const program = new Command("postrider");
  for (const { load } of commands) (await load())(program, () => async () => undefined);
  const help = program.createHelp();
  expect(commands.map(({ term, summary }) => ({ term, summary }))).toEqual(
    program.commands.map((command) => ({ term: help.subcommandTerm(command), summary: command.description() })),
  );
  expect(commands.length).toBeGreaterThan(20);
});
