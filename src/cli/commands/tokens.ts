/** `tokens`: lets programs use the API. */

import { commaSeparated, endTime } from "#cli/terminal/arguments.ts";
import { table } from "#cli/terminal/terminal.ts";
import { permissions, roles } from "#core/people/permission.ts";
import { type CreatedToken, createToken, listTokens, revokeToken, type ShownToken } from "#desk/people/tokens.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { limitsText } from "../limits-text.ts";

const help = `
Scopes are permissions: ${permissions.filter((each) => each !== "admin").join(", ")}
or names of roles, for everything that the role may do: ${roles.join(", ")}

Examples:
  postrider tokens create ci --scopes author --expires 90d
  postrider tokens create bot --scopes read,publish --channels mastodon,bluesky
  postrider tokens revoke ci`;

export const tokensCommand: Registration = (program, run) => {
  const tokens = program
    .command("tokens")
    .description("create, list and revoke tokens, with which programs use the API")
    .addHelpText("after", help);
  tokens
    .command("create")
    .argument("<name>", "recorded as api:<name> with everything that the program does")
    .requiredOption("--scopes <names>", "what it may do, separated by commas", commaSeparated)
    .option("--expires <time>", "when it ends, such as 90d or 2027-01-05T09:00:00Z; default: never", endTime)
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--lists <names>", "only these lists, separated by commas", commaSeparated)
    .description("create a token and print it; it can't be shown again")
    .action(run(create));
  tokens.command("list").description("show all tokens, without their secrets").action(run(list));
  tokens.command("revoke").argument("<name>").description("make a token invalid at once").action(run(revoke));
};

interface CreateOptions {
  scopes: string[];
  expires?: Date;
  channels?: string[];
  lists?: string[];
}

async function create(context: Context, name: string, { expires, ...options }: CreateOptions): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const asked = { token: name, ...options, ...(expires && { expiresAt: expires }) };
  const created = await act(context, app, createToken, asked);
  terminal.answer(documentOf(createToken, created), created.token);
  terminal.note(createdText(created));
  return exit.ok;
}

function createdText(token: CreatedToken): string {
  const limits = limitsText(token);
  const end = token.expiresAt ? `It ends on ${dayOf(token.expiresAt)}.` : "It has no end.";
  return `Created the token "${token.name}" for ${token.scopes.join(", ")}${limits && `, limited to ${limits}`}. ${end} Store it now: it can't be shown again.`;
}

async function list(context: Context): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, listTokens, {});
  const columns = ["Name", "State", "Scopes", "Limited to", "Ends", "Last used", "Created"].map((title) => ({ title }));
  const rows = answer.tokens.map(rowOf);
  const text = rows.length > 0 ? table(terminal, columns, rows) : "There are no tokens. `tokens create` makes one.";
  terminal.answer(documentOf(listTokens, answer), text);
  return exit.ok;
}

function rowOf(token: ShownToken): string[] {
  return [
    ...[token.name, token.state, token.scopes.join(", "), limitsText(token)],
    token.expiresAt ? dayOf(token.expiresAt) : "never",
    token.lastUsedAt ? `${token.lastUsedAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "never",
    `${dayOf(token.createdAt)} by ${token.createdBy}`,
  ];
}

async function revoke(context: Context, name: string): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, revokeToken, { token: name });
  context.terminal.answer(documentOf(revokeToken, answer), `Revoked the token "${name}".`);
  return exit.ok;
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
