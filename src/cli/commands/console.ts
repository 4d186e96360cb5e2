/** `console`: an address with which a person signs in. */

import { Option } from "commander";
import { type Role, roles } from "#core/people/permission.ts";
import { linkMinutes } from "#core/people/session.ts";
import { createSignInLink } from "#desk/people/sign-in.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const consoleCommand: Registration = (program, run) => {
  program
    .command("console")
    .description("print an address with which a person signs in to the console")
    .addHelpText("after", "\nExample:\n  postrider console link --as ada --role admin")
    .command("link")
    .requiredOption("--as <name>", "the person")
    .addOption(new Option("--role <role>", "the role of a new person").choices(roles))
    .description(`print a sign-in address, which works once and for ${linkMinutes} minutes`)
    .action(run(link));
};

async function link(context: Context, { as: name, role }: { as: string; role?: Role }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, createSignInLink, { person: name, ...(role && { role }) });
  if (answer.created) terminal.note(`Added ${name} with the role ${answer.role}.`);
  terminal.answer(documentOf(createSignInLink, answer), answer.url);
  terminal.note(`This address signs ${name} in, once and within ${linkMinutes} minutes.`);
  return exit.ok;
}
