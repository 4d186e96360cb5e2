/** `withdraw`: takes a post back wherever that can be done. The plan is shown first. */

import { type App, armHint, channelsNamed, type SiteContext } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import type { WithdrawalPlan } from "#core/withdrawal.ts";
import { planWithdrawal, withdraw } from "#pipeline/withdraw.ts";
import { announce } from "../announce.ts";
import { commaSeparated } from "../arguments.ts";
import { type Context, exit, type Registration } from "../context.ts";
import type { Terminal } from "../terminal.ts";

interface Options {
  channels?: string[];
  reason?: string;
  dryRun?: boolean;
}

export const withdrawCommand: Registration = (program, run) => {
  program
    .command("withdraw")
    .argument("<post>", "a file, an id or an address; the file may be gone")
    .description("take a post back: delete its notes, show it as withdrawn in feeds, cancel what has not gone")
    .option("--channels <names>", "only these, separated by commas", commaSeparated)
    .option("--reason <text>", "why; kept with everything")
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
  const plan = await planWithdrawal(await idOf(wanted, site, app), channels, app);
  terminal.note(planText(terminal, plan));
  const idle = plan.steps.every(({ actions }) => actions.includes("none"));
  if (options.dryRun || idle) {
    if (terminal.json) terminal.printJson({ plan, withdrawn: [] });
    terminal.note(idle ? "\nThere is nothing to do." : "\nNothing was changed.");
    return exit.ok;
  }
  const fenced = await app.fence();
  if (fenced) throw new PostriderError("conflict", fenced, { hint: armHint });
  const request = { actor: "cli", reason: options.reason ?? "", signal: signals.abort };
  const withdrawn = await withdraw(plan, request, app);
  await announce(context, app);
  if (terminal.json) terminal.printJson({ plan, withdrawn });
  for (const { channel, retracted, cancelled, problems } of withdrawn) {
    if (retracted + cancelled > 0) terminal.print(`${channel}: ${retracted} taken back, ${cancelled} cancelled`);
    for (const problem of problems) terminal.print(terminal.style("red", `${channel}: still out: ${problem}`));
  }
  return withdrawn.some(({ problems }) => problems.length > 0) ? exit.trouble : exit.ok;
}

/** As the ledger knows it, also when its file is gone. */
async function idOf(wanted: string, site: SiteContext, app: App): Promise<string> {
  const { post } = await site.content.read(wanted);
  const reports = await app.ledger.report();
  const found = reports.find(
    ({ post: id, url }) => [wanted, post?.id].includes(id) || [wanted, post?.url].includes(url),
  );
  if (found) return found.post;
  throw new PostriderError("not_found", `"${wanted}" is no post that was published`, {
    hint: "`postrider status` lists every post; `status --json` shows their ids.",
  });
}

function planText(terminal: Terminal, { steps }: WithdrawalPlan): string {
  const lines = steps.map(({ channel, actions, reason }) => {
    const line = `  ${channel}: ${reason}`;
    return actions.includes("none") ? terminal.style("dim", line) : line;
  });
  return [terminal.style("bold", "Plan: withdraw"), ...lines].join("\n");
}
