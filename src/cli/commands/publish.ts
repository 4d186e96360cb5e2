/** `publish`: the main command. Decides, sends, waits until everything has settled, and reports the result. */

import type { Command } from "commander";
import { type App, armHint, channelsNamed } from "#app.ts";
import { shortPath } from "#cli/reports/diagnostics.ts";
import { planCommand } from "#cli/reports/plans/plan-command.ts";
import { planText } from "#cli/reports/plans/plan-text.ts";
import { deliveryProgress } from "#cli/reports/progress.ts";
import { complainAbout, decision, emptyAudiences, nothingMoved } from "#cli/reports/publish-words.ts";
import { needsAttention, publicationText } from "#cli/reports/report.ts";
import { commaSeparated, isoTime } from "#cli/terminal/arguments.ts";
import { plural } from "#cli/terminal/terminal.ts";
import type { Channel, PublicationReport } from "#core/publishing/publication.ts";
import { waitUntilSettled } from "#desk/deliveries/wait.ts";
import { type PublishAnswer, publishPosts } from "#desk/posts/publish.ts";
import { actLater, documentOf } from "../act.ts";
import { announce } from "../announce.ts";
import { changedPosts } from "../changed-posts.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { decisionHelp, refuseUnclear } from "../decision.ts";

interface Options {
  channels?: string[];
  at?: Date;
  dryRun?: boolean;
  detach?: boolean;
  plan?: string;
  changedSince?: string;
  new?: boolean;
  sameAs?: string;
}

export const publishCommand: Registration = (program, run) => {
  program
    .command("publish")
    .argument("[posts...]", "Markdown files")
    .description("send posts to every channel, once to each reader; running it again does not send them twice")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option(
      "--at <time>",
      "send at this time, such as 2027-01-05T09:00:00Z, or now; also changes the time of a scheduled post",
      isoTime,
    )
    .option("--dry-run", "only show what would happen")
    .option("--plan <hash>", "publish only if `postrider plan` would still print this hash")
    .option("--changed-since <ref>", "publish the posts that changed since this git commit; don't name posts then")
    .option("--new", decisionHelp.new)
    .option("--same-as <post>", decisionHelp.sameAs)
    .option("--detach", "don't wait: a running `postrider worker` or `serve` sends")
    .addHelpText(
      "after",
      `
Examples:
  postrider publish content/posts/hello.md
  postrider publish content/posts/hello.md --channels newsletter,feed
  postrider publish content/posts/hello.md --at 2027-01-05T09:00:00Z --detach
  postrider publish content/posts/hello.md --dry-run
  postrider publish --changed-since origin/main~1`,
    )
    .action(run(publishNamed));
};

async function publishNamed(context: Context, paths: string[], options: Options, command: Command): Promise<number> {
  const { changedSince } = options;
  if (paths.length === 0 && changedSince === undefined)
    command.error("error: missing required argument 'posts': name Markdown files, or use --changed-since <ref>");
  refuseUnclear(options, paths);
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  const { terminal } = context;
  const posts = changedSince === undefined ? paths : await changedPosts(site, changedSince);
  if (posts.length === 0) {
    if (terminal.json) terminal.printJson({ publications: [] });
    terminal.note(`No post has changed since ${changedSince}.`);
    return exit.ok;
  }
  await using later = context.appLater(site, channels);
  const answer = await actLater(context, site, later, publishPosts, { posts, ...asked(options) });
  // With --changed-since, a changed draft is not an error.
  const alone = new Set(answer.leftAlone.map(({ path }) => path));
  for (const reading of answer.readings) if (!alone.has(reading.path)) complainAbout(context, reading);
  for (const { path, why } of answer.leftAlone)
    terminal.note(`${shortPath(path)}: ${why}; name the file to publish it anyway`);
  const held = answer.refused.length > 0;
  if (answer.plan) {
    terminal.print(planText(terminal, answer.plan, planCommand(context, paths, options, answer.plan.hash)));
    terminal.print("\nNothing was sent.");
    if (terminal.json) terminal.printJson(documentOf(publishPosts, answer));
    return held ? exit.trouble : exit.ok;
  }
  for (const { channel, reason } of answer.leftOut)
    terminal.note(`${channel}: not sent: ${reason}. To send it anyway, add --channels ${channel}.`);
  for (const each of answer.published) for (const line of decision(each, each.post, options)) terminal.note(line);
  const refusal = nothingMoved(answer.published, options);
  if (refusal) throw refusal;
  // Held back, left alone or left out: nothing was decided that a worker could do.
  const sent = answer.published.length > 0;
  const publications = sent ? await send(context, await later.open(), channels, answer, options) : answer.publications;
  if (terminal.json) terminal.printJson(documentOf(publishPosts, { ...answer, publications }));
  return held || (!options.detach && publications.some(needsAttention)) ? exit.trouble : exit.ok;
}

function asked({ detach: _, changedSince, ...rest }: Options) {
  return { ...rest, ...(changedSince !== undefined && { onChange: true }) };
}

/** Sends until everything that was decided has settled, and reports the result. */
async function send(
  context: Context,
  app: App,
  channels: readonly Channel[],
  { published, publications }: PublishAnswer,
  { detach }: Options,
): Promise<PublicationReport[]> {
  const { terminal, signals } = context;
  const fenced = await app.fence();
  if (fenced) terminal.note(`Nothing will be sent. ${fenced}\n${armHint}`);
  if (fenced || detach) return publications;
  const posts = published.map(({ postId }) => postId);
  await using workers = await app.startWorkers(channels, signals.abort);
  const names = channels.map((channel) => channel.name);
  await waitUntilSettled(posts, names, app.desk, deliveryProgress(terminal), signals.stop);
  await workers[Symbol.asyncDispose]();
  await announce(context, app);
  const reports = (await Promise.all(posts.map((post) => app.ledger.report(post)))).flat();
  for (const report of reports) terminal.print(`\n${publicationText(terminal, report)}`);
  for (const note of reports.flatMap((report) => emptyAudiences(report, channels))) terminal.note(`\n${note}`);
  const open = reports.reduce((sum, report) => sum + unsent(report), 0);
  if (open > 0)
    terminal.note(
      `\n${plural(open, "delivery", "deliveries")} still to be sent. Run the same command again to continue.`,
    );
  return reports;
}

function unsent(report: PublicationReport): number {
  const moving = Object.values(report.channels).filter(({ paused, cancelledAt }) => !paused && !cancelledAt);
  return moving.reduce((sum, { counts }) => sum + counts.pending + counts.retrying, 0);
}
