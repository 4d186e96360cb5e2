/** What `publish` says beside its table: what holds a post back, what this run decided, and which mailing is to nobody. */

import type { Reading } from "#core/content.ts";
import type { Post } from "#core/post.ts";
import type { Channel, PublicationReport } from "#core/publication.ts";
import type { Published } from "#pipeline/publish.ts";
import type { Context } from "./context.ts";
import { diagnosticLine, shortPath } from "./diagnostics.ts";
import { plural } from "./terminal.ts";

/** Errors always; warnings are counted, since `check` shows them. */
export function complainAbout({ terminal, options }: Context, { path, post, diagnostics }: Reading): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  for (const diagnostic of options.verbose ? diagnostics : errors)
    terminal.note(diagnosticLine(terminal, path, diagnostic));
  if (errors.length > 0 || !post) terminal.note(`${shortPath(path)}: held back; nothing of it was sent`);
  else if (post.status === "draft") terminal.note(`${shortPath(path)}: is a draft; nothing of it was sent`);
  else if (diagnostics.length > 0)
    terminal.note(`${shortPath(path)}: ${plural(diagnostics.length, "warning")}; \`postrider check\` shows them`);
}

/** A mailing to nobody is a decision, too: who joins later does not get old posts by itself. */
export function emptyAudiences(report: PublicationReport, channels: readonly Channel[]): string[] {
  return channels.flatMap(({ name, list }) => {
    const channel = report.channels[name];
    if (!list || !channel || channel.scheduledFor || channel.gate || channel.freezing) return [];
    if (Object.values(channel.counts).some((number) => number > 0)) return [];
    return `${name}: nobody was on the list "${list}", so there was no mail to send. Once people are on it, \`postrider republish\` with --channels ${name} --mode repost sends them this post.`;
  });
}

/** What this run decided, in a sentence. */
export function decision(
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
