/** `/console/deliveries`: deliveries by campaign, state, domain or failure. */

import type { ListedDelivery } from "#core/listings/delivery-list.ts";
import { html, type Markup, type Value } from "#core/posts/markup.ts";
import { deliveryStates } from "#core/sending/delivery.ts";
import { listDeliveries } from "#desk/deliveries/list.ts";
import { button, choiceField, textField } from "../../parts/form.ts";
import { nextPage, table } from "../../parts/table.ts";
import { pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 50;
const names = ["campaign", "post", "channel", "state", "domain", "code", "text", "subscriber"] as const;

export function deliveriesPage(pages: Pages): void {
  pages.page("/deliveries", async (asking) => {
    const asked = Object.fromEntries(names.map((name) => [name, asking.named(name)]).filter(([, value]) => value));
    const filter: Record<string, string> = { ...asked, ...channelFilter(asking, asked["channel"]) };
    const cursor = asking.named("cursor");
    const found = await asking.ask(listDeliveries, {
      limit: mostShown,
      ...(filter as object),
      ...(cursor && { cursor }),
    });
    const { campaign, subscriber } = filter;
    return {
      title: "Deliveries",
      ...(campaign && { above: { name: "The campaign", path: pathOf("campaigns", campaign) } }),
      ...(subscriber && { above: { name: "The reader", path: pathOf("readers", subscriber) } }),
      main: html`${filterForm(asking, filter)}
${deliveryTable(found.items, asking, html`No delivery matches. <a href="/console/deliveries">All deliveries</a>`)}
${nextPage(new URL(asking.context.req.url), found.next)}`,
    };
  });
}

function filterForm(asking: Asking, filter: Readonly<Record<string, string>>): Markup {
  const own = asking.actor.limits?.channels;
  const channels = own ?? asking.ports.desk.configuredChannels().map(({ channel }) => channel.name);
  const pairs = (all: readonly string[]) => all.map((each) => [each, each] as const);
  const kept = ["campaign", "post", "subscriber", "code"].flatMap((name) =>
    filter[name] ? [html`<input type="hidden" name="${name}" value="${filter[name]}">`] : [],
  );
  return html`<form action="/console/deliveries" class="fields">${kept}
${choiceField("channel", "Channel", [...(own ? [] : [["", "All"] as const]), ...pairs(channels)], filter["channel"])}
${choiceField("state", "State", [["", "All"], ...pairs(deliveryStates)], filter["state"])}
${asking.can("readers") && textField({ name: "domain", label: "Domain of the address", value: filter["domain"] ?? "" })}
${textField({ name: "text", label: "Words of the answer", value: filter["text"] ?? "" })}
<p class="field">${button("Show")}</p></form>`;
}

/** A person who is limited to channels asks for one of them: the named one, or the first of theirs. */
export function channelFilter({ actor }: Pick<Asking, "actor">, named?: string): { channel?: string } {
  const channel = named || actor.limits?.channels?.[0];
  return channel ? { channel } : {};
}

/** @param empty - the sentence for no deliveries */
export function deliveryTable(items: readonly ListedDelivery[], { clock, can }: Asking, empty: Value): Markup {
  const seesReaders = can("readers");
  const rows = items.map(({ id, post, channel, state: now, subscriber, address, failure, ...rest }) => [
    html`<a href="${pathOf("deliveries", id)}">${id}</a>`,
    html`<a href="${pathOf("posts", post)}">${post}</a>`,
    channel,
    ...(seesReaders
      ? [subscriber ? html`<a href="${pathOf("readers", subscriber)}">${address ?? "forgotten"}</a>` : ""]
      : []),
    state(now),
    clock.time(rest.settledAt ?? rest.intentAt ?? rest.createdAt),
    failure?.message,
  ]);
  const titles = ["Delivery", "Post", "Channel", ...(seesReaders ? ["Reader"] : []), "State", "Last change", "Answer"];
  return table("Deliveries", titles, rows, empty);
}
