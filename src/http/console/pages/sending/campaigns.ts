/** `/console/campaigns`: every mailing, the newest first. */

import { html, type Markup } from "#core/posts/markup.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { pageCampaigns } from "#desk/campaigns/read.ts";
import { button, choiceField } from "../../parts/form.ts";
import { asCommand, nextPage, table } from "../../parts/table.ts";
import { duration } from "../../parts/time.ts";
import { count, pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 25;

export function campaignsPage(pages: Pages): void {
  pages.page("/campaigns", async (asking) => {
    const [channel, post, cursor] = ["channel", "post", "cursor"].map(asking.named);
    const found = await asking.ask(pageCampaigns, {
      limit: mostShown,
      ...(channel && { channel }),
      ...(post && { post }),
      ...(cursor && { cursor }),
    });
    const isFiltered = Boolean(channel || post || cursor);
    return {
      title: "Campaigns",
      isLive: true,
      main: html`${filters(asking, channel ?? "")}
${table(
  "Campaigns",
  ["Post", "Channel", "State", "#Accepted", "#Refused", "#Uncertain", "#Still to send", "Begun"],
  found.items.map((each) => row(each, asking)),
  isFiltered
    ? html`No campaign matches. <a href="/console/campaigns">All campaigns</a>`
    : html`No email was published yet. <a href="/console/posts">Choose a post</a> to begin.`,
)}
${nextPage(new URL(asking.context.req.url), found.next)}
${asCommand("postrider campaigns list")}`,
    };
  });
}

function filters({ ports }: Asking, chosen: string): Markup | null {
  const names = ports.desk
    .configuredChannels()
    .flatMap(({ channel: { name, medium } }) => (medium === "email" ? [name] : []));
  if (names.length < 2) return null;
  const options = [["", "All channels"] as const, ...names.map((name) => [name, name] as const)];
  return html`<form action="/console/campaigns" class="fields">${choiceField("channel", "Channel", options, chosen)}<p class="field">${button("Show")}</p></form>`;
}

function row(
  { id, title, channel, list, state: now, counts, startedAt, scheduledFor, ...rest }: Campaign,
  { clock }: Asking,
) {
  const left = rest.secondsLeft === null ? "" : `${duration(rest.secondsLeft)} left`;
  return [
    html`<a href="${pathOf("campaigns", id)}">${title}</a>`,
    html`${channel}${list && html`<br><span class="quiet">${list}</span>`}`,
    html`${state(now)}${left && html`<br><span class="quiet">${left}</span>`}`,
    ...[counts.accepted, counts.refused, counts.uncertain, openOf(counts)].map((number) => count(number)),
    startedAt ? clock.time(startedAt) : html`${clock.time(scheduledFor)}`,
  ];
}

/** Deliveries that are not settled. */
export function openOf(counts: Campaign["counts"]): number {
  return counts.pending + counts.sending + counts.retrying;
}

export function isOpen({ counts, state: now }: Campaign): boolean {
  return now !== "cancelled" && (openOf(counts) > 0 || now === "scheduled" || now === "freezing");
}
