/** `plan`: shows everything that publishing would do. `publish --plan` with its hash does exactly that, or nothing. */

import { channelsNamed } from "#app.ts";
import { planCommand as commandOf, type PlanArguments } from "#cli/reports/plan-command.ts";
import { planText } from "#cli/reports/plan-text.ts";
import { complainAbout } from "#cli/reports/publish-words.ts";
import { commaSeparated, isoTime } from "#cli/terminal/arguments.ts";
import { makePlan } from "#desk/posts/plans.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { segmentWarnings } from "#desk/readers/segment.ts";
import { act } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { decisionHelp, refuseUnclear } from "../decision.ts";
import { planApproval } from "./plan-approve.ts";

export const planCommand: Registration = (program, run) => {
  const command = program.command("plan");
  planApproval(command, run);
  command
    .argument("<post...>", "Markdown files")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--at <time>", "send at this time, such as 2027-01-05T09:00:00Z, or now", isoTime)
    .option("--new", decisionHelp.new)
    .option("--same-as <post>", decisionHelp.sameAs)
    .description("show what publishing would do: to whom, who is left out and why, and how it looks")
    .addHelpText(
      "after",
      `
Examples:
  postrider plan content/posts/hello.md
  postrider publish --plan 2f9c0d5e1b7a4c38 content/posts/hello.md`,
    )
    .action(run(plan));
};

async function plan(context: Context, posts: string[], options: PlanArguments): Promise<number> {
  refuseUnclear(options, posts);
  const { terminal } = context;
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  await using app = await context.app(site, channels);
  const answer = await act(context, app, publishPosts, { posts, dryRun: true, ...options });
  if (!terminal.json) for (const reading of answer.readings) if (!reading.post) complainAbout(context, reading);
  for (const { name, sending } of channels)
    for (const warning of sending?.segment ? await segmentWarnings(sending.segment, app.subscribers) : [])
      terminal.note(`${terminal.style("yellow", "warning:")} ${name}: ${warning}`);
  const planned = answer.plan ?? { hash: "", posts: [] };
  const held = channels.filter(({ approval }) => approval === "other").map(({ name }) => name);
  if (held.length > 0 && planned.posts.length > 0) {
    // So that somebody else can look at it.
    const { channels: only, at } = options;
    await act(context, app, makePlan, { posts, ...(only && { channels: only }), ...(at && { at }) });
    terminal.note(`Another person has to approve this for ${held.join(", ")}: postrider plan approve ${planned.hash}`);
  }
  if (terminal.json) terminal.printJson({ plan: planned });
  else terminal.print(planText(terminal, planned, commandOf(context, posts, options, planned.hash)));
  const isRefused = planned.posts.some(({ status }) => status === "held");
  return isRefused || planned.posts.length < posts.length ? exit.trouble : exit.ok;
}
