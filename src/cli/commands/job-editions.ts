/** `jobs editions`, `show`, `approve`, `decline`: shows the editions of campaigns and decides about them. */

import { type Command, InvalidArgumentError } from "commander";
import { channelsNamed } from "#app.ts";
import { type Terminal, table } from "#cli/terminal/terminal.ts";
import type { Edition } from "#core/jobs/edition.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { listEditions, showEdition } from "#desk/jobs/read.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Run } from "../context.ts";
import { writeMails } from "../write-mails.ts";

const decisions = { approved: approveEdition, declined: declineEdition };

export function registerEditions(jobs: Command, run: Run): void {
  jobs
    .command("editions")
    .argument("[name]", "only editions of this job")
    .description("list the editions that were sent or wait for review")
    .action(run(editions));
  jobs
    .command("show")
    .argument("<edition>", "from `jobs editions`, such as weekly/3", editionNamed)
    .description("show one edition: its posts, who decided, and the exact email")
    .option("--out <dir>", "write the exact email to this folder")
    .action(run(show));
  for (const [command, decision, description] of [
    ["approve", "approved", "approve an edition: it is sent"],
    ["decline", "declined", "decline an edition: it is not sent, and its posts go into the next one"],
  ] as const)
    jobs
      .command(command)
      .argument("<edition>", "from `jobs editions`, such as weekly/3", editionNamed)
      .description(description)
      .action(run((context: Context, edition: EditionName) => decide(context, edition, decision)));
}

async function editions(context: Context, name?: string): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const { editions: list } = await act(context, app, listEditions, name === undefined ? {} : { job: name });
  if (terminal.json) terminal.printJson({ editions: list });
  else if (list.length === 0) terminal.print("No campaign has prepared an edition yet.");
  else terminal.print(editionTable(terminal, list));
  return exit.ok;
}

function editionTable(terminal: Terminal, list: readonly Edition[]): string {
  const columns = ["edition", "for", "state", "by", "subject"].map((title) => ({ title }));
  const rows = list.map(({ job, number, scheduledFor, state, expiresAt, decidedBy, title }) => [
    `${job}/${number}`,
    scheduledFor.toISOString().slice(0, 16),
    state === "waiting" && expiresAt ? `waiting until ${expiresAt.toISOString().slice(0, 16)}` : state,
    decidedBy ?? "",
    title,
  ]);
  return table(terminal, columns, rows);
}

async function show(context: Context, { job, number }: EditionName, { out }: { out?: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const found = await act(context, app, showEdition, { job, number });
  const { edition, posts, mails } = found;
  if (terminal.json) terminal.printJson(documentOf(showEdition, found));
  else terminal.print([editionTable(terminal, [edition]), ...posts.map(({ url }) => `  ${url}`)].join("\n"));
  if (out !== undefined) await writeMails(out, new Map(Object.entries(mails)));
  return exit.ok;
}

interface EditionName {
  job: string;
  number: number;
}

async function decide(context: Context, name: EditionName, decision: keyof typeof decisions): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site, channelsNamed(site));
  const { edition } = await act(context, app, decisions[decision], name);
  if (terminal.json) terminal.printJson({ edition });
  terminal.print(`${name.job}/${name.number} is ${edition.state}.`);
  if (decision === "approved") terminal.note("A running `postrider serve` or `postrider worker` sends it.");
  return exit.ok;
}

function editionNamed(value: string): EditionName {
  const match = /^(.+)\/([1-9]\d*)$/.exec(value);
  if (!match) throw new InvalidArgumentError("expected a job and a number, such as weekly/3");
  return { job: match[1] ?? "", number: Number(match[2]) };
}
