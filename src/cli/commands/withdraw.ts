/** `withdraw`: takes a post back wherever that can be done. The plan is shown first. */

import { type App, armHint, channelsNamed, type SiteContext } from "#app.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { confirm } from "#cli/terminal/confirm.ts";
import { plural, type Terminal } from "#cli/terminal/terminal.ts";
import { PostriderError } from "#core/errors.ts";
import type { WithdrawalPlan, Withdrawn } from "#core/publishing/withdrawal.ts";
import { isIdle, planWithdrawal, type Withdrawable, withdraw } from "#pipeline/republishing/withdraw.ts";
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
    .argument("<post>", "a file, an id or an address; the file need not exist")
    .description("withdraw a post: cancel what was not sent, delete its social posts, mark it as withdrawn in feeds")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--reason <text>", "why; recorded in the ledger")
    .option("--yes", "do not ask")
    .option("--dry-run", "show the plan and do nothing")
    .addHelpText(
      "after",
      '\nExamples:\n  postrider withdraw content/posts/hello.md --dry-run\n  postrider withdraw content/posts/hello.md --reason "wrong numbers"',
    )
    .action(run(withdrawPost));
};

async function withdrawPost(context: Context, wanted: string, options: Options): Promise<number> {
  const { terminal, signals } = context;
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  await using app = await context.app(site, channels);
  const what = { post: await postOf(wanted, site, app), channels, some: options.channels !== undefined };
  const plan = await planWithdrawal(what, app);
  terminal.note(planText(terminal, plan));
  const idle = isIdle(plan);
  if (options.dryRun || idle) {
    if (terminal.json) terminal.printJson({ plan, withdrawn: [] });
    terminal.note(idle ? "\nThere is nothing to do." : "\nNothing was changed.");
    return exit.ok;
  }
  if ((await confirm(`Withdraw "${plan.title}"?`, { yes: options.yes, json: terminal.json })) === "no") {
    terminal.note("Nothing was changed.");
    return exit.trouble;
  }
  const fenced = await app.fence();
  if (fenced) throw new PostriderError("conflict", fenced, { hint: armHint });
  const request = { actor: "cli", reason: options.reason ?? "", signal: signals.abort };
  const withdrawn = await withdraw(what, request, { ...app, editions: app.jobs.editions });
  await announce(context, app);
  if (terminal.json) terminal.printJson({ plan, withdrawn });
  for (const result of withdrawn) for (const line of resultLines(terminal, result)) terminal.print(line);
  if (!what.some)
    terminal.print(
      "Nothing more of this post will be sent. `postrider republish --mode repost` sends it again on purpose.",
    );
  return withdrawn.some(({ problems }) => problems.length > 0) ? exit.trouble : exit.ok;
}

/** As the ledger knows it, also when its file is gone; else as its file says, for a post that only stood in digests. */
async function postOf(wanted: string, site: SiteContext, app: App): Promise<Withdrawable["post"]> {
  const { post: read } = await site.content.read(wanted);
  const [post] = await app.recognise(read ? [read] : []);
  const reports = await app.ledger.report();
  const found = reports.find(
    ({ post: id, url }) => [wanted, post?.id].includes(id) || [wanted, post?.url].includes(url),
  );
  if (found) return { id: found.post, url: found.url, title: found.title };
  if (post && (await app.ledger.editionsWith(post)).length > 0) return post;
  throw new PostriderError("not_found", `"${wanted}" is not a published post`, {
    hint: "`postrider status` lists every post; `status --json` shows their ids.",
  });
}

function planText(terminal: Terminal, { title, marks, steps, editions }: WithdrawalPlan): string {
  const lines = steps.map(({ channel, actions, reason }) => {
    const line = `  ${channel}: ${reason}`;
    return actions.includes("none") ? terminal.style("dim", line) : line;
  });
  const digests = editions.map(({ job, number, open, reached }) => {
    const edition = `  edition ${number} of ${job}`;
    if (!open) return terminal.style("dim", `${edition}: was sent with this post in it, and can't be withdrawn`);
    return reached
      ? `${edition}: is being sent with this post in it; the rest is cancelled`
      : `${edition}: contains this post and was not sent; it is cancelled`;
  });
  const mark = marks
    ? ["  the post: is removed from the archive and from future digests, and is never sent again"]
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
    sending > 0 && `${plural(sending, "delivery", "deliveries")} already being sent, which may arrive`,
  ].filter((part) => part !== false);
  return [
    ...(done.length > 0 ? [`${channel}: ${done.join(", ")}`] : []),
    ...problems.map((problem) => terminal.style("red", `${channel}: still published: ${problem}`)),
  ];
}
