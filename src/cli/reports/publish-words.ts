/** The sentences of `publish` besides its table: held posts, decisions of this run, and mailings without readers. */

import { count, plural } from "#cli/terminal/terminal.ts";
import { PostriderError } from "#core/errors.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel, PublicationReport } from "#core/publishing/publication.ts";
import type { Published, Rescheduled } from "#core/publishing/publishing.ts";
import type { Context } from "../context.ts";
import { diagnosticLine, shortPath } from "./diagnostics.ts";

/** Errors always; warnings are counted, since `check` shows them. */
export function complainAbout({ terminal, options }: Context, { path, post, diagnostics }: Reading): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  for (const diagnostic of options.verbose ? diagnostics : errors)
    terminal.note(diagnosticLine(terminal, path, diagnostic));
  if (errors.length > 0 || !post) terminal.note(`${shortPath(path)}: held back; nothing was sent`);
  else if (post.status === "draft") terminal.note(`${shortPath(path)}: is a draft; nothing was sent`);
  else if (diagnostics.length > 0)
    terminal.note(`${shortPath(path)}: ${plural(diagnostics.length, "warning")}; \`postrider check\` shows them`);
}

/** Reports mailings that nobody got: people who join later do not get old posts automatically. */
export function emptyAudiences(report: PublicationReport, channels: readonly Channel[]): string[] {
  return channels.flatMap(({ name, list }) => {
    const channel = report.channels[name];
    if (!list || !channel || channel.scheduledFor || channel.gate || channel.freezing) return [];
    // It was cancelled or withdrawn before its audience was determined, so there is nothing to report.
    if (channel.cancelledAt || channel.withdrawnAt) return [];
    if (Object.values(channel.counts).some((number) => number > 0)) return [];
    const left = Object.entries(channel.excluded ?? {}).map(([reason, number]) => `${count(number)} ${reason}`);
    const who =
      left.length > 0
        ? `everybody on the list "${list}" was left out (${left.join(", ")})`
        : `nobody was on the list "${list}"`;
    return `${name}: ${who}, so no email was sent. To send this post when people have joined, run \`postrider republish\` with --channels ${name} --mode repost.`;
  });
}

interface Asked {
  at?: Date;
  detach?: boolean;
}

/** What this run decided, and what stays unchanged although the operator may expect a change. */
export function decision(published: Published, post: Post, asked: Asked): string[] {
  return [whatHappens(published, post, asked), ...whatStays(published)];
}

function whatHappens(published: Published, post: Post, { detach = false }: Asked): string {
  const { fresh, resumed, paused, unchanged, cancelled, withdrawn, later, closed, rescheduled } = published;
  const how = "a running `postrider worker` will send it; or run the same command again after that time";
  const [first] = later;
  const one = first && later.every(({ at }) => at.getTime() === first.at.getTime());
  const all = [...fresh, ...unchanged, ...resumed, ...paused, ...cancelled, ...withdrawn, ...rescheduled];
  if (one && later.length === all.length) return `Scheduled for ${first.at.toISOString()}: ${how}.`;
  const waiting = new Set(later.map(({ channel }) => channel));
  const now = fresh.filter((name) => !waiting.has(name));
  const times = later.map(({ channel, at }) => `${channel} at ${at.toISOString()}`);
  const had = unchanged.filter((name) => !waiting.has(name));
  const moved = [...Map.groupBy(rescheduled, wayOf)].map(
    ([way, channels]) => `${channels.map(({ channel }) => channel).join(", ")} ${way}`,
  );
  const parts = [
    now.length > 0 && `${detach ? "Queued for" : "Publishing to"} ${now.join(", ")}`,
    moved.length > 0 && `rescheduled: ${moved.join(", ")}`,
    times.length > 0 && `scheduled for ${times.join(", ")}: ${how}`,
    resumed.length > 0 && `continuing with ${resumed.join(", ")}`,
    paused.length > 0 && `paused on ${paused.join(", ")}: \`postrider campaigns resume\` sends the rest`,
    closed.length > 0 && `not published to ${closed.join(", ")}: it is not public (${post.limited})`,
    cancelled.length > 0 &&
      `cancelled for ${cancelled.join(", ")}: \`postrider republish --mode finish\` sends it to those who did not get it, \`--mode repost\` to everybody`,
    withdrawn.length > 0 &&
      `withdrawn from ${withdrawn.join(", ")}: not sent; \`postrider republish --mode repost\` sends it again`,
    had.length > 0 && `already published to ${had.join(", ")}: not sent again`,
  ];
  const sentence = parts.filter(Boolean).join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function wayOf({ from, to }: Rescheduled): string {
  return `${from ? `from ${from.toISOString()} ` : ""}to ${to?.toISOString() ?? "now"}`;
}

function whatStays({ revised, stale, begun, rescheduled }: Published): string[] {
  const lines = [
    revised.length > 0 && `The post was edited. ${revised.join(", ")} will send the new version.`,
    stale.length > 0 &&
      `The post was edited since it went to ${stale.join(", ")}. \`postrider republish --mode update\` updates feeds and notes; an email can't be changed.`,
    begun.length > 0 && rescheduled.length > 0 && `${begun.join(", ")}: already started, so --at has no effect there.`,
  ];
  return lines.filter((line) => line !== false);
}

/** An error if `--at` could not move anything: a success message would be wrong. */
export function nothingMoved(published: readonly Published[], { at }: Asked): PostriderError | null {
  const begun = published.flatMap((each) => each.begun);
  const some = published.some(({ fresh, rescheduled, later }) => fresh.length + rescheduled.length + later.length > 0);
  if (!at || begun.length === 0 || some) return null;
  return new PostriderError("conflict", `Nothing was rescheduled: sending has already started on ${begun.join(", ")}`, {
    hint: "`postrider status` shows what was sent; `postrider campaigns pause` and `cancel` stop the rest.",
  });
}
