/** `jobs`: lists the declared jobs with their next times, and checks their files. */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { channelsNamed, configFile, jobJsonSchema, jobMistakes, jobsOf, type SiteContext } from "#app.ts";
import { problemJson } from "#cli/reports/diagnostics.ts";
import { complain, jobText } from "#cli/reports/job-text.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { ConfigError } from "#core/errors.ts";
import type { JobFile } from "#core/jobs/job-file.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { listJobs } from "#desk/jobs/read.ts";
import { setTimers } from "#desk/jobs/set-timers.ts";
import { segmentWarnings } from "#desk/readers/segment.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { registerEditions } from "./job-editions.ts";
import { registerRuns } from "./job-runs.ts";

const help = `
Examples:
  postrider jobs list
  postrider jobs check
  postrider jobs run weekly --dry-run
  postrider jobs approve weekly/3
  postrider jobs schema > jobs/schema.json`;

export const jobsCommand: Registration = (program, run) => {
  const jobs = program.command("jobs").description("list, check and run the jobs in jobs/").addHelpText("after", help);
  jobs.command("list").description("list every job with its next times").action(run(list));
  jobs
    .command("check")
    .description("check every job file; without a database, only lists in postrider.yaml are known")
    .action(run(check));
  jobs
    .command("alarms")
    .description("update the schedules from the job files; `serve` does this automatically")
    .option("--dry-run", "show the differences and change nothing")
    .action(run(timers));
  registerRuns(jobs, run);
  registerEditions(jobs, run);
  jobs.command("schema").description("print the JSON Schema of job files, for editors").action(run(schema));
};

async function list(context: Context): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site, channelsNamed(site));
  const overview = await act(context, app, listJobs, {});
  const { jobs, problems } = overview;
  if (terminal.json) terminal.printJson(documentOf(listJobs, overview));
  else if (jobs.length === 0) terminal.print("There are no jobs. Add a job file to jobs/.");
  else terminal.print(jobs.map((job) => jobText(terminal, job)).join("\n\n"));
  complain(terminal, problems);
  return problems.length > 0 ? exit.configuration : exit.ok;
}

async function timers(context: Context, { dryRun = false }: { dryRun?: boolean }): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site, channelsNamed(site));
  const answer = await act(context, app, setTimers, { dryRun });
  const { timers: plan, problems } = answer;
  complain(terminal, problems);
  if (terminal.json) terminal.printJson(documentOf(setTimers, answer));
  const lines = Object.entries(plan).flatMap(([what, names]: [string, string[]]) =>
    names.map((name) => `${what.padEnd(8)}${name}`),
  );
  terminal.print(lines.length > 0 ? lines.join("\n") : "Schedules are in sync with the job files.");
  if (dryRun && lines.length > 0) terminal.print("\nNothing was changed.");
  return problems.length > 0 ? exit.configuration : exit.ok;
}

async function check(context: Context): Promise<number> {
  const { terminal } = context;
  const { jobs, problems, warnings } = await read(context);
  if (terminal.json) terminal.printJson({ ok: problems.length === 0, problems: problems.map(problemJson), warnings });
  complain(terminal, problems);
  for (const warning of warnings) terminal.note(`${terminal.style("yellow", "warning:")} ${warning}`);
  const found = problems.length > 0 ? plural(problems.length, "mistake") : "no problems";
  terminal.print(`${plural(jobs.length, "job")} ready to run; ${found}`);
  return problems.length > 0 ? exit.configuration : exit.ok;
}

async function schema({ terminal }: Context): Promise<number> {
  if (terminal.json) terminal.printJson(jobJsonSchema());
  else terminal.print(JSON.stringify(jobJsonSchema(), null, 2));
  return exit.ok;
}

/** Also reports mistakes in the configuration, so that the operator sees all mistakes at once. */
async function read(
  context: Context,
): Promise<{ jobs: readonly JobFile[]; problems: readonly ConfigError[]; warnings: readonly string[] }> {
  try {
    const site = await context.site();
    return await readBeside(site, channelsNamed(site, undefined, { dummies: true }), context);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const dir = dirname(configFile(context.options.config));
    return { jobs: [], problems: [...error.problems, ...(await jobMistakes(dir))], warnings: [] };
  }
}

/** Only a database knows which lists have readers. A check does not create a database for that. */
async function readBeside(site: SiteContext, channels: Channel[], context: Context) {
  const hasDatabase = site.environment.databaseUrl !== undefined || existsSync(join(site.dataDir, "pg"));
  if (!hasDatabase) return { ...(await jobsOf(site, channels, [])), warnings: [] };
  await using app = await context.app(site, channels);
  const found = await app.jobs.read();
  const warnings: string[] = [];
  for (const job of found.jobs) {
    const { segment } = ("sending" in job && job.sending) || {};
    for (const warning of segment ? await segmentWarnings(segment, app.subscribers) : [])
      warnings.push(`${job.name}: ${warning}`);
  }
  return { ...found, warnings };
}
