/** `plan`: what publishing would do, in full. `publish --plan` with its hash does exactly that, or stops. */

import { channelsNamed } from "#app.ts";
import type { PlannedChannel, PlannedPost, PublishPlan } from "#core/plan.ts";
import type { Post } from "#core/post.ts";
import { planPublication } from "#pipeline/plan.ts";
import { commaSeparated, isoTime } from "../arguments.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { diagnosticLine } from "../diagnostics.ts";
import { diffText } from "../diff-text.ts";
import { count, plural, type Terminal } from "../terminal.ts";
import { unlessNamed } from "../unless-named.ts";

export const planCommand: Registration = (program, run) => {
  program
    .command("plan")
    .argument("<post...>", "Markdown files")
    .option("--channels <names>", "only these, separated by commas", commaSeparated)
    .option("--at <time>", "not before this time (ISO 8601, or now)", isoTime)
    .description("say what publishing would do: to whom, who is left out and why, what it would look like")
    .addHelpText(
      "after",
      `
Examples:
  postrider plan content/posts/hello.md
  postrider publish content/posts/hello.md --plan 2f9c0d5e1b7a4c38`,
    )
    .action(run(plan));
};

interface Options {
  channels?: string[];
  at?: Date;
}

async function plan(context: Context, paths: string[], { channels: names, at }: Options): Promise<number> {
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
  const ports = { ...app, ...unlessNamed(site, names) };
  const planned = await planPublication(await app.recognise(posts), channels, times, ports);
  if (terminal.json) terminal.printJson({ plan: planned });
  else terminal.print(planText(terminal, planned));
  return unreadable > 0 || planned.posts.some(({ status }) => status === "held") ? exit.trouble : exit.ok;
}

function planText(terminal: Terminal, { hash, posts }: PublishPlan): string {
  const idle = posts.every(({ channels }) => channels.every(({ action }) => action === "none"));
  const last = idle
    ? "Nothing would be sent."
    : `To do exactly this: postrider publish … --plan ${terminal.style("bold", hash)}`;
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
    reschedule: `${plural(audience.recipients, "recipient")}: moved from ${step.from ?? "when its page is there"} to ${at ?? "now"}`,
    resume: `${plural(audience.recipients, "recipient")} left over from an earlier run`,
    none: reason ? `nothing: ${reason}` : "nothing",
  }[action];
  const when = [at && `${afterMs === undefined ? "" : "about "}${at}`, gated && "when its page is there"];
  const time = when.filter(Boolean).join(", ");
  const drawn = step.medium === "email" ? ", to who is on the list then" : "";
  const shown = action === "none" ? [] : [subject && `subject: ${subject}`, `${count(Math.ceil(bytes / 1024))} KB`];
  const words = action === "none" || text === undefined ? [] : text.split("\n").map((line) => `    ${line}`);
  return [
    `  ${terminal.style("bold", channel)}  ${[who, ...shown].filter(Boolean).join(" · ")}`,
    ...(time ? [`    goes ${time}${drawn}`] : []),
    ...words,
    ...(diff.length > 0
      ? [`    what is out says something else; ${nextMove(step)}:`, ...diffText(terminal, diff)]
      : []),
  ].join("\n");
}

function nextMove({ medium }: PlannedChannel): string {
  return medium === "email"
    ? "a mail can't be edited, `postrider republish --correction` puts it right"
    : "`postrider republish --mode update` shows it";
}
