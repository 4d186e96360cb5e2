/** `withdraw`: withdraws a post wherever that is possible. The plan is shown first. */

import { channelsNamed } from "#app.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { confirm } from "#cli/terminal/confirm.ts";
import { plural, type Terminal } from "#cli/terminal/terminal.ts";
import type { WithdrawalPlan, Withdrawn } from "#core/publishing/withdrawal.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { act, documentOf } from "../act.ts";
import { announce } from "../announce.ts";
import { type Context, exit, type Registration } from "../context.ts";

interface Options {
  channels?: string[];
  reason?: string;
  dryRun?: boolean;
  yes?: boolean;
}

export const withdrawCommand: Registration = (program, run) => {
  program
    .command("withdraw")
    .argument("<post>", "the post's file, id or address; it also works if the file was deleted")
    .description("withdraw a post: cancel what was not sent, delete its social posts, mark it as withdrawn in feeds")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--reason <text>", "the reason, recorded in the ledger")
    .option("--yes", "don't ask for confirmation")
    .option("--dry-run", "only show the plan")
    .addHelpText(
      "after",
      '\nExamples:\n  postrider withdraw content/posts/hello.md --dry-run\n  postrider withdraw content/posts/hello.md --reason "wrong numbers"',
    )
    .action(run(withdrawNamed));
};

async function withdrawNamed(context: Context, post: string, options: Options): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site, channelsNamed(site, options.channels));
  const { yes, dryRun, ...wanted } = options;
  const shown = await act(context, app, withdrawPost, { post, ...wanted, dryRun: true });
  const { plan, idle } = shown;
  terminal.note(planText(terminal, plan));
  if (dryRun || idle) {
    if (terminal.json) terminal.printJson(documentOf(withdrawPost, shown));
    terminal.note(idle ? "\nThere is nothing to do." : "\nNothing was changed.");
    return exit.ok;
  }
  if ((await confirm(question(plan), { yes, json: terminal.json })) === "no") {
    terminal.note("Nothing was changed.");
    return exit.trouble;
  }
  const answer = await act(context, app, withdrawPost, { post, ...wanted });
  await announce(context, app);
  if (terminal.json) terminal.printJson(documentOf(withdrawPost, { ...answer, plan }));
  for (const result of answer.withdrawn) for (const line of resultLines(terminal, result)) terminal.print(line);
  if (options.channels === undefined)
    terminal.print("Nothing more of this post will be sent. `postrider republish --mode repost` sends it again.");
  return answer.withdrawn.some(({ problems }) => problems.length > 0) ? exit.trouble : exit.ok;
}

/** Names what will be cancelled and deleted. */
function question({ title, steps, editions }: WithdrawalPlan): string {
  const sum = (numbers: number[]): number => numbers.reduce((all, number) => all + number, 0);
  const pending = sum(steps.map((step) => step.pending));
  const copies = sum(steps.map((step) => step.copies.length));
  const digests = editions.filter(({ open }) => open).length;
  const what = [
    pending > 0 && `cancels ${plural(pending, "delivery", "deliveries")}`,
    copies > 0 && `deletes ${plural(copies, "note")}`,
    digests > 0 && `cancels ${plural(digests, "digest")}`,
  ].filter(Boolean);
  return `Withdraw "${title}"?${what.length > 0 ? ` It ${what.join(", ")}.` : ""}`;
}

function planText(terminal: Terminal, { title, marks, steps, editions }: WithdrawalPlan): string {
  const lines = steps.map(({ channel, actions, reason }) => {
    const line = `  ${channel}: ${reason}`;
    return actions.includes("none") ? terminal.style("dim", line) : line;
  });
  const digests = editions.map(({ job, number, open, reached }) => {
    const edition = `  edition ${number} of ${job}`;
    if (!open) return terminal.style("dim", `${edition}: was sent and contains this post; it can't be withdrawn`);
    return reached
      ? `${edition}: contains this post and is being sent; readers who did not get it yet will not get it`
      : `${edition}: contains this post and was not sent; it will be cancelled`;
  });
  const mark = marks
    ? ["  The post will be removed from the archive and from future digests, and not sent again."]
    : [];
  return [terminal.style("bold", `Plan: withdraw "${title}"`), ...lines, ...digests, ...mark].join("\n");
}

function resultLines(
  terminal: Terminal,
  { channel, retracted, cancelled, unscheduled, sending, problems }: Withdrawn,
): string[] {
  const done = [
    retracted > 0 && `${retracted} withdrawn`,
    unscheduled && "scheduled publication cancelled",
    cancelled > 0 && `${plural(cancelled, "delivery", "deliveries")} cancelled`,
    sending > 0 && `${plural(sending, "delivery", "deliveries")} already being sent; they may still arrive`,
  ].filter((part) => part !== false);
  return [
    ...(done.length > 0 ? [`${channel}: ${done.join(", ")}`] : []),
    ...problems.map((problem) => terminal.style("red", `${channel}: still published: ${problem}`)),
  ];
}
