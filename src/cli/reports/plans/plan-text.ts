/** The plan as text: who gets the post, who is left out and why, and what it would look like. */

import { count, plural, type Terminal } from "#cli/terminal/terminal.ts";
import { hadSentence } from "#core/publishing/had-elsewhere.ts";
import type { PlannedChannel, PlannedPost, PublishPlan } from "#core/publishing/plan.ts";
import { diagnosticLine } from "../diagnostics.ts";
import { diffText } from "../diff-text.ts";

/** @param command - the command that does exactly this. */
export function planText(terminal: Terminal, { posts }: PublishPlan, command: string): string {
  const last = isIdle(posts)
    ? "Nothing would be sent."
    : `To do exactly this, run:\n  ${terminal.style("bold", command)}`;
  return [postsText(terminal, posts), last].join("\n\n");
}

export function postsText(terminal: Terminal, posts: readonly PlannedPost[]): string {
  return posts.map((post) => postText(terminal, post)).join("\n\n");
}

export function isIdle(posts: readonly PlannedPost[]): boolean {
  return posts.every(({ channels }) => channels.every(({ action }) => action === "none"));
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
  const left = Object.entries(audience.excluded).map(([name, number]) => `${count(number)} ${exclusionText(name)}`);
  const who = {
    send: `${plural(audience.recipients, "recipient")}${left.length > 0 ? `; left out: ${left.join(", ")}` : ""}`,
    reschedule: `${plural(audience.recipients, "recipient")}: moved from ${step.from ?? "when its page is online"} to ${at ?? "now"}`,
    resume: `${plural(audience.recipients, "recipient")} who did not get it in an earlier run`,
    none: reason ? `no action: ${reason}` : "no action",
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

/** Why people get no email, in words for reports. The ledger and the JSON documents keep the short names. */
const exclusions = new Map([
  ["had it elsewhere", "already received it from another service"],
  ["wanted less often", "chose to get fewer emails"],
]);

export function exclusionText(name: string): string {
  return exclusions.get(name) ?? name;
}

function nextMove({ medium }: PlannedChannel): string {
  return medium === "email"
    ? "an email can't be edited, send a correction with `postrider republish --correction`"
    : "`postrider republish --mode update` updates it";
}
