/** `plan approve`: lets an assistant or a program carry out a plan that somebody has looked at. */

import { isIdle, postsText } from "#cli/reports/plans/plan-text.ts";
import { confirm } from "#cli/terminal/confirm.ts";
import { count } from "#cli/terminal/terminal.ts";
import { UsageError } from "#core/errors.ts";
import type { KeptPlan } from "#core/publishing/kept-plan.ts";
import { approvePlan, showPlan } from "#desk/posts/plans.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const planApproval: Registration = (plan, run) => {
  plan
    .command("approve")
    .argument("<hash>", "the hash of a plan that an assistant or a program has made")
    .option("--yes", "don't ask for confirmation")
    .description("show a plan of an assistant or a program, and approve it")
    .action(run(approve));
};

async function approve(context: Context, hash: string, { yes }: { yes?: boolean }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const shown = await act(context, app, showPlan, { plan: hash });
  terminal.note(`${postsText(terminal, shown.plan.posts)}\n`);
  const answer = isIdle(shown.plan.posts) ? "yes" : await confirm(question(shown), { yes, json: terminal.json });
  if (answer === "nobody") throw new UsageError("Only a person can approve a plan. In a script, add --yes");
  if (answer === "no") {
    terminal.note("The plan is not approved.");
    return exit.trouble;
  }
  const kept = await act(context, app, approvePlan, { plan: hash });
  terminal.answer(documentOf(approvePlan, kept), `Approved the plan ${hash}. Nothing was sent yet.`);
  return exit.ok;
}

/** To how many, because that can't be taken back. */
function question({ plan, actor }: KeptPlan): string {
  const channels = plan.posts.flatMap((post) => post.channels).filter(({ action }) => action !== "none");
  const reached = channels.map(({ channel, audience }) => `${channel} (${count(audience.recipients)})`);
  return `Made by ${actor}. Approve sending to ${reached.join(", ")}?`;
}
