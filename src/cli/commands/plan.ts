/** `plan`: shows everything that publishing would do. `publish --plan` with its hash does exactly that, or nothing. */

import type { Command } from "commander";
import { channelsNamed, loadAdapters } from "#app.ts";
import { shortPath } from "#cli/reports/diagnostics.ts";
import { planCommand as commandOf, type PlanArguments } from "#cli/reports/plans/plan-command.ts";
import { planMarkdown } from "#cli/reports/plans/plan-markdown.ts";
import { planText } from "#cli/reports/plans/plan-text.ts";
import { complainAbout } from "#cli/reports/publish-words.ts";
import { commaSeparated, isoTime } from "#cli/terminal/arguments.ts";
import { UsageError } from "#core/errors.ts";
import type { PublishPlan } from "#core/publishing/plan.ts";
import { perform } from "#desk/act.ts";
import { measureTexts } from "#desk/posts/measure.ts";
import { makePlan } from "#desk/posts/plans.ts";
import { type PublishAnswer, publishPosts } from "#desk/posts/publish.ts";
import { segmentWarnings } from "#desk/readers/segment.ts";
import { act, operator } from "../act.ts";
import { changedPosts } from "../changed-posts.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { decisionHelp, refuseUnclear } from "../decision.ts";
import { planApproval } from "./plan-approve.ts";

export const planCommand: Registration = (program, run) => {
  const command = program.command("plan");
  planApproval(command, run);
  command
    .argument("[posts...]", "Markdown files")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--at <time>", "send at this time, such as 2027-01-05T09:00:00Z, or now", isoTime)
    .option("--changed-since <ref>", "plan the posts that changed since this git commit; don't name posts then")
    .option("--keep", "keep the plan for 30 days, so that somebody can approve it, or see what has changed since")
    .option("--markdown", "print the plan as a comment for a pull request")
    .option("--pictures <url>", "with --markdown: the address of pictures of the preview")
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

interface Options extends PlanArguments {
  changedSince?: string;
  keep?: boolean;
  markdown?: boolean;
  pictures?: string;
}

async function plan(context: Context, named: string[], options: Options, command: Command): Promise<number> {
  const { changedSince, keep, markdown, pictures, ...wanted } = options;
  if (named.length === 0 && changedSince === undefined)
    command.error("error: missing required argument 'posts': name Markdown files, or use --changed-since <ref>");
  refuseUnclear(wanted, named);
  if (keep && (wanted.new || wanted.sameAs !== undefined))
    throw new UsageError("--keep works without --new and --same-as");
  const { terminal } = context;
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  const posts = changedSince === undefined ? named : (await changedPosts(site, changedSince)).map(shortPath);
  await using app = await context.app(site, channels);
  const nothing: PublishPlan = { hash: "", posts: [] };
  const answer: Planned =
    posts.length === 0 ? { readings: [] } : await act(context, app, publishPosts, { posts, dryRun: true, ...wanted });
  if (!terminal.json) for (const reading of answer.readings) if (!reading.post) complainAbout(context, reading);
  for (const { name, sending } of channels)
    for (const warning of sending?.segment ? await segmentWarnings(sending.segment, app.subscribers) : [])
      terminal.note(`${terminal.style("yellow", "warning:")} ${name}: ${warning}`);
  const unreadable = answer.readings
    .filter(({ post }) => !post)
    .map(({ path, diagnostics }) => ({ path: shortPath(path), diagnostics }));
  const planned = answer.plan ?? nothing;
  const demanding = channels.filter(({ approval }) => approval === "other").map(({ name }) => name);
  // Somebody else can only look at a plan that is kept.
  if ((keep || demanding.length > 0) && planned.posts.length > 0)
    await act(context, app, makePlan, {
      posts,
      ...(wanted.channels && { channels: wanted.channels }),
      ...(wanted.at && { at: wanted.at }),
    });
  if (demanding.length > 0 && planned.posts.length > 0)
    terminal.note(
      `Another person has to approve this for ${demanding.join(", ")}: postrider plan approve ${planned.hash}`,
    );
  const countOf = async (adapter: string, text: string) => {
    const { counts, limit } = await perform(measureTexts, { adapter, texts: [text] }, operator, { loadAdapters });
    return { count: counts[0] ?? 0, limit };
  };
  if (terminal.json) terminal.printJson({ plan: planned });
  else if (markdown)
    terminal.print(await planMarkdown(planned, { channels: options.channels, countOf, pictures, unreadable }));
  else terminal.print(planText(terminal, planned, commandOf(context, posts, wanted, planned.hash)));
  const held = planned.posts.some(({ status }) => status === "held");
  return held || planned.posts.length < posts.length ? exit.trouble : exit.ok;
}

type Planned = Pick<PublishAnswer, "readings"> & { plan?: PublishPlan };
