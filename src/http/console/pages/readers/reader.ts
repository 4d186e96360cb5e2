/** `/console/readers/{id}`: what a reader got, what they did not get and why, their lists and their consent. */

import type { ListedDelivery } from "#core/listings/delivery-list.ts";
import type { ListedBounce } from "#core/listings/reader-list.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import type { Subscriber } from "#core/readers/subscriber.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { pageCampaigns } from "#desk/campaigns/read.ts";
import { listDeliveries } from "#desk/deliveries/list.ts";
import { forgetReaderById, removeReaderById } from "#desk/readers/by-id.ts";
import { pageBounces, showReaderById } from "#desk/readers/pages.ts";
import { suppressAddress, unsuppressAddress } from "#desk/readers/suppress.ts";
import { button, form, textField } from "../../parts/form.ts";
import { asCommand, facts, nextPage, table } from "../../parts/table.ts";
import { pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Pages, text } from "../../shell/serve.ts";
import { channelFilter } from "../sending/deliveries.ts";

type Reader = Subscriber & { id: string };

const mostShown = 50;
const mostMailings = 25;

export function readerPages(pages: Pages): void {
  pages.page("/readers/:reader", async (asking) => {
    const reader = await asking.ask(showReaderById, { subscriber: asking.named("reader") });
    const subscriber = reader.id;
    const cursor = asking.named("cursor");
    const got = await asking.ask(listDeliveries, {
      ...{ subscriber, limit: mostShown },
      ...channelFilter(asking),
      ...(cursor && { cursor }),
    });
    const { items: bounces } = await asking.ask(pageBounces, { subscriber, limit: 20 });
    const { items: campaigns } = await asking.ask(pageCampaigns, { limit: mostMailings });
    return {
      title: reader.address || "A forgotten reader",
      above: { name: "Readers", path: "/console/readers" },
      main: html`${whoTheyAre(reader)}
<section><h2>Lists</h2>${lists(reader, asking)}</section>
${reader.suppressions.length > 0 && html`<section><h2>Suppressed</h2>${suppressions(reader, asking)}</section>`}
<section><h2>What they got</h2>${deliveries(got.items, asking)}${nextPage(new URL(asking.context.req.url), got.next)}</section>
${missed(reader, campaigns, got.items, asking)}
${bounces.length > 0 && html`<section><h2>Bounces</h2>${bounceTable(bounces, asking)}</section>`}
${acts(reader, asking)}
${asCommand(`postrider subscribers show ${reader.address}`)}`,
    };
  });
  changePages(pages);
}

function whoTheyAre({ name, language, attributes = {}, lists: all, suppressions: kept }: Reader): Markup {
  const getsMail = all.some((each) => each.state === "confirmed") && !kept.some(({ list }) => list === undefined);
  return html`<p>${getsMail ? state("ok", "gets email") : state("suppressed", "gets no email")}</p>
${facts([
  ...(name ? [["Name", name] as const] : []),
  ...(language ? [["Language", language] as const] : []),
  ...Object.entries(attributes).map(([key, value]) => [key, String(value)] as const),
])}`;
}

function lists({ id, lists: all }: Reader, asking: Asking): Markup {
  const rows = all.map(({ name, state: now, since, source, frequency }) => [
    html`<a href="/console/readers?list=${encodeURIComponent(name)}">${name}</a>`,
    html`${state(now)} <span class="quiet">since ${asking.clock.time(since)}</span>`,
    source,
    frequency === "each" ? "each email" : frequency,
    now === "confirmed" &&
      form(
        asking,
        `${pathOf("readers", id)}/removal`,
        html`<input type="hidden" name="list" value="${name}"><button type="submit" class="plain">Unsubscribe from ${name}</button>`,
      ),
  ]);
  return table("Lists", ["List", "State", "Proof of consent", "Frequency", "Change"], rows, "They are on no list.");
}

function suppressions({ id, suppressions: all }: Reader, asking: Asking): Markup {
  const rows = all.map(({ reason, list, since, evidence }) => [
    state("suppressed", reason),
    list ?? "all lists",
    asking.clock.time(since),
    evidence,
    reason !== "unsubscribe" && reason !== "forgotten"
      ? form(
          asking,
          `${pathOf("readers", id)}/lift`,
          html`<input type="hidden" name="list" value="${list ?? ""}">${textField({ name: "reason", label: "Reason to lift it", required: true })}${button("Lift this suppression")}`,
        )
      : html`<span class="quiet">Only they can change this.</span>`,
  ]);
  return table("Suppressions", ["Why", "List", "Since", "Evidence", "Change"], rows);
}

function deliveries(items: readonly ListedDelivery[], { clock }: Asking): Markup {
  const rows = items.map(({ id, post, channel, state: now, failure, ...rest }) => [
    html`<a href="${pathOf("posts", post)}">${post}</a>`,
    channel,
    html`<a href="${pathOf("deliveries", id)}">${state(now)}</a>`,
    clock.time(rest.settledAt ?? rest.intentAt ?? rest.createdAt),
    failure?.message,
  ]);
  return table("Deliveries", ["Post", "Channel", "State", "When", "Answer"], rows, "Nothing was sent to them yet.");
}

/** The newest mailings in which they have no delivery, and what keeps them out now. */
function missed(reader: Reader, campaigns: readonly Campaign[], got: readonly ListedDelivery[], { clock }: Asking) {
  const had = new Set(got.map(({ campaign, channel }) => `${campaign} ${channel}`));
  const rows = campaigns
    .filter(({ id, channel, list, startedAt }) => list && startedAt && !had.has(`${id} ${channel}`))
    .map((each) => [
      html`<a href="${pathOf("campaigns", each.id)}">${each.title}</a>`,
      each.channel,
      clock.time(each.startedAt),
      whyNot(reader, each, clock.text),
    ]);
  if (rows.length === 0) return null;
  return html`<section><h2>What they did not get</h2><p class="quiet">Of the newest mailings. The reason is what keeps them out today.</p>${table("Mailings without them", ["Mailing", "Channel", "Begun", "Why"], rows)}</section>`;
}

function whyNot(
  { lists: all, suppressions: kept }: Reader,
  { list, startedAt }: Campaign,
  shown: (at: Date) => string,
): string {
  const blocked = kept.find((each) => each.list === undefined || each.list === list);
  const own = all.find(({ name }) => name === list);
  if (!own) return `They are not on the list ${list}.`;
  const since = `since ${shown(own.since)}`;
  if (own.state !== "confirmed") return `On the list ${list} they are ${own.state}, ${since}.`;
  if (startedAt && own.since > startedAt) return `They joined the list ${list} later: confirmed ${since}.`;
  if (blocked) return `Suppressed: ${blocked.reason}, since ${shown(blocked.since)}.`;
  if (own.frequency !== "each") return `They want at most one email in this time: ${own.frequency}.`;
  return "They were left out: outside of the segment, or they had it from elsewhere. The campaign has the numbers.";
}

function bounceTable(bounces: readonly ListedBounce[], { clock }: Asking): Markup {
  const rows = bounces.map(({ at, kind, status, why, effect, delivery }) => [
    clock.time(at),
    html`${kind}${status && html` <span class="quiet">${status}</span>`}`,
    why,
    effect,
    delivery && html`<a href="${pathOf("deliveries", delivery)}">${delivery}</a>`,
  ]);
  return table("Bounces", ["When", "Kind", "Why", "Effect", "Delivery"], rows);
}

function acts({ id, address }: Reader, asking: Asking): Markup | null {
  if (!address) return null;
  const path = pathOf("readers", id);
  return html`<section><h2>Change</h2><div class="actions">
<details class="act"><summary class="button">Suppress…</summary><p>They get no email from any list until somebody lifts it. Their subscriptions stay.</p>${form(
    asking,
    `${path}/suppression`,
    html`${textField({ name: "reason", label: "Reason, for the log", required: true })}${button("Suppress all email")}`,
  )}</details>
<details class="act"><summary class="button danger">Forget…</summary><p>Their data is erased, except for a hash that keeps them from being imported again. This can’t be undone.</p>${form(
    asking,
    `${path}/erasure`,
    html`${textField({ name: "address", label: "Type the address to confirm", required: true })}${button("Forget this reader", "danger")}`,
  )}</details></div></section>`;
}

function changePages(pages: Pages): void {
  const readerOf = (asking: Asking) => asking.ask(showReaderById, { subscriber: asking.named("reader") });
  const back = (asking: Asking, done: string): string => `${pathOf("readers", asking.named("reader"))}?done=${done}`;
  pages.form("/readers/:reader/removal", async (asking, fields) => {
    const list = text(fields, "list");
    await asking.ask(removeReaderById, { subscriber: asking.named("reader"), ...(list && { list }) });
    return back(asking, "removed");
  });
  pages.form("/readers/:reader/suppression", async (asking, fields) => {
    const { address } = await readerOf(asking);
    await asking.ask(suppressAddress, { address, reason: text(fields, "reason") });
    return back(asking, "changed");
  });
  pages.form("/readers/:reader/lift", async (asking, fields) => {
    const { address } = await readerOf(asking);
    const list = text(fields, "list");
    await asking.ask(unsuppressAddress, { address, reason: text(fields, "reason"), ...(list && { list }) });
    return back(asking, "lifted");
  });
  pages.form("/readers/:reader/erasure", async (asking, fields) => {
    const { address } = await readerOf(asking);
    if (text(fields, "address").toLowerCase() !== address.toLowerCase())
      return {
        title: "The address is not the same",
        status: 422,
        above: { name: "The reader", path: pathOf("readers", asking.named("reader")) },
        main: html`<p class="problem">Nothing was erased. Type the reader’s address exactly.</p>`,
      };
    await asking.ask(forgetReaderById, { subscriber: asking.named("reader") });
    return "/console/readers?done=forgotten";
  });
}
