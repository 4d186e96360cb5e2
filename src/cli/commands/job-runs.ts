/** `jobs run`: runs a job now, or shows what it would do. */

import type { Command } from "commander";
import { type App, channelsNamed } from "#app.ts";
import { askFor } from "#cli/reports/ask.ts";
import { jobPlanText } from "#cli/reports/job-plan-text.ts";
import { deliveryProgress } from "#cli/reports/progress.ts";
import { needsAttention, publicationText } from "#cli/reports/report.ts";
import { modeNamed } from "#cli/reports/republish-plan.ts";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import type { Answers } from "#core/jobs/job-file.ts";
import { type RepublishMode, republishModes } from "#core/publishing/republish.ts";
import { waitUntilSettled } from "#desk/deliveries/wait.ts";
import { openQuestions, planJob, runJob } from "#desk/jobs/run.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Run } from "../context.ts";
import { writeMails } from "../write-mails.ts";

interface Options {
  post?: string;
  channels?: string[];
  mode?: RepublishMode;
  reason?: string;
  dryRun?: boolean;
  out?: string;
  detach?: boolean;
}

export function registerRuns(jobs: Command, run: Run): void {
  jobs
    .command("run")
    .argument("<name>", "the name of a file in jobs/, without .yaml")
    .description("run a job now")
    .option("--dry-run", "only show what it would do")
    .option("--out <dir>", "with --dry-run: write the email to this folder")
    .option("--detach", "don't wait: a running `postrider worker` or `serve` sends it")
    .option("--post <file>", "the post to send again, if the job asks for it")
    .option("--channels <names>", "channels separated by commas, if the job asks for them", commaSeparated)
    .option("--mode <mode>", `if the job asks for a mode: ${republishModes.join(", ")}`, modeNamed)
    .option("--reason <text>", "the reason, if the job asks for it; recorded in the ledger")
    .action(run(runNamed));
}

async function runNamed(context: Context, name: string, options: Options): Promise<number> {
  const { terminal, signals } = context;
  const site = await context.site();
  const channels = channelsNamed(site);
  await using app = await context.app(site, channels);
  // Awaited, because the app closes when this function ends.
  const answers = await answersFor(context, app, name, options);
  if (options.dryRun) return await dryRun(context, app, { job: name, ...answers }, options.out);
  const answer = await act(context, app, runJob, { job: name, ...answers });
  const { posts, occurrence } = answer;
  terminal.note(`${name}: ${occurrence.outcome}`);
  if (posts.length === 0 || options.detach) {
    if (terminal.json) terminal.printJson(documentOf(runJob, { ...answer, publications: [] }));
    return exit.ok;
  }
  await using _workers = await app.startWorkers(channels, signals.abort);
  const names = channels.map((channel) => channel.name);
  const publications = await waitUntilSettled(posts, names, app.desk, deliveryProgress(terminal), signals.stop);
  if (terminal.json) terminal.printJson(documentOf(runJob, { ...answer, publications }));
  for (const report of publications) terminal.print(`\n${publicationText(terminal, report)}`);
  return publications.some(needsAttention) ? exit.trouble : exit.ok;
}

function said({ post, channels, mode, reason }: Options): Answers {
  return { ...(post && { post }), ...(channels && { channels }), ...(mode && { mode }), ...(reason && { reason }) };
}

/** The values from the options, and, on a terminal, the operator's answers. */
async function answersFor({ terminal }: Context, app: App, name: string, options: Options): Promise<Answers> {
  const given = said(options);
  const job = (await app.jobs.read()).jobs.find((each) => each.name === name);
  if (!process.stdin.isTTY || terminal.json || job?.kind !== "republish") return given;
  return askFor((answers) => openQuestions({ ...job, ...answers }, !options.dryRun), given);
}

async function dryRun(
  context: Context,
  app: App,
  asked: Answers & { job: string },
  out: string | undefined,
): Promise<number> {
  const { terminal } = context;
  const plan = await act(context, app, planJob, asked);
  if (terminal.json) terminal.printJson(documentOf(planJob, plan));
  else terminal.print(jobPlanText(terminal, plan));
  if (plan.kind === "campaign" && plan.draft && out !== undefined) await writeMails(out, plan.draft.mails);
  terminal.print("\nNothing was done.");
  return exit.ok;
}
