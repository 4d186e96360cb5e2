/** `jobs run`, `editions`, `approve`, `decline`: what comes of declared jobs. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { type App, armHint, channelsNamed, type SiteContext } from "#app.ts";
import type { Edition } from "#core/edition.ts";
import { PostriderError } from "#core/errors.ts";
import type { CampaignJob, RepublishJob } from "#core/job-file.ts";
import { type RepublishMode, republishModes } from "#core/republish.ts";
import type { Draft } from "#pipeline/campaign.ts";
import { mailPage } from "#pipeline/mail-page.ts";
import { waitUntilSettled } from "#pipeline/settle.ts";
import { commaSeparated } from "../arguments.ts";
import { type Context, exit, type Run } from "../context.ts";
import { deliveryProgress } from "../progress.ts";
import { needsAttention, publicationsJson, publicationText } from "../report.ts";
import { count, plural, type Terminal, table } from "../terminal.ts";

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
    .argument("<name>", "a file of jobs/, without its ending")
    .description("run a job now")
    .option("--dry-run", "show what it would do, and do nothing")
    .option("--out <dir>", "with --dry-run: write the mail there, as it would be")
    .option("--detach", "leave the sending to a running worker")
    .option("--post <file>", "where the job leaves it open")
    .option("--channels <names>", "where the job leaves them open, separated by commas", commaSeparated)
    .option("--mode <mode>", `where the job leaves it open: ${republishModes.join(", ")}`, modeNamed)
    .option("--reason <text>", "why; kept with it")
    .action(run(runJob));
  jobs
    .command("editions")
    .argument("[name]", "only of this job")
    .description("what campaigns have sent, and what waits")
    .action(run(editions));
  for (const [command, decision, description] of [
    ["approve", "approved", "agree to an edition: it goes out"],
    ["decline", "declined", "nobody gets it; its posts are in the next edition"],
  ] as const)
    jobs
      .command(command)
      .argument("<edition>", "as `jobs editions` shows it: weekly/3", editionNamed)
      .description(description)
      .action(run((context: Context, edition: EditionName) => decide(context, edition, decision)));
}

async function runJob(context: Context, name: string, options: Options): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  const channels = channelsNamed(site);
  await using app = await context.app(site, channels);
  // Awaited: else the app would be closed before it is used.
  if (options.dryRun) return await dryRun(context, app, name, options);
  const fenced = await app.fence();
  if (fenced) throw new PostriderError("conflict", fenced, { hint: armHint });
  const occurrence = await app.jobs.run(name, "cli", asked(options));
  terminal.note(`${name}: ${occurrence.outcome}`);
  const [edition] = await app.jobs.editions.list({ job: name });
  const isSent = occurrence.state === "done" && edition?.publicationId;
  if (!isSent || options.detach) {
    if (terminal.json) terminal.printJson({ occurrence, publications: [] });
    return exit.ok;
  }
  return await follow(context, site, app, edition, { occurrence });
}

/** Sends what was decided, and waits for it. */
async function follow(
  context: Context,
  site: SiteContext,
  app: App,
  { postId, channels }: Edition,
  told: object,
): Promise<number> {
  const { terminal, signals } = context;
  await using _workers = await app.startWorkers(channelsNamed(site), signals.abort);
  const names = channels.map(({ name }) => name);
  const ports = { ledger: app.ledger, clock: site.clock };
  const reports = await waitUntilSettled([postId], names, ports, deliveryProgress(terminal), signals.stop);
  if (terminal.json) terminal.printJson({ ...told, publications: publicationsJson(reports) });
  for (const report of reports) terminal.print(`\n${publicationText(terminal, report)}`);
  return reports.some(needsAttention) ? exit.trouble : exit.ok;
}

function asked({ post, channels, mode, reason }: Options): Partial<RepublishJob> {
  return { ...(post && { post }), ...(channels && { channels }), ...(mode && { mode }), ...(reason && { reason }) };
}

async function dryRun({ terminal }: Context, app: App, name: string, { out }: Options): Promise<number> {
  const { jobs, problems, names } = await app.jobs.read();
  const job = jobs.find((each) => each.name === name);
  if (!job) throw problems.find(({ file }) => file?.includes(`/${name}.`)) ?? unknown(name, names);
  if (job.kind !== "campaign") {
    if (terminal.json) terminal.printJson({ job });
    terminal.print(`${name} is of kind ${job.kind}: \`postrider jobs list\` shows what it does. Nothing was done.`);
    return exit.ok;
  }
  const draft = await app.jobs.draft(job);
  const audiences = draft ? await audiencesOf(app, draft) : [];
  if (terminal.json) terminal.printJson({ edition: draft?.edition ?? null, posts: titles(draft), audiences });
  terminal.print(draft ? draftText(terminal, job, draft, audiences) : "There is no new post: no mail would go out.");
  if (draft && out) await writeMails(out, draft);
  terminal.print("\nNothing was sent.");
  return exit.ok;
}

function unknown(name: string, names: readonly string[]): PostriderError {
  return new PostriderError("not_found", `There is no job "${name}"`, { hint: `Declared are ${names.join(", ")}.` });
}

async function audiencesOf(app: App, { edition }: Draft) {
  return Promise.all(
    edition.channels.map(async (channel) => ({
      channel: channel.name,
      list: channel.list,
      ...(await app.ledger.audienceOf({ ...channel, config: null })),
    })),
  );
}

function titles(draft: Draft | null): unknown {
  return draft?.contents.posts.map(({ id, title, url }) => ({ id, title, url })) ?? [];
}

function draftText(
  terminal: Terminal,
  { review }: CampaignJob,
  { edition, contents }: Draft,
  audiences: Awaited<ReturnType<typeof audiencesOf>>,
): string {
  return [
    terminal.style("bold", edition.title),
    terminal.style("dim", `edition ${edition.number} of ${edition.job}`),
    ...contents.posts.map(({ title, url }) => `  ${title}  ${terminal.style("dim", url)}`),
    ...audiences.map(
      ({ channel, list, pending, suppressed }) =>
        `  ${channel}: ${plural(pending, "reader")} of ${list}${suppressed > 0 ? `, ${count(suppressed)} suppressed` : ""}`,
    ),
    ...(review ? [`  waits for ${review.to.join(" or ")}`] : []),
  ].join("\n");
}

/** The files of each list, as `preview` names them. */
async function writeMails(out: string, { mails }: Draft): Promise<void> {
  for (const [list, mail] of mails) {
    const dir = mails.size > 1 ? join(out, list) : out;
    const { html, text } = mailPage(mail, mail.url);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, "email.html"), html);
    await writeFile(join(dir, "email.txt"), text);
  }
}

async function editions(context: Context, name?: string): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const list = await app.jobs.editions.list(name ? { job: name } : {});
  if (terminal.json) terminal.printJson({ editions: list });
  else if (list.length === 0) terminal.print("No campaign has prepared an edition yet.");
  else terminal.print(editionTable(terminal, list));
  return exit.ok;
}

function editionTable(terminal: Terminal, list: readonly Edition[]): string {
  const columns = ["edition", "for", "state", "by", "subject"].map((title) => ({ title }));
  const rows = list.map(({ job, number, scheduledFor, state, expiresAt, decidedBy, title }) => [
    `${job}/${number}`,
    scheduledFor.toISOString().slice(0, 16),
    state === "waiting" && expiresAt ? `waiting until ${expiresAt.toISOString().slice(0, 16)}` : state,
    decidedBy ?? "",
    title,
  ]);
  return table(terminal, columns, rows);
}

interface EditionName {
  job: string;
  number: number;
}

async function decide(context: Context, name: EditionName, decision: "approved" | "declined"): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site, channelsNamed(site));
  const edition = await app.jobs.decide({ ...name, decision, actor: "cli" });
  if (terminal.json) terminal.printJson({ edition });
  terminal.print(`${name.job}/${name.number} is ${edition.state}.`);
  if (decision === "approved") terminal.note("A running `postrider serve` or `postrider worker` sends it.");
  return exit.ok;
}

function editionNamed(value: string): EditionName {
  const match = /^(.+)\/([1-9]\d*)$/.exec(value);
  if (!match) throw new InvalidArgumentError("expected a job and a number, such as weekly/3");
  return { job: match[1] ?? "", number: Number(match[2]) };
}

function modeNamed(value: string): RepublishMode {
  const mode = republishModes.find((each) => each === value);
  if (!mode) throw new InvalidArgumentError(`expected ${republishModes.join(", ")}`);
  return mode;
}
