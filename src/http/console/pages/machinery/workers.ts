/** `/console/workers`: the processes that send. `/console/queue`: what waits for them. */

import { html } from "#core/posts/markup.ts";
import { listChannels, listWorkers } from "#desk/site/pages.ts";
import { asCommand, nextPage, table } from "../../parts/table.ts";
import { count, state } from "../../parts/words.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 50;

export function workersPage(pages: Pages): void {
  pages.page("/workers", async (asking) => {
    const cursor = asking.named("cursor");
    const { items, next } = await asking.ask(listWorkers, { limit: mostShown, ...(cursor && { cursor }) });
    const { clock } = asking;
    const rows = items.map(({ host, pid, state: now, channels, startedAt, seenAt, goneAt }) => [
      html`${host} <span class="quiet">process ${pid}</span>`,
      state(now),
      channels.join(", "),
      clock.time(startedAt),
      clock.timeAway(goneAt ?? seenAt),
    ]);
    return {
      title: "Workers",
      isLive: true,
      main: html`${table("Workers", ["Process", "State", "Channels", "Started", "Last seen"], rows, "No process has sent anything yet.")}
${nextPage(new URL(asking.context.req.url), next)}
${asCommand("postrider worker")}`,
    };
  });
  pages.page("/queue", async (asking) => {
    const { items } = await asking.ask(listChannels, { limit: 200 });
    const { queue } = asking.ports.desk;
    const depths = await Promise.all(items.map(({ name }) => queue.depth(name)));
    const rows = items.map(({ name, working }, at) => [
      name,
      count(depths[at] ?? 0),
      working ? state("working", "a process works on it") : html`<span class="quiet">no process</span>`,
    ]);
    return {
      title: "Queue",
      isLive: true,
      main: html`<p class="quiet">A job is a range of up to 500 deliveries of an email, or one social post. What is in the queue also stands in the ledger: if the queue is lost, it is filled again.</p>
${table("Queue", ["Channel", "#Jobs that wait or run", "Workers"], rows)}`,
    };
  });
}
