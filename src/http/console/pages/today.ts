/** `/console`: what needs somebody, what goes out next, and what went out. */

import type { ListedPublication } from "#core/listings/site-list.ts";
import { html, type Markup, type Value } from "#core/posts/markup.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { pageCampaigns } from "#desk/campaigns/read.ts";
import { listDeliveries } from "#desk/deliveries/list.ts";
import { listJobs, pageEditions } from "#desk/jobs/read.ts";
import { listPublications } from "#desk/posts/pages.ts";
import { listChannels } from "#desk/site/pages.ts";
import { count, pathOf, plural, state } from "../parts/words.ts";
import type { Asking } from "../shell/asking.ts";
import type { Pages } from "../shell/serve.ts";
import { setUpSteps } from "./set-up.ts";

const mostShown = 8;
const mostCampaigns = 50;
const mostDoubts = 100;

export function todayPage(pages: Pages): void {
  pages.page("/", async (asking) => {
    const campaigns = (await asking.ask(pageCampaigns, { limit: mostCampaigns })).items;
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
    doubtsOf(asking),
    asking.askIfAllowed(listChannels, { limit: 200 }),
    asking.askIfAllowed(pageEditions, { state: "waiting", limit: 100 }),
    asking.askIfAllowed(listJobs, {}),
  ]);
  const { doubts, isMore } = uncertain;
  const many = isMore ? `${count(doubts)} or more deliveries` : plural(doubts, "delivery", "deliveries");
  return [
    ...(doubts > 0
      ? [
          html`${state("uncertain")} <a href="/console/uncertain">${many}</a> may or may not have arrived. Decide about them.`,
        ]
      : []),
    ...together(campaigns.filter((campaign) => campaign.state === "paused" || campaign.state === "stopped")).map(
      ([campaign, names]) =>
        html`${state(campaign.state)} <a href="${pathOf("campaigns", campaign.id)}">${campaign.title}</a> on ${names.join(", ")}${campaign.reason && `: ${campaign.reason}`}`,
    ),
    ...(channels?.items ?? [])
      .filter(({ health }) => health !== "ok" && health !== "paused")
      .map(({ name, health, problem }) => html`${state(health)} <a href="/console/channels">${name}</a>: ${problem}`),
    ...(editions?.items ?? []).map(
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

/** A person who is limited to channels may only ask for one of them at a time. */
async function doubtsOf(asking: Asking): Promise<{ doubts: number; isMore: boolean }> {
  const channels = asking.actor.limits?.channels ?? [undefined];
  const found = await Promise.all(
    channels.map((channel) =>
      asking.askIfAllowed(listDeliveries, { state: "uncertain", limit: mostDoubts, ...(channel && { channel }) }),
    ),
  );
  return {
    doubts: found.reduce((sum, page) => sum + (page?.items.length ?? 0), 0),
    isMore: found.some((page) => Boolean(page?.next)),
  };
}

/** One for each publication and state, with the names of its channels. */
function together(campaigns: readonly Campaign[]): [Campaign, string[]][] {
  const found = new Map<string, [Campaign, string[]]>();
  for (const each of campaigns) {
    const key = [each.id, each.state, each.reason, each.scheduledFor?.getTime()].join();
    const known = found.get(key);
    if (known) known[1].push(each.channel);
    else found.set(key, [each, [each.channel]]);
  }
  return [...found.values()];
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
  const scheduled = together(campaigns.filter((each) => each.state === "scheduled")).flatMap(
    ([{ scheduledFor, id, title }, names]) =>
      scheduledFor
        ? [
            {
              at: scheduledFor,
              line: html`${clock.timeAway(scheduledFor)} <a href="${pathOf("campaigns", id)}">${title}</a> on ${names.join(", ")}`,
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
