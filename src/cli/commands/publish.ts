/** `publish`: the main job. Decides, sends, waits until everything has settled, and says what it came to. */

import { type Command, InvalidArgumentError } from "commander";
import { type App, armHint, channelsNamed, type SiteContext } from "#app.ts";
import type { Reading } from "#core/content.ts";
import { PostriderError } from "#core/errors.ts";
import type { Post } from "#core/post.ts";
import type { Channel, PublicationReport } from "#core/publication.ts";
import { type PlanPorts, planPublication } from "#pipeline/plan.ts";
import { isClosed, type Published, publish } from "#pipeline/publish.ts";
import { waitUntilSettled } from "#pipeline/settle.ts";
import { announce } from "../announce.ts";
import { commaSeparated } from "../arguments.ts";
import { changedPosts } from "../changed-posts.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { diagnosticLine, isRefused, refusedJson, shortPath } from "../diagnostics.ts";
import { unlessNamed } from "../mail-rule.ts";
import { deliveryProgress } from "../progress.ts";
import { needsAttention, publicationsJson, publicationText } from "../report.ts";
import { count, plural, type Terminal, table } from "../terminal.ts";

interface Options {
  channels?: string[];
  at?: Date;
  dryRun?: boolean;
  detach?: boolean;
  plan?: string;
  changedSince?: string;
}

export const publishCommand: Registration = (program, run) => {
  program
    .command("publish")
    .argument("[posts...]", "Markdown files")
    .description("send posts to every channel, each reader once; a second run sends nothing again")
    .option("--channels <names>", "only these, separated by commas", commaSeparated)
    .option("--at <time>", "not before this time (ISO 8601)", isoTime)
    .option("--dry-run", "say what would happen and do nothing")
    .option("--plan <hash>", "only if the plan is still the one that `postrider plan` showed")
    .option("--changed-since <ref>", "the posts that git knows to have changed since then, instead of named ones")
    .option("--detach", "leave the sending to `postrider worker` and don't wait")
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
  const site = await context.site();
  const channels = channelsNamed(site, options.channels);
  const named = options.changedSince === undefined ? paths : await changedPosts(site, options.changedSince);
  if (named.length === 0) {
    if (context.terminal.json) context.terminal.printJson({ publications: [] });
    context.terminal.note(`No post has changed since ${options.changedSince}.`);
    return exit.ok;
  }
  const found = await Promise.all(named.map((path) => site.content.read(path)));
  for (const reading of found) complainAbout(context, reading);
  if (found.every(isRefused)) {
    if (context.terminal.json) context.terminal.printJson({ publications: [], refused: refusedJson(found) });
    return exit.trouble;
  }
  await using app = await context.app(site, channels);
  const readings = await recognised(found, app);
  const ready = readings.filter((reading) => !isRefused(reading));
  const refused = readings.length - ready.length;
  if (options.plan !== undefined)
    await holdToPlan(options.plan, readings, channels, { ...app, ...unlessNamed(site, options.channels) });
  if (options.dryRun) return (await dryRun(context, app, ready, channels)) || Number(refused > 0);
  const reports = await send(context, site, app, ready, channels, options);
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
  { notMailed }: ReturnType<typeof unlessNamed>,
): Channel[] {
  return channels.filter((channel) => {
    const reason = notMailed?.(post, channel) ?? "";
    if (reason)
      terminal.note(`${channel.name}: left out: ${reason}; --channels ${channel.name} sends it all the same.`);
    return reason === "";
  });
}

/** A post whose file was renamed is the one that it was. */
async function recognised(readings: readonly Reading[], app: App): Promise<Reading[]> {
  const posts = await app.recognise(readings.flatMap(({ post }) => post ?? []));
  return readings.map((reading) => {
    const post = reading.post && posts.find(({ path }) => path === reading.post?.path);
    return post ? { ...reading, post } : reading;
  });
}

/** @throws PostriderError `conflict` where something is different from what was shown */
async function holdToPlan(
  hash: string,
  readings: readonly Reading[],
  channels: readonly Channel[],
  ports: PlanPorts,
): Promise<void> {
  const posts = readings.flatMap(({ post }) => post ?? []);
  const plan = await planPublication(posts, channels, ports);
  if (plan.hash === hash) return;
  throw new PostriderError(
    "conflict",
    `Things are not as they were planned: the plan is now ${plan.hash}, and not ${hash}`,
    {
      hint: "A post, a template, a setting or the audience has changed; `postrider plan` with the same arguments shows what would happen now.",
    },
  );
}

/** Errors always; warnings are counted, since `check` shows them. */
function complainAbout({ terminal, options }: Context, { path, post, diagnostics }: Reading): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  for (const diagnostic of options.verbose ? diagnostics : errors)
    terminal.note(diagnosticLine(terminal, path, diagnostic));
  if (errors.length > 0 || !post) terminal.note(`${shortPath(path)}: held back; nothing of it was sent`);
  else if (post.status === "draft") terminal.note(`${shortPath(path)}: is a draft; nothing of it was sent`);
  else if (diagnostics.length > 0)
    terminal.note(`${shortPath(path)}: ${plural(diagnostics.length, "warning")}; \`postrider check\` shows them`);
}

async function send(
  context: Context,
  site: SiteContext,
  app: App,
  readings: readonly Reading[],
  channels: readonly Channel[],
  options: Options,
): Promise<PublicationReport[]> {
  const { terminal, signals } = context;
  const fenced = await app.fence();
  const workers = options.detach || fenced ? null : await app.startWorkers(channels, signals.abort);
  try {
    const posts: string[] = [];
    for (const { post } of readings) {
      if (!post) continue;
      const now = site.clock.now();
      const mine = wanted(terminal, post, channels, unlessNamed(site, options.channels));
      if (mine.length === 0) continue;
      const published = await publish(
        { post, channels: mine, actor: "cli", now, ...(options.at && { at: options.at }) },
        app,
      );
      posts.push(published.postId);
      terminal.note(decision(published, post, options.detach ?? false));
    }
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
        `\n${plural(open, "delivery", "deliveries")} still to be sent: the same command again goes on where this stopped.`,
      );
    return reports;
  } finally {
    await workers?.[Symbol.asyncDispose]();
  }
}

/** A mailing to nobody is a decision, too: who joins later does not get old posts by itself. */
function emptyAudiences(report: PublicationReport, channels: readonly Channel[]): string[] {
  return channels.flatMap(({ name, list }) => {
    const channel = report.channels[name];
    if (!list || !channel || channel.scheduledFor || channel.gate || channel.freezing) return [];
    if (Object.values(channel.counts).some((number) => number > 0)) return [];
    return `${name}: nobody was on the list "${list}", so there was no mail to send. Once people are on it, \`postrider republish\` with --channels ${name} --mode repost sends them this post.`;
  });
}

/** What this run decided, in a sentence. */
function decision(
  { fresh, resumed, unchanged, cancelled, later, closed }: Published,
  post: Post,
  detached: boolean,
): string {
  const how = "a running `postrider worker` sends it then, or the same command afterwards";
  const [first] = later;
  const one = first && later.every(({ at }) => at.getTime() === first.at.getTime());
  if (one && later.length === fresh.length + unchanged.length + resumed.length + cancelled.length)
    return `Scheduled for ${first.at.toISOString()}: ${how}.`;
  const waiting = new Set(later.map(({ channel }) => channel));
  const now = fresh.filter((name) => !waiting.has(name));
  const times = later.map(({ channel, at }) => `${channel} at ${at.toISOString()}`);
  const had = unchanged.filter((name) => !waiting.has(name));
  const parts = [
    now.length > 0 && `${detached ? "Queued for" : "Publishing to"} ${now.join(", ")}`,
    times.length > 0 && `scheduled for ${times.join(", ")}: ${how}`,
    resumed.length > 0 && `going on with ${resumed.join(", ")}`,
    closed.length > 0 && `kept out of ${closed.join(", ")}: it is not for everybody (${post.limited})`,
    cancelled.length > 0 &&
      `cancelled for ${cancelled.join(", ")}: \`postrider republish --mode repost\` sends it there on purpose`,
    had.length > 0 && `already published to ${had.join(", ")}: nothing is sent twice`,
  ];
  const sentence = parts.filter(Boolean).join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function unsent(report: PublicationReport): number {
  return Object.values(report.channels).reduce((sum, { counts }) => sum + counts.pending + counts.retrying, 0);
}

async function dryRun(
  { terminal }: Context,
  app: App,
  readings: readonly Reading[],
  channels: readonly Channel[],
): Promise<number> {
  const plans = [];
  for (const { post } of readings) {
    if (!post) continue;
    const [known] = await app.ledger.report(post.id);
    const rows = [];
    for (const channel of channels) {
      const earlier = known?.channels[channel.name];
      const audience = await app.ledger.audienceOf(channel, post);
      rows.push({
        channel: channel.name,
        adapter: channel.adapter,
        send: isClosed(channel, post)
          ? 0
          : earlier
            ? earlier.counts.pending + earlier.counts.retrying
            : audience.pending,
        suppressed: earlier ? earlier.counts.suppressed : audience.suppressed,
        published: Boolean(earlier),
        closed: isClosed(channel, post),
      });
    }
    plans.push({
      post: post.id,
      title: post.title,
      url: post.url,
      revision: post.revision,
      status: post.status,
      channels: rows,
    });
  }
  if (terminal.json) terminal.printJson({ plan: plans });
  for (const plan of plans) {
    terminal.print(`\n${terminal.style("bold", plan.title)}\n${terminal.style("dim", plan.url)}\n`);
    const columns = [
      { title: "channel" },
      { title: "adapter" },
      { title: "would send", align: "right" as const },
      { title: "suppressed", align: "right" as const },
      { title: "" },
    ];
    const rows = plan.channels.map((row) => [
      row.channel,
      row.adapter,
      count(row.send),
      count(row.suppressed),
      row.closed
        ? "not for everybody"
        : row.published
          ? "published already"
          : plan.status === "scheduled"
            ? "once its date has come"
            : "",
    ]);
    terminal.print(table(terminal, columns, rows));
  }
  terminal.print("\nNothing was sent.");
  return exit.ok;
}

function isoTime(value: string): Date {
  const time = new Date(value);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError("expected a time with its zone, such as 2027-01-05T09:00:00Z");
  return time;
}
