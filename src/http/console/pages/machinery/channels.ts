/** `/console/channels`: where posts go, and whether each channel works. */

import { html } from "#core/posts/markup.ts";
import { type ChannelHealth, listChannels } from "#desk/site/pages.ts";
import { asCommand, nextPage, table } from "../../parts/table.ts";
import { count, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 50;

export function channelsPage(pages: Pages): void {
  pages.page("/channels", async (asking) => {
    const cursor = asking.named("cursor");
    const { items, next } = await asking.ask(listChannels, { limit: mostShown, ...(cursor && { cursor }) });
    return {
      title: "Channels",
      isLive: true,
      main: html`<p class="quiet">What is known without asking anybody. <code>postrider doctor</code> also signs in to each service, and reads the DNS records of the sender.</p>
${table(
  "Channels",
  ["Channel", "Adapter", "Health", "#Being sent", "Last publication"],
  items.map((each) => row(each, asking)),
  html`There are no channels. Add them to postrider.yaml under <code>channels</code>.`,
)}
${nextPage(new URL(asking.context.req.url), next)}
${asCommand("postrider doctor")}`,
    };
  });
}

function row(
  { name, adapter, list, health, problem, open, failure, slowed, lastPublishedAt }: ChannelHealth,
  { clock }: Asking,
) {
  const deliveries = `/console/deliveries?channel=${encodeURIComponent(name)}`;
  return [
    html`<a href="${deliveries}">${name}</a>${list && html`<br><span class="quiet">list ${list}</span>`}`,
    adapter,
    html`${state(health)}${problem && html`<br>${problem}`}${failure && failure.message !== problem && html`<br><span class="quiet">${failure.message}</span>`}${slowed.map(
      ({ domain, until }) => html`<br><span class="quiet">${domain} until ${clock.time(until)}</span>`,
    )}`,
    count(open),
    clock.time(lastPublishedAt),
  ];
}
