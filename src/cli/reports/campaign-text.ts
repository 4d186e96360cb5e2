/** Campaigns as a table, and one campaign as text. */

import { type Column, count, type Terminal, table } from "#cli/terminal/terminal.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { type DeliveryState, isSettled } from "#core/sending/delivery.ts";
import { duration } from "./progress.ts";
import { nobodyWorks } from "./report.ts";

export const isMoving = ({ state }: Campaign): boolean =>
  state === "sending" || state === "freezing" || state === "scheduled";

export function campaignTable(terminal: Terminal, campaigns: readonly Campaign[]): string {
  const columns: Column[] = [
    { title: "campaign" },
    { title: "channel" },
    { title: "post" },
    { title: "state" },
    { title: "accepted", align: "right" },
    { title: "of", align: "right" },
    { title: "begun" },
  ];
  const rows = campaigns.map((campaign) => [
    campaign.id.slice(0, 8),
    campaign.channel,
    campaign.post,
    isMoving(campaign) && !campaign.working ? `${campaign.state}, no worker` : campaign.state,
    count(campaign.counts.accepted),
    count(total(campaign)),
    (campaign.startedAt ?? campaign.scheduledFor ?? campaign.createdAt).toISOString().slice(0, 16),
  ]);
  return table(terminal, columns, rows);
}

export function campaignText(terminal: Terminal, campaign: Campaign): string {
  const { id, channel, title, state, reason, list: audience, counts, perSecond, secondsLeft, actor } = campaign;
  const settled = Object.entries(counts).reduce((sum, [key, n]) => sum + (isSettled(key as DeliveryState) ? n : 0), 0);
  const states = Object.entries(counts).filter(([, number]) => number > 0);
  return [
    terminal.style("bold", title),
    terminal.style("dim", `${id} · ${channel}${audience ? ` to ${audience}` : ""} · decided by ${actor}`),
    `  ${state}${reason ? `: ${reason}` : ""}`,
    ...states.map(([name, number]) => `  ${count(number).padStart(9)} ${name}`),
    ...(campaign.subjects?.sent ?? []).map(
      (number, at) =>
        `  ${count(number).padStart(9)} accepted with subject ${at + 1}${campaign.subjects?.chosen === at + 1 ? " (chosen)" : ""}`,
    ),
    ...engagementLines(campaign),
    ...(isMoving(campaign) && !campaign.working ? [terminal.style("yellow", `  ${nobodyWorks([channel])}`)] : []),
    `  ${count(settled)} of ${count(total(campaign))} finished · ${perSecond}/s${secondsLeft === null ? "" : ` · ${duration(secondsLeft)} left`}`,
  ].join("\n");
}

/** Shows both numbers: some emails that only a bot opened were also read, by people whose email program hides it. */
function engagementLines({ engagement }: Campaign): string[] {
  if (!engagement) return [];
  const { opened, prefetched, clicked, links } = engagement;
  const line = (number: number, what: string): string => `  ${count(number).padStart(9)} ${what}`;
  return [
    line(opened, `opened the email${prefetched > 0 ? `; ${count(prefetched)} more opened only by bots` : ""}`),
    line(clicked, "clicked a link"),
    ...links.map((link) => line(link.clicked, `  ${link.url}`)),
  ];
}

function total({ counts }: Campaign): number {
  return Object.values(counts).reduce((sum, number) => sum + number, 0);
}
