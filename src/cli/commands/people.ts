/** `people`: who may work with the site, and with which role. */

import { Argument, Option } from "commander";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { plural, table } from "#cli/terminal/terminal.ts";
import { UsageError } from "#core/errors.ts";
import { type Role, roles } from "#core/people/permission.ts";
import { listPasskeys, removePasskey } from "#desk/people/identity.ts";
import { addPerson, listPeople, removePerson, setLimits, setRole } from "#desk/people/people.ts";
import { endSessions } from "#desk/people/sign-in.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { limitsText } from "../limits-text.ts";

const help = `
Roles, from the fewest permissions to the most: ${roles.join(", ")}

Examples:
  postrider people add ada --role publisher
  postrider people add ben --role operator --lists staff
  postrider people limits ben --lists staff,everyone
  postrider console link --as ada`;

export const peopleCommand: Registration = (program, run) => {
  const people = program
    .command("people")
    .description("list, add and remove people, and change their roles")
    .addHelpText("after", help);
  people.command("list").description("show everybody with their role").action(run(list));
  people
    .command("add")
    .argument("<name>")
    .addOption(new Option("--role <role>", "what they may do").choices(roles).default("viewer"))
    .option("--email <address>")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--lists <names>", "only these lists, separated by commas", commaSeparated)
    .description("add a person; `console link` then lets them sign in")
    .action(run(add));
  people
    .command("role")
    .argument("<name>")
    .addArgument(new Argument("<role>", "the new role").choices(roles))
    .description("change a role; if the person may do less after it, their sessions end")
    .action(run(role));
  people
    .command("limits")
    .argument("<name>")
    .option("--channels <names>", 'only these channels, separated by commas; "all" for all', commaSeparated)
    .option("--lists <names>", 'only these lists, separated by commas; "all" for all', commaSeparated)
    .description("change to which channels and lists a person is limited; if they lose one, their sessions end")
    .action(run(limits));
  people
    .command("passkeys")
    .argument("<name>")
    .option("--remove <id>", "remove this one, for example of a device that was lost")
    .description("show the passkeys of a person, or remove one")
    .action(run(passkeys));
  people.command("sign-out").argument("<name>").description("end all sessions of a person").action(run(signOut));
  people.command("remove").argument("<name>").description("remove a person and end their sessions").action(run(remove));
};

async function list(context: Context): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, listPeople, {});
  const rows = answer.people.map((person) => [
    ...[person.name, person.role, person.email ?? "", limitsText(person)],
    `${person.createdAt.toISOString().slice(0, 10)} by ${person.createdBy}`,
  ]);
  const columns = ["Name", "Role", "Email", "Limited to", "Added"].map((title) => ({ title }));
  const text = rows.length > 0 ? table(terminal, columns, rows) : "There are no people. `people add` adds one.";
  terminal.answer(documentOf(listPeople, answer), text);
  return exit.ok;
}

interface AddOptions {
  role: Role;
  email?: string;
  channels?: string[];
  lists?: string[];
}

async function add(context: Context, name: string, options: AddOptions): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, addPerson, { person: name, ...options });
  context.terminal.answer(documentOf(addPerson, answer), `Added ${name} with the role ${answer.person.role}.`);
  return exit.ok;
}

async function role(context: Context, name: string, wanted: Role): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, setRole, { person: name, role: wanted });
  const text =
    answer.was === wanted
      ? `${name} already had the role ${wanted}.`
      : `${name} now has the role ${wanted}. It was ${answer.was}.`;
  context.terminal.answer(documentOf(setRole, answer), text);
  return exit.ok;
}

async function limits(
  context: Context,
  name: string,
  given: { channels?: string[]; lists?: string[] },
): Promise<number> {
  const wanted = (names: string[] | undefined) => (names?.length === 1 && names[0] === "all" ? null : names);
  const asked = {
    ...(given.channels && { channels: wanted(given.channels) }),
    ...(given.lists && { lists: wanted(given.lists) }),
  };
  if (!given.channels && !given.lists)
    throw new UsageError("Name channels or lists: --channels mastodon,bluesky or --lists staff", {
      hint: "`all` removes a limit.",
    });
  await using app = await context.app(await context.site());
  const answer = await act(context, app, setLimits, { person: name, ...asked });
  const text = limitsText(answer);
  context.terminal.answer(
    documentOf(setLimits, answer),
    text ? `${name} is now limited to ${text}.` : `${name} is not limited any more.`,
  );
  return exit.ok;
}

async function passkeys(context: Context, name: string, { remove: id }: { remove?: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  if (id !== undefined) {
    const answer = await act(context, app, removePasskey, { person: name, passkey: id });
    terminal.answer(documentOf(removePasskey, answer), `Removed the passkey. ${name} can't sign in with it any more.`);
    return exit.ok;
  }
  const answer = await act(context, app, listPasskeys, { person: name });
  const day = (time: Date | null) => time?.toISOString().slice(0, 10) ?? "never";
  const rows = answer.passkeys.map((each) => [each.id, day(each.createdAt), day(each.lastUsedAt)]);
  const columns = ["Id", "Added", "Last used"].map((title) => ({ title }));
  const text = rows.length > 0 ? table(terminal, columns, rows) : `${name} has no passkey.`;
  terminal.answer(documentOf(listPasskeys, answer), text);
  return exit.ok;
}

async function signOut(context: Context, name: string): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, endSessions, { person: name });
  context.terminal.answer(documentOf(endSessions, answer), `Ended ${plural(answer.ended, "session")} of ${name}.`);
  return exit.ok;
}

async function remove(context: Context, name: string): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, removePerson, { person: name });
  const { tokens } = answer;
  terminal.answer(documentOf(removePerson, answer), `Removed ${name} and ended their sessions.`);
  if (tokens.length > 0)
    terminal.note(
      `${plural(tokens.length, "token")} created by ${name} can still be used: ${tokens.join(", ")}. Use \`postrider tokens revoke\` to revoke a token.`,
    );
  return exit.ok;
}
