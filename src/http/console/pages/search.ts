/** `/console/search`: posts, campaigns, readers and deliveries, by words, by id, and by qualifiers such as `state:uncertain`. */

import { PostriderError } from "#core/errors.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import type { DeliveryState } from "#core/sending/delivery.ts";
import { pageCampaigns } from "#desk/campaigns/read.ts";
import { listDeliveries, showDelivery } from "#desk/deliveries/list.ts";
import { listPostFiles } from "#desk/posts/files.ts";
import { pageReaders } from "#desk/readers/pages.ts";
import { table } from "../parts/table.ts";
import { pathOf, state } from "../parts/words.ts";
import type { Asking } from "../shell/asking.ts";
import type { Pages } from "../shell/serve.ts";
import { channelFilter, deliveryTable } from "./sending/deliveries.ts";

const mostShown = 10;
/** Newest campaigns that are looked through. */
const mostCampaigns = 200;
const qualifiers = ["state", "domain", "channel", "code", "campaign"] as const;

interface Question {
  words: string;
  /** Of deliveries. */
  filter: Partial<Record<(typeof qualifiers)[number], string>>;
}

export function searchPage(pages: Pages): void {
  pages.page("/search", async (asking) => {
    const question = read(asking.named("q"));
    const found = question.words || Object.keys(question.filter).length > 0 ? await search(asking, question) : [];
    return {
      title: "Search",
      main: html`${found.length > 0 ? found : html`<p class="empty">${asking.named("q") ? "Nothing was found." : "Type words, an id or an address into the field above."}</p>`}
<section><h2>What can be found</h2><ul>
<li>Posts by their path or title, campaigns by their title or id, readers by the beginning of their address.</li>
<li>Deliveries by their id, or by qualifiers: <code>state:uncertain</code>, <code>domain:outlook.com</code>, <code>channel:newsletter</code>, <code>code:550</code>, <code>campaign:</code> with an id. Several narrow the search.</li></ul></section>`,
    };
  });
}

function read(text: string): Question {
  const filter: Question["filter"] = {};
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => {
      const [name = "", ...rest] = word.split(":");
      const qualifier = qualifiers.find((each) => each === name.toLowerCase());
      if (!qualifier || rest.join(":") === "") return true;
      filter[qualifier] = rest.join(":");
      return false;
    });
  return { words: words.join(" "), filter };
}

async function search(asking: Asking, { words, filter }: Question): Promise<Markup[]> {
  const found =
    Object.keys(filter).length > 0
      ? [await deliveries(asking, filter, words)]
      : await Promise.all([
          oneDelivery(asking, words),
          posts(asking, words),
          campaigns(asking, words),
          readers(asking, words),
        ]);
  return found.filter((each) => each !== null);
}

async function deliveries(asking: Asking, filter: Question["filter"], text: string): Promise<Markup | null> {
  const { state: wanted, ...rest } = filter;
  const { items } = await asking.ask(listDeliveries, {
    ...{ limit: mostShown * 2, ...rest },
    ...(wanted && { state: wanted as DeliveryState }),
    ...channelFilter(asking, rest.channel),
    ...(text && { text }),
  });
  const more = new URLSearchParams({ ...filter, ...(text && { text }) }).toString();
  return html`<section><h2>Deliveries</h2>${deliveryTable(items, asking, "No delivery matches.")}${items.length > 0 && html`<p><a href="/console/deliveries?${more}">All of them</a></p>`}</section>`;
}

async function oneDelivery(asking: Asking, words: string): Promise<Markup | null> {
  if (!/^\d{1,18}$/.test(words)) return null;
  const delivery = await orNothing(asking.askIfAllowed(showDelivery, { delivery: words }));
  return delivery && html`<section><h2>Delivery</h2>${deliveryTable([delivery], asking, "")}</section>`;
}

async function posts(asking: Asking, words: string): Promise<Markup | null> {
  const found = await asking.askIfAllowed(listPostFiles, { text: words.slice(0, 200), limit: mostShown });
  if (!found || found.items.length === 0) return null;
  const rows = found.items.map(({ path, id, title, status }) => [
    html`<a href="${pathOf("posts", id ?? path)}">${title ?? path}</a>`,
    path,
    state(status),
  ]);
  return html`<section><h2>Posts</h2>${table("Posts", ["Post", "File", "State"], rows)}</section>`;
}

async function campaigns(asking: Asking, words: string): Promise<Markup | null> {
  const wanted = words.toLowerCase();
  const all = await asking.askIfAllowed(pageCampaigns, { limit: mostCampaigns });
  const found = (all?.items ?? []).filter(
    ({ id, title }) => id.startsWith(wanted) || title.toLowerCase().includes(wanted),
  );
  if (found.length === 0) return null;
  const rows = found
    .slice(0, mostShown)
    .map(({ id, title, channel, state: now, startedAt }) => [
      html`<a href="${pathOf("campaigns", id)}">${title}</a>`,
      channel,
      state(now),
      asking.clock.time(startedAt),
    ]);
  return html`<section><h2>Campaigns</h2>${table("Campaigns", ["Campaign", "Channel", "State", "Begun"], rows)}</section>`;
}

async function readers(asking: Asking, words: string): Promise<Markup | null> {
  if (!asking.can("readers") || /\s/.test(words)) return null;
  const list = asking.actor.limits?.lists?.[0];
  const address = words.toLowerCase();
  const found = await orNothing(asking.askIfAllowed(pageReaders, { address, limit: mostShown, ...(list && { list }) }));
  if (!found || found.items.length === 0) return null;
  const rows = found.items.map((each) => [
    html`<a href="${pathOf("readers", each.id)}">${each.address}</a>`,
    each.name,
  ]);
  return html`<section><h2>Readers</h2>${table("Readers", ["Address", "Name"], rows)}</section>`;
}

/** `null` for something that is not there, or that can't be the beginning of an address. */
async function orNothing<Found>(asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PostriderError && (error.code === "not_found" || error.code === "invalid")) return null;
    throw error;
  }
}
