/** `publish`: the main job. Decides, sends, waits until everything has settled, and says what it came to. */

import type { Command } from "commander";
import { type App, armHint, channelsNamed, type SiteContext } from "#app.ts";
import { isRefused, refusedJson, shortPath } from "#cli/reports/diagnostics.ts";
import { deliveryProgress } from "#cli/reports/progress.ts";
import { dryRun } from "#cli/reports/publish-dry-run.ts";
import { complainAbout, decision, emptyAudiences, nothingMoved } from "#cli/reports/publish-words.ts";
import { needsAttention, publicationsJson, publicationText } from "#cli/reports/report.ts";
import { commaSeparated, isoTime } from "#cli/terminal/arguments.ts";
import { plural, type Terminal } from "#cli/terminal/terminal.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel, PublicationReport } from "#core/publishing/publication.ts";
import type { PlanTimes } from "#pipeline/publishing/plan.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import {
  type PlannedRequest,
  type PublishedPost,
  planAsShown,
  publishPlanned,
} from "#pipeline/publishing/publish-planned.ts";
import type { Decision } from "#pipeline/publishing/recognise.ts";
import { waitUntilSettled } from "#pipeline/sending/wait.ts";
import { announce } from "../announce.ts";
import { changedPosts } from "../changed-posts.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { decisionHelp, decisionIn } from "../decision.ts";
import { unlessNamed } from "../unless-named.ts";

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
    .description("send posts to every channel, once to each reader; a second run sends nothing again")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--at <time>", "not before this time (ISO 8601, or now); also reschedules", isoTime)
    .option("--dry-run", "show what would happen, and do nothing")
    .option("--plan <hash>", "only if the plan is still the one from `postrider plan`")
    .option("--changed-since <ref>", "the posts that changed since this git commit, instead of named ones")
    .option("--new", decisionHelp.new)
    .option("--same-as <post>", decisionHelp.sameAs)
    .option("--detach", "let `postrider worker` send, and don't wait")
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
    .action(run(publishPosts));
};

async function publishPosts(context: Context, paths: string[], options: Options, command: Command): Promise<number> {
  if (paths.length === 0 && options.changedSince === undefined)
    command.error("error: missing required argument 'posts': name Markdown files, or use --changed-since <ref>");
  const decided = decisionIn(options, paths);
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  const named = options.changedSince === undefined ? paths : await changedPosts(site, options.changedSince);
  if (named.length === 0) {
    if (context.terminal.json) context.terminal.printJson({ publications: [] });
    context.terminal.note(`No post has changed since ${options.changedSince}.`);
    return exit.ok;
  }
  const read = await Promise.all(named.map((path) => site.content.read(path)));
  for (const reading of read) complainAbout(context, reading);
  // Nobody named it: a draft that has changed is no mistake.
  const found = options.changedSince === undefined ? read : read.filter(({ post }) => post?.status !== "draft");
  if (found.length === 0) {
    if (context.terminal.json) context.terminal.printJson({ publications: [] });
    return exit.ok;
  }
  if (found.every(isRefused)) {
    if (context.terminal.json) context.terminal.printJson({ publications: [], refused: refusedJson(found) });
    return exit.trouble;
  }
  await using app = await context.app(site, channels);
  const known = await recognised(found, app, options, decided);
  const readings = options.changedSince === undefined ? known : await newsOf(known, app, context.terminal);
  const ready = readings.filter((reading) => !isRefused(reading));
  const refused = readings.length - ready.length;
  const work: Work = {
    ...{ context, app, channels, readings, options },
    times: {
      now: site.clock.now(),
      // What git knows to have changed was named by nobody.
      named: options.changedSince === undefined,
      ...(options.at && { at: options.at }),
    },
    ports: { ...app, ...unlessNamed(site, options.channels) },
  };
  if (options.dryRun) {
    if (options.plan !== undefined) await planAsShown(plannedRequest(work, options.plan), work.ports);
    const posts = ready.flatMap(({ post }) => post ?? []);
    return (await dryRun(context, posts, channels, work.times, work.ports)) || Number(refused > 0);
  }
  const reports = await send(work, site);
  if (context.terminal.json)
    context.terminal.printJson({
      publications: publicationsJson(reports),
      ...(refused && { refused: refusedJson(readings) }),
    });
  return refused > 0 || (!options.detach && reports.some(needsAttention)) ? exit.trouble : exit.ok;
}

/** Without those that the post or its list keep it from; said aloud. */
function wanted(
  terminal: Terminal,
  post: Post,
  channels: readonly Channel[],
  { leftOut }: ReturnType<typeof unlessNamed>,
): Channel[] {
  return channels.filter((channel) => {
    const reason = leftOut?.(post, channel) ?? "";
    if (reason)
      terminal.note(`${channel.name}: left out: ${reason}; --channels ${channel.name} sends it there anyway.`);
    return reason === "";
  });
}

/** Without edits of what was there before; said aloud. */
async function newsOf(readings: readonly Reading[], app: App, terminal: Terminal): Promise<Reading[]> {
  const news: Reading[] = [];
  for (const reading of readings) {
    const why = reading.post && !isRefused(reading) ? await app.jobs.whyLeftAlone(reading.post) : "";
    if (why) terminal.note(`${shortPath(reading.path)}: ${why}; name the file to publish it anyway`);
    else news.push(reading);
  }
  return news;
}

/** A post whose file was renamed is the one that it was. Of posts that nobody named, those that may be another one are left out. */
async function recognised(
  readings: readonly Reading[],
  app: App,
  { changedSince, dryRun }: Options,
  decision: Decision | undefined,
): Promise<Reading[]> {
  const found = readings.flatMap(({ post }) => post ?? []);
  const keep = !dryRun;
  const posts =
    changedSince === undefined
      ? await app.identify(found, { keep, ...(decision && { decision }) })
      : await app.recognise(found, { keep });
  return readings.map((reading) => ({
    ...reading,
    post: posts.find(({ path }) => path === reading.post?.path) ?? null,
  }));
}

interface Work {
  context: Context;
  app: App;
  channels: readonly Channel[];
  readings: readonly Reading[];
  options: Options;
  times: PlanTimes;
  ports: App & ReturnType<typeof unlessNamed>;
}

function plannedRequest({ readings, channels, times }: Work, hash: string): PlannedRequest {
  return { posts: readings.flatMap(({ post }) => post ?? []), channels, hash, actor: "cli", ...times };
}

/** Decides what goes where, and leaves the sending to the workers. */
async function decide(work: Work): Promise<PublishedPost[]> {
  const { context, options, channels, times, ports } = work;
  const posts = work.readings.flatMap((reading) => (reading.post && !isRefused(reading) ? reading.post : []));
  const mine = posts.map((post) => wanted(context.terminal, post, channels, ports));
  if (options.plan !== undefined) return publishPlanned(plannedRequest(work, options.plan), ports);
  const done: PublishedPost[] = [];
  for (const [index, post] of posts.entries()) {
    const names = mine[index] ?? [];
    if (names.length > 0)
      done.push({ ...(await publish({ post, channels: names, actor: "cli", ...times }, ports)), post });
  }
  return done;
}

async function send(work: Work, site: SiteContext): Promise<PublicationReport[]> {
  const { context, app, channels, options } = work;
  const { terminal, signals } = context;
  const fenced = await app.fence();
  const workers = options.detach || fenced ? null : await app.startWorkers(channels, signals.abort);
  try {
    const published = await decide(work);
    for (const each of published) for (const line of decision(each, each.post, options)) terminal.note(line);
    const posts = published.map(({ postId }) => postId);
    const refusal = nothingMoved(published, options);
    if (refusal) throw refusal;
    if (fenced) terminal.note(`Nothing is sent. ${fenced}\n${armHint}`);
    if (!workers) return (await Promise.all(posts.map((post) => app.ledger.report(post)))).flat();
    const names = channels.map((channel) => channel.name);
    const ports = { ledger: app.ledger, clock: site.clock };
    await waitUntilSettled(posts, names, ports, deliveryProgress(terminal), signals.stop);
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
  } finally {
    await workers?.[Symbol.asyncDispose]();
  }
}

function unsent(report: PublicationReport): number {
  const moving = Object.values(report.channels).filter(({ paused, cancelledAt }) => !paused && !cancelledAt);
  return moving.reduce((sum, { counts }) => sum + counts.pending + counts.retrying, 0);
}
