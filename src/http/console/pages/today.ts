/** `/console`: what needs somebody, what goes out next, and what went out. */

import type { ListedPublication } from "#core/listings/site-list.ts";
import { html, type Markup, type Value } from "#core/posts/markup.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { listCampaigns } from "#desk/campaigns/read.ts";
import { listDeliveries } from "#desk/deliveries/list.ts";
import { listEditions, listJobs } from "#desk/jobs/read.ts";
import { listPublications } from "#desk/posts/pages.ts";
import { listChannels } from "#desk/site/pages.ts";
import { count, pathOf, plural, state } from "../parts/words.ts";
import type { Asking } from "../shell/asking.ts";
import type { Pages } from "../shell/serve.ts";
import { setUpSteps } from "./set-up.ts";

const mostShown = 8;

export function todayPage(pages: Pages): void {
  pages.page("/", async (asking) => {
    const campaigns = (await asking.ask(listCampaigns, {})).campaigns;
    const waiting = await needs(asking, campaigns);
    const next = await upcoming(asking, campaigns);
    const went = await asking.ask(listPublications, { limit: mostShown });
    return {
      title: "Today",
      isLive: true,
      main: html`${await setUpSteps(asking)}
<section><h2>Needs somebody</h2>${
        waiting.length === 0
          ? html`<p class="calm">Nothing waits for you.${next.length === 0 && html` Nothing is scheduled.`}</p>`
          : html`<ul class="tasks">${waiting.map((each) => html`<li>${each}</li>`)}</ul>`
      }</section>
${running(campaigns)}
<section><h2>Goes out next</h2>${
        next.length === 0
          ? html`<p class="empty">Nothing is scheduled. <a href="/console/posts">Choose a post</a> and publish it now or later.</p>`
          : html`<ul class="agenda">${next.slice(0, mostShown).map(({ line }) => html`<li>${line}</li>`)}</ul>`
      }</section>
<section><h2>Went out</h2>${wentOut(went.items, asking)}</section>`,
    };
  });
}

/** One sentence for each thing that needs somebody, with the link to do it. */
async function needs(asking: Asking, campaigns: readonly Campaign[]): Promise<Markup[]> {
  const [uncertain, channels, editions, jobs] = await Promise.all([
    asking.askIfAllowed(listDeliveries, { state: "uncertain", limit: 100 }),
    asking.askIfAllowed(listChannels, { limit: 200 }),
    asking.askIfAllowed(listEditions, {}),
    asking.askIfAllowed(listJobs, {}),
  ]);
  const doubts = uncertain?.items.length ?? 0;
  const many = uncertain?.next ? `${count(doubts)} or more deliveries` : plural(doubts, "delivery", "deliveries");
  return [
    ...(doubts > 0
      ? [
          html`${state("uncertain")} <a href="/console/uncertain">${many}</a> may or may not have arrived. Decide about them.`,
        ]
      : []),
    ...campaigns
      .filter((campaign) => campaign.state === "paused" || campaign.state === "stopped")
      .map(
        (campaign) =>
          html`${state(campaign.state)} <a href="${pathOf("campaigns", campaign.id)}">${campaign.title}</a> on ${campaign.channel}${campaign.reason && `: ${campaign.reason}`}`,
      ),
    ...(channels?.items ?? [])
      .filter(({ health }) => health !== "ok" && health !== "paused")
      .map(({ name, health, problem }) => html`${state(health)} <a href="/console/channels">${name}</a>: ${problem}`),
    ...(editions?.editions ?? [])
      .filter((edition) => edition.state === "waiting")
      .map(
        ({ job, number, title }) =>
          html`${state("waiting")} The edition <a href="${pathOf("editions", job, number)}">${title}</a> waits for a review.`,
      ),
    ...(jobs?.jobs ?? []).flatMap(({ job, trouble }) =>
      trouble
        ? [html`${state("failed")} The job <a href="${pathOf("jobs", job.name)}">${job.name}</a>: ${trouble.failure}`]
        : [],
    ),
    ...(jobs?.problems ?? []).map(({ message }) => html`${state("error")} A job file has a mistake: ${message}`),
  ];
}

function running(campaigns: readonly Campaign[]): Markup | null {
  const now = campaigns.filter(({ state: now }) => now === "sending" || now === "freezing");
  if (now.length === 0) return null;
  return html`<section><h2>Going out now</h2><ul class="agenda">${now.map(
    ({ id, title, channel, counts, perSecond }) => {
      const all = Object.values(counts).reduce((sum, number) => sum + number, 0);
      return html`<li><a href="${pathOf("campaigns", id)}">${title}</a> on ${channel}: ${count(counts.accepted)} of ${count(all)} accepted, ${count(Math.round(perSecond))} a second</li>`;
    },
  )}</ul></section>`;
}

interface Upcoming {
  at: Date;
  line: Value;
}

async function upcoming(asking: Asking, campaigns: readonly Campaign[]): Promise<Upcoming[]> {
  const { clock } = asking;
  const jobs = await asking.askIfAllowed(listJobs, {});
  const scheduled = campaigns.flatMap(({ state: now, scheduledFor, id, title, channel }) =>
    now === "scheduled" && scheduledFor
      ? [
          {
            at: scheduledFor,
            line: html`${clock.timeAway(scheduledFor)} <a href="${pathOf("campaigns", id)}">${title}</a> on ${channel}`,
          },
        ]
      : [],
  );
  const due = (jobs?.jobs ?? [])
    .filter(({ job }) => job.kind !== "maintenance")
    .flatMap(({ job, next: [at] }) =>
      at
        ? [
            {
              at,
              line: html`${clock.timeAway(at)} <a href="${pathOf("jobs", job.name)}">${job.description || job.name}</a>`,
            },
          ]
        : [],
    );
  return [...scheduled, ...due].sort((one, other) => one.at.getTime() - other.at.getTime());
}

function wentOut(items: readonly ListedPublication[], { clock }: Asking): Markup {
  if (items.length === 0)
    return html`<p class="empty">Nothing went out yet. <a href="/console/posts">Choose a post</a> to begin.</p>`;
  return html`<ul class="agenda">${items.map(
    ({ post, title, channels, createdAt, actor }) =>
      html`<li>${clock.time(createdAt)} <a href="${pathOf("posts", post)}">${title}</a> <span class="quiet">to ${channels.map(({ name }) => name).join(", ")} · by ${actor}</span></li>`,
  )}</ul>`;
}
