/** `republish`: sends again what failed, edits what is out, or sends once more on purpose. The plan is shown first. */

import { armHint, channelsNamed } from "#app.ts";
import { diagnosticLine, isRefused, refusedJson } from "#cli/reports/diagnostics.ts";
import { deliveryProgress } from "#cli/reports/progress.ts";
import { needsAttention, publicationsJson, publicationText } from "#cli/reports/report.ts";
import { modeNamed, planText } from "#cli/reports/republish-plan.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { confirm } from "#cli/terminal/confirm.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { PostriderError, UsageError } from "#core/errors.ts";
import { type RepublishMode, type RepublishPlan, republishModes } from "#core/publishing/republish.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { waitUntilSettled } from "#pipeline/sending/wait.ts";
import { announce } from "../announce.ts";
import { type Context, exit, type Registration } from "../context.ts";

interface Options {
  channels?: string[];
  mode: RepublishMode;
  reason?: string;
  replace?: boolean;
  correction?: string;
  dryRun?: boolean;
  yes?: boolean;
}

export const republishCommand: Registration = (program, run) => {
  program
    .command("republish")
    .argument("<post>", "a Markdown file that was published")
    .description("retry failed deliveries, edit published copies, finish a cancelled mailing, or send a post again")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--mode <mode>", `${republishModes.join(", ")}`, modeNamed, "retry")
    .option("--reason <text>", "why; required for a repost; recorded in the ledger")
    .option("--replace", "with update: if a network can't edit, delete the post there and post it again")
    .option("--correction <text>", "send this text, above the current post, to those who got the post by email")
    .option("--yes", "do not ask before a repost or a correction")
    .option("--dry-run", "show the plan and do nothing")
    .addHelpText(
      "after",
      `
Examples:
  postrider republish content/posts/hello.md --dry-run
  postrider republish content/posts/hello.md --mode update --channels feed
  postrider republish content/posts/hello.md --mode finish
  postrider republish content/posts/hello.md --mode repost --channels newsletter --reason "the link was dead"
  postrider republish content/posts/hello.md --channels newsletter --correction "It is on Friday, not on Thursday."`,
    )
    .action(run(republishPost));
};

async function republishPost(context: Context, path: string, options: Options): Promise<number> {
  const { terminal, signals } = context;
  const { mode, reason, ...told } = meant(options);
  if (mode === "repost" && !reason)
    throw new UsageError("A repost goes to people who already have the post", {
      hint: 'Add --reason "…". The reason is recorded in the ledger.',
    });
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  const reading = await site.content.read(path);
  for (const diagnostic of reading.diagnostics.filter(({ severity }) => severity === "error"))
    terminal.note(diagnosticLine(terminal, path, diagnostic));
  const found = reading.post;
  if (!found || isRefused(reading)) {
    if (terminal.json) terminal.printJson({ plan: null, done: 0, refused: refusedJson([reading]) });
    terminal.note("The post is held back; nothing was sent.");
    return exit.trouble;
  }
  await using app = await context.app(site, channels);
  const [post = found] = await app.identify([found], { keep: !options.dryRun });
  const plan = await planRepublication({ post, channels, mode, ...told }, app);
  terminal.note(planText(terminal, plan));
  const idle = plan.steps.every(({ action }) => action === "none");
  if (options.dryRun || idle) {
    if (terminal.json) terminal.printJson({ plan, done: 0 });
    terminal.note(idle ? "\nThere is nothing to do." : "\nNothing was sent.");
    return exit.ok;
  }
  const asked = { yes: options.yes, json: terminal.json };
  if (mode === "repost" && (await confirm(question(post.title, plan, told), asked)) === "no") {
    terminal.note("Nothing was sent.");
    return exit.trouble;
  }
  const fenced = await app.fence();
  if (fenced) throw new PostriderError("conflict", fenced, { hint: armHint });
  await using _workers = await app.startWorkers(channels, signals.abort);
  const request = { post, channels, mode, actor: "cli", reason, ...told, signal: signals.abort };
  const done = await republish(request, plan, app);
  const ports = { ledger: app.ledger, clock: site.clock };
  const names = channels.map(({ name }) => name);
  const reports = await waitUntilSettled([plan.postId], names, ports, deliveryProgress(terminal), signals.stop);
  await announce(context, app);
  if (terminal.json) terminal.printJson({ plan, done, publications: publicationsJson(reports) });
  for (const report of reports) terminal.print(`\n${publicationText(terminal, report)}`);
  return reports.some(needsAttention) ? exit.trouble : exit.ok;
}

/** With whom it reaches: what is sent can't be taken back. */
function question(title: string, { steps }: RepublishPlan, { correction }: { correction?: string }): string {
  const sent = steps.filter(({ action }) => action === "send");
  const readers = sent.reduce((sum, { medium, recipients }) => sum + (medium === "email" ? recipients : 0), 0);
  const others = sent.filter(({ medium }) => medium !== "email").map(({ channel }) => channel);
  const to = [readers > 0 && plural(readers, "reader"), ...others].filter(Boolean).join(", ");
  return `Send ${correction === undefined ? `"${title}" again` : `the correction of "${title}"`} to ${to}?`;
}

/** A correction is a repost, and its own reason. @throws PostriderError `invalid` for what does not go together */
function meant({ mode, reason, replace, correction }: Options) {
  if (correction !== undefined && mode === "update")
    throw new UsageError("--correction can't be used with --mode update, which sends no email");
  if (correction?.trim() === "") throw new UsageError("The correction is empty");
  return {
    mode: correction === undefined ? mode : ("repost" as const),
    reason: reason ?? correction ?? "",
    ...(replace && { replace }),
    ...(correction !== undefined && { correction }),
  };
}
