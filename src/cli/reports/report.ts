/** Reports the deliveries of publications: as tables for people, as the contract's JSON for scripts. */

import { isAbsolute } from "node:path";
import { type Column, count, type Terminal, table } from "#cli/terminal/terminal.ts";
import type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
import type { Gate } from "#core/publishing/timing.ts";
import type { Counts, DeliveryState } from "#core/sending/delivery.ts";
import { shortPath } from "./diagnostics.ts";

/** States that are shown even if their count is 0. */
const always: readonly DeliveryState[] = ["accepted", "refused", "uncertain", "pending"];
const sometimes: readonly DeliveryState[] = ["sending", "retrying", "suppressed", "cancelled"];

/** Title, address, a table of channels, then what needs attention and where to look. */
export function publicationText(terminal: Terminal, report: PublicationReport): string {
  const channels = Object.entries(report.channels);
  const shown = [...always, ...sometimes.filter((state) => channels.some(([, { counts }]) => counts[state] > 0))];
  const columns: Column[] = [
    { title: "channel" },
    { title: "adapter" },
    ...shown.map((title): Column => ({ title, align: "right" })),
  ];
  const rows = channels.map(([name, { adapter, counts }]) => [
    name,
    adapter,
    ...shown.map((state) => styledCount(terminal, state, counts)),
  ]);
  const lines = [
    terminal.style("bold", report.title),
    terminal.style("dim", report.url),
    "",
    table(terminal, columns, rows),
  ];
  const details = channels.flatMap(([name, channel]) => channelDetails(terminal, name, channel));
  if (report.scheduledFor) details.unshift(`  scheduled for ${report.scheduledFor.toISOString()}`);
  else
    for (const [name, { scheduledFor }] of channels)
      if (scheduledFor) details.push(`  ${name}: goes at ${scheduledFor.toISOString()}`);
  const waiting = Map.groupBy(
    channels.filter(([, channel]) => isWaiting(channel)),
    ([, { publication }]) => publication,
  );
  for (const [id, held] of waiting) {
    const names = held.map(([name]) => name).join(", ");
    details.push(terminal.style("dim", `  postrider campaigns cancel ${id.slice(0, 8)} stops it on ${names}`));
  }
  if (details.length > 0) lines.push("", ...details);
  const ended = channels.filter(([, { withdrawnAt, cancelledAt }]) => withdrawnAt || cancelledAt);
  const open = channels.filter((channel) => !ended.includes(channel));
  if (open.some(([, { counts }]) => counts.refused + counts.uncertain > 0))
    lines.push(
      "",
      "  `postrider republish` sends refused and uncertain deliveries again; add --dry-run to see the plan first.",
    );
  if (ended.some(([, { withdrawnAt, counts }]) => !withdrawnAt && counts.accepted > 0 && counts.cancelled > 0))
    lines.push("", "  `postrider republish` with --mode finish sends it to everybody who did not get it.");
  return lines.join("\n");
}

/** @param channels - channels that have something to send. */
export function nobodyWorks(channels: readonly string[]): string {
  return `No worker is running for ${channels.join(", ")}. Start \`postrider worker\` or \`postrider serve\`; \`postrider publish\` also sends what is due.`;
}

function isWaiting({ scheduledFor, gate, cancelledAt }: ChannelReport): boolean {
  return !cancelledAt && Boolean(scheduledFor || gate);
}

const colours: Partial<Record<DeliveryState, "green" | "red" | "yellow">> = {
  accepted: "green",
  refused: "red",
  uncertain: "yellow",
  retrying: "yellow",
};

function styledCount(terminal: Terminal, state: DeliveryState, counts: Counts): string {
  const text = count(counts[state]);
  const colour = colours[state];
  return counts[state] > 0 && colour ? terminal.style(colour, text) : terminal.style("dim", text);
}

function channelDetails(terminal: Terminal, name: string, channel: ChannelReport): string[] {
  const lines = channel.links.map(
    (link) => `  ${name}: ${terminal.style("cyan", isAbsolute(link) ? shortPath(link) : link)}`,
  );
  for (const { state, code, message, count: number } of channel.failures)
    lines.push(`  ${name}: ${count(number)} ${state}: ${message} (${code})`);
  if (channel.stalled)
    lines.push(terminal.style("red", `  ${name}: stopped: ${channel.stalled.message} (${channel.stalled.code})`));
  if (channel.paused)
    lines.push(
      terminal.style("yellow", `  ${name}: paused: ${channel.paused.reason}; \`postrider campaigns resume\` continues`),
    );
  if (channel.withdrawnAt) lines.push(`  ${name}: withdrawn at ${channel.withdrawnAt.toISOString()}`);
  else if (channel.cancelledAt) lines.push(`  ${name}: cancelled at ${channel.cancelledAt.toISOString()}`);
  if (channel.gate) lines.push(gateLine(terminal, name, channel.gate));
  if (channel.freezing) lines.push(`  ${name}: the audience is still being written`);
  if (channel.nextAttemptAt) lines.push(`  ${name}: next try at ${channel.nextAttemptAt.toISOString()}`);
  return lines;
}

/** The page that a channel waits for. */
export function gateLine(terminal: Terminal, name: string, { said, over, until }: Gate): string {
  const page = said ? `: ${said}` : "";
  if (over)
    return terminal.style(
      "red",
      `  ${name}: not sent: the page was not online in time${page}. To wait again, publish again. To send without the page: \`postrider campaigns resume\``,
    );
  return terminal.style(
    "yellow",
    `  ${name}: waiting for the page to be online, until ${until.toISOString()} at most${page}`,
  );
}

/** Whether the operator should look: something was refused, is uncertain, or could not be sent. */
export function needsAttention(report: PublicationReport): boolean {
  return Object.values(report.channels).some(
    ({ counts, stalled, paused, scheduledFor, gate }) =>
      counts.refused + counts.uncertain > 0 ||
      Boolean(stalled || paused || gate?.over) ||
      (!scheduledFor && counts.pending + counts.retrying + counts.sending > 0),
  );
}
