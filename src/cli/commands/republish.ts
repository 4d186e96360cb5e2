/** `republish`: retries failed deliveries, edits published copies, or sends a post again. The plan is shown first. */

import { channelsNamed } from "#app.ts";
import { diagnosticLine } from "#cli/reports/diagnostics.ts";
import { deliveryProgress } from "#cli/reports/progress.ts";
import { needsAttention, publicationText } from "#cli/reports/report.ts";
import { modeNamed, planText } from "#cli/reports/republish-plan.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import { confirm } from "#cli/terminal/confirm.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { UsageError } from "#core/errors.ts";
import { type RepublishMode, type RepublishPlan, republishModes } from "#core/publishing/republish.ts";
import { waitUntilSettled } from "#desk/deliveries/wait.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { act, actLater, documentOf } from "../act.ts";
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
    .option("--reason <text>", "the reason, recorded in the ledger; required for a repost")
    .option("--replace", "with update: if a network can't edit, delete the post there and post it again")
    .option("--correction <text>", "send this text, above the current post, to those who got the post by email")
    .option("--yes", "don't ask for confirmation before a repost or a correction")
    .option("--dry-run", "only show the plan")
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
    .action(run(republishNamed));
};

async function republishNamed(context: Context, post: string, options: Options): Promise<number> {
  const { terminal, signals } = context;
  const wanted = { post, ...meant(options) };
  const { mode, reason } = wanted;
  if (mode === "repost" && !reason)
    throw new UsageError("A repost goes to people who already have the post", {
      hint: 'Add --reason "…". The reason is recorded in the ledger.',
    });
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  await using later = context.appLater(site, channels);
  const shown = await actLater(context, site, later, republishPost, { ...wanted, dryRun: true });
  for (const diagnostic of shown.reading.diagnostics.filter(({ severity }) => severity === "error"))
    terminal.note(diagnosticLine(terminal, post, diagnostic));
  const { plan } = shown;
  if (!plan) {
    if (terminal.json) terminal.printJson(documentOf(republishPost, shown));
    terminal.note("The post is held back; nothing was sent.");
    return exit.trouble;
  }
  terminal.note(planText(terminal, plan));
  const idle = plan.steps.every(({ action }) => action === "none");
  if (options.dryRun || idle) {
    if (terminal.json) terminal.printJson(documentOf(republishPost, shown));
    terminal.note(idle ? "\nThere is nothing to do." : "\nNothing was sent.");
    return exit.ok;
  }
  const title = shown.reading.post?.title ?? post;
  const asked = { yes: options.yes, json: terminal.json };
  if (mode === "repost" && (await confirm(question(title, plan, wanted), asked)) === "no") {
    terminal.note("Nothing was sent.");
    return exit.trouble;
  }
  const app = await later.open();
  await using _workers = await app.startWorkers(channels, signals.abort);
  const answer = await act(context, app, republishPost, wanted);
  const names = channels.map(({ name }) => name);
  const posts = [plan.postId];
  const publications = await waitUntilSettled(posts, names, app.desk, deliveryProgress(terminal), signals.stop);
  await announce(context, app);
  if (terminal.json) terminal.printJson(documentOf(republishPost, { ...answer, publications }));
  for (const report of publications) terminal.print(`\n${publicationText(terminal, report)}`);
  return publications.some(needsAttention) ? exit.trouble : exit.ok;
}

/** Names the number of recipients, because a sent email can't be taken back. */
function question(title: string, { steps }: RepublishPlan, { correction }: { correction?: string }): string {
  const sent = steps.filter(({ action }) => action === "send");
  const readers = sent.reduce((sum, { medium, recipients }) => sum + (medium === "email" ? recipients : 0), 0);
  const others = sent.filter(({ medium }) => medium !== "email").map(({ channel }) => channel);
  const to = [readers > 0 && plural(readers, "reader"), ...others].filter(Boolean).join(", ");
  return `Send ${correction === undefined ? `"${title}" again` : `the correction of "${title}"`} to ${to}?`;
}

/** A correction is a repost; its text is the reason. @throws PostriderError `invalid` for what does not go together */
function meant({ channels, mode, reason, replace, correction }: Options) {
  if (correction !== undefined && mode === "update")
    throw new UsageError("--correction can't be used with --mode update, which sends no email");
  if (correction?.trim() === "") throw new UsageError("The correction is empty");
  const why = reason ?? correction?.slice(0, 500) ?? "";
  return {
    mode: correction === undefined ? mode : ("repost" as const),
    ...(channels && { channels }),
    ...(why && { reason: why }),
    ...(replace && { replace }),
    ...(correction !== undefined && { correction }),
  };
}
