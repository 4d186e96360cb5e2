/** `plan`: what publishing would do, in full. `publish --plan` with its hash does exactly that, or stops. */

import { channelsNamed } from "#app.ts";
import { diagnosticLine } from "#cli/reports/diagnostics.ts";
import { diffText } from "#cli/reports/diff-text.ts";
import { commaSeparated, isoTime } from "#cli/terminal/arguments.ts";
import { shellCommand } from "#cli/terminal/shell-quote.ts";
import { count, plural, type Terminal } from "#cli/terminal/terminal.ts";
import type { Post } from "#core/posts/post.ts";
import { hadSentence } from "#core/publishing/had-elsewhere.ts";
import type { PlannedChannel, PlannedPost, PublishPlan } from "#core/publishing/plan.ts";
import { planPublication } from "#pipeline/publishing/plan.ts";
import { segmentWarnings } from "#pipeline/publishing/segment-warnings.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { decisionHelp, decisionIn } from "../decision.ts";
import { unlessNamed } from "../unless-named.ts";

export const planCommand: Registration = (program, run) => {
  program
    .command("plan")
    .argument("<post...>", "Markdown files")
    .option("--channels <names>", "only these channels, separated by commas", commaSeparated)
    .option("--at <time>", "not before this time (ISO 8601, or now)", isoTime)
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

interface Options {
  channels?: string[];
  at?: Date;
  new?: boolean;
  sameAs?: string;
}

async function plan(context: Context, paths: string[], options: Options): Promise<number> {
  const { channels: names, at } = options;
  const decision = decisionIn(options, paths);
  const { terminal } = context;
  const site = await context.site();
  const channels = channelsNamed(site, names);
  const posts: Post[] = [];
  let unreadable = 0;
  for (const path of paths) {
    const { post, diagnostics } = await site.content.read(path);
    if (post) posts.push(post);
    else unreadable++;
    if (!post && !terminal.json)
      for (const diagnostic of diagnostics) terminal.note(diagnosticLine(terminal, path, diagnostic));
  }
  await using app = await context.app(site, channels);
  const times = { now: site.clock.now(), named: true, ...(at && { at }) };
  const known = await app.identify(posts, decision && { decision });
  for (const { name, sending } of channels)
    for (const warning of sending?.segment ? await segmentWarnings(sending.segment, app.subscribers) : [])
      terminal.note(`${terminal.style("yellow", "warning:")} ${name}: ${warning}`);
  const ports = { ...app, ...unlessNamed(site, names) };
  const planned = await planPublication(known, channels, times, ports);
  if (terminal.json) terminal.printJson({ plan: planned });
  else terminal.print(planText(terminal, planned, publishCommand(context, paths, options, planned.hash)));
  return unreadable > 0 || planned.posts.some(({ status }) => status === "held") ? exit.trouble : exit.ok;
}

/** With the same arguments: of others the plan is another one. */
function publishCommand(
  { options }: Context,
  paths: readonly string[],
  { channels, at, new: isNew, sameAs }: Options,
  hash: string,
): string {
  return shellCommand([
    "postrider",
    ...(options.config ? ["--config", options.config] : []),
    ...(options.data ? ["--data", options.data] : []),
    "publish",
    ...(channels ? ["--channels", channels.join(",")] : []),
    ...(at ? ["--at", at.toISOString()] : []),
    ...(isNew ? ["--new"] : []),
    ...(sameAs === undefined ? [] : ["--same-as", sameAs]),
    ...["--plan", hash],
    // A name that begins with a hyphen is no option.
    ...(paths.some((path) => path.startsWith("-")) ? ["--", ...paths] : paths),
  ]);
}

function planText(terminal: Terminal, { posts }: PublishPlan, command: string): string {
  const idle = posts.every(({ channels }) => channels.every(({ action }) => action === "none"));
  const last = idle ? "Nothing would be sent." : `To do exactly this, run:\n  ${terminal.style("bold", command)}`;
  return [...posts.map((post) => postText(terminal, post)), last].join("\n\n");
}

function postText(terminal: Terminal, { title, url, path, checks, channels }: PlannedPost): string {
  return [
    terminal.style("bold", title),
    terminal.style("dim", url),
    ...checks.map((check) => diagnosticLine(terminal, path, check)),
    ...channels.map((channel) => channelText(terminal, channel)),
  ].join("\n");
}

function channelText(terminal: Terminal, step: PlannedChannel): string {
  const { channel, action, reason, audience, at, afterMs, gated, subject, text, bytes, diff } = step;
  const left = Object.entries(audience.excluded).map(([reason, number]) => `${count(number)} ${reason}`);
  const who = {
    send: `${plural(audience.recipients, "recipient")}${left.length > 0 ? `; left out: ${left.join(", ")}` : ""}`,
    reschedule: `${plural(audience.recipients, "recipient")}: moved from ${step.from ?? "when its page is online"} to ${at ?? "now"}`,
    resume: `${plural(audience.recipients, "recipient")} remaining from an earlier run`,
    none: reason ? `nothing: ${reason}` : "nothing",
  }[action];
  const when = [at && `${afterMs === undefined ? "" : "about "}${at}`, gated && "when its page is online"];
  const time = when.filter(Boolean).join(", ");
  const drawn = step.medium === "email" ? ", to everybody on the list at that time" : "";
  const shown = action === "none" ? [] : [subject && `subject: ${subject}`, `${count(Math.ceil(bytes / 1024))} KB`];
  const words = action === "none" || text === undefined ? [] : text.split("\n").map((line) => `    ${line}`);
  return [
    `  ${terminal.style("bold", channel)}  ${[who, ...shown].filter(Boolean).join(" · ")}`,
    ...(audience.hadElsewhere ?? []).map((had) => `    left out: ${hadSentence(had)}`),
    ...(time ? [`    will be sent ${time}${drawn}`] : []),
    ...words,
    ...(diff.length > 0
      ? [`    the published version is different; ${nextMove(step)}:`, ...diffText(terminal, diff)]
      : []),
  ].join("\n");
}

function nextMove({ medium }: PlannedChannel): string {
  return medium === "email"
    ? "an email can't be edited, send a correction with `postrider republish --correction`"
    : "`postrider republish --mode update` updates it";
}
