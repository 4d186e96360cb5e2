/** `/console/uncertain`: deliveries that may have arrived, and `/console/deliveries/{id}`: the evidence and the decision. */

import type { DeliveryEvent, ShownDelivery } from "#core/listings/delivery-list.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import { decideDelivery } from "#desk/deliveries/decide.ts";
import { listDeliveries, showDelivery } from "#desk/deliveries/list.ts";
import { retryDelivery } from "#desk/deliveries/retry.ts";
import { button, form, textField } from "../../parts/form.ts";
import { facts, nextPage, table } from "../../parts/table.ts";
import { pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Pages, text } from "../../shell/serve.ts";
import { deliveryTable } from "./deliveries.ts";

const mostShown = 50;

export function uncertainPages(pages: Pages): void {
  pages.page("/uncertain", async (asking) => ({
    title: "Uncertain",
    isLive: true,
    main: html`<p>These may have arrived: the connection or the process was lost after the text had been sent. They are never sent again by themselves. Open one to see the evidence and to decide.</p>
${await doubts(asking)}`,
  }));
  pages.page("/deliveries/:delivery", async (asking) => {
    const delivery = await asking.ask(showDelivery, { delivery: asking.named("delivery") });
    return {
      title: `Delivery ${delivery.id}: ${delivery.title}`,
      above: { name: "The campaign", path: pathOf("campaigns", delivery.campaign) },
      main: html`${evidence(delivery, asking)}
${decision(delivery, asking)}
<section><h2>What happened</h2>${table(
        "Events of this delivery",
        ["When", "What", "By", "Details"],
        delivery.events.map((each) => eventRow(each, asking)),
      )}</section>`,
    };
  });
  pages.form("/deliveries/:delivery/verdict", async (asking, fields) => {
    const delivery = asking.named("delivery");
    const verdict = text(fields, "verdict") as "arrived" | "send-again" | "leave";
    await asking.ask(decideDelivery, { delivery, verdict, reason: text(fields, "reason") });
    return `${pathOf("deliveries", delivery)}?done=decided`;
  });
  pages.form("/deliveries/:delivery/retry", async (asking, fields) => {
    const delivery = asking.named("delivery");
    await asking.ask(retryDelivery, { delivery, reason: text(fields, "reason") });
    return `${pathOf("deliveries", delivery)}?done=retried`;
  });
}

/** A person who is limited to channels sees those of each of them. */
async function doubts(asking: Asking): Promise<Markup> {
  if (asking.actor.limits?.lists)
    return html`<p class="empty">You are limited to lists, and a channel may send to several. Ask somebody without this limit to decide.</p>`;
  const cursor = asking.named("cursor");
  const named = asking.named("channel");
  const own = named ? [named] : (asking.actor.limits?.channels ?? [undefined]);
  const parts: Markup[] = [];
  for (const channel of own) {
    const asked = {
      state: "uncertain" as const,
      limit: mostShown,
      ...(channel && { channel }),
      ...(cursor && { cursor }),
    };
    const found = await asking.ask(listDeliveries, asked);
    const here = new URL(asking.context.req.url);
    if (channel) here.searchParams.set("channel", channel);
    parts.push(html`${channel && html`<h2>${channel}</h2>`}
${deliveryTable(found.items, asking, "Nothing is uncertain.")}${nextPage(here, found.next)}`);
  }
  return html`${parts}`;
}

function evidence(delivery: ShownDelivery, asking: Asking): Markup {
  const { clock } = asking;
  const { channel, list, failure, attempts, medium, post, url, subscriber, address } = delivery;
  const reader = subscriber
    ? html`<a href="${pathOf("readers", subscriber)}">${address ?? "forgotten"}</a>`
    : medium === "email" && "Your role does not show readers";
  return html`${facts([
    ["State", state(delivery.state)],
    ["Post", html`<a href="${pathOf("posts", post)}">${post}</a>`],
    ["Channel", html`${channel}${list && html` <span class="quiet">${list}</span>`}`],
    ...(reader ? [["Reader", reader] as const] : []),
    ["Decided to send", clock.time(delivery.intentAt)],
    ["Settled", clock.time(delivery.settledAt)],
    ["Attempts", String(attempts)],
    ...(delivery.dueAt && delivery.state === "retrying"
      ? [["Tried again", clock.timeAway(delivery.dueAt)] as const]
      : []),
    ...(medium === "email"
      ? [["Message-ID begins with", html`<code>${delivery.key.slice(0, 32)}</code>`] as const]
      : []),
    ["Answer of the other side", delivery.response ?? delivery.remoteId ?? "none"],
    ...(delivery.looks > 0 ? [["Looked for on the network", `${delivery.looks} times`] as const] : []),
    ...(url
      ? [
          [
            "Copy",
            /^https?:/.test(url) ? html`<a href="${url}" rel="noreferrer">${url}</a>` : html`<code>${url}</code>`,
          ] as const,
        ]
      : []),
  ])}
${failure && html`<p class="${delivery.state === "uncertain" ? "notice" : "problem"}">${failure.message} <span class="quiet">${failure.code}${failure.enhanced && ` ${failure.enhanced}`}</span></p>`}`;
}

function decision(delivery: ShownDelivery, asking: Asking): Markup | null {
  if (!asking.can("operate")) return null;
  const path = pathOf("deliveries", delivery.id);
  const { medium } = delivery;
  if (delivery.state === "uncertain")
    return html`<section class="decision"><h2>Did it arrive?</h2><p class="sentence">${medium === "email" ? "Look for the Message-ID in the relay’s log, then decide." : "Look at the account on the network, then decide."}</p>
${form(
  asking,
  `${path}/verdict`,
  html`${textField({ name: "reason", label: "How you know", hint: "Recorded with the delivery.", required: true })}<p class="actions">${button("It arrived", "", "verdict", "arrived")} ${button("It did not: send it again", "danger", "verdict", "send-again")} ${button("Leave it uncertain", "", "verdict", "leave")}</p>`,
)}</section>`;
  if (delivery.state === "refused")
    return html`<section class="decision"><h2>Try it again</h2>${form(
      asking,
      `${path}/retry`,
      html`${textField({ name: "reason", label: "Reason, for the log", required: true })}${button("Send it once more")}`,
    )}</section>`;
  return null;
}

function eventRow({ at, kind, actor, data }: DeliveryEvent, { clock }: Asking) {
  const details = Object.entries(data).map(([name, value]) => `${name}: ${detailText(value)}`);
  return [clock.time(at), kind, actor, details.join(" · ")];
}

function detailText(value: unknown): string {
  if (typeof value === "string") return value;
  const { message } = (value ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : JSON.stringify(value);
}
