/** `/console/feeds`: the documents of the feeds, and a button that writes what is not up to date. */

import { html } from "#core/posts/markup.ts";
import { buildFeeds } from "#desk/feeds/build.ts";
import { listFeeds } from "#desk/site/pages.ts";
import { button, form } from "../../parts/form.ts";
import { asCommand, nextPage, table } from "../../parts/table.ts";
import { count, state } from "../../parts/words.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 50;

export function feedsPage(pages: Pages): void {
  pages.page("/feeds", async (asking) => {
    const cursor = asking.named("cursor");
    const { items, next } = await asking.ask(listFeeds, { limit: mostShown, ...(cursor && { cursor }) });
    const rows = items.map(({ channel, path, format, url, changedAt, gone, bytes, hub }) => [
      html`<a href="${url}">${path}</a>`,
      channel,
      format,
      gone ? state("withdrawn") : html`${count(bytes)} bytes`,
      asking.clock.time(changedAt),
      hub,
    ]);
    return {
      title: "Feeds",
      main: html`${table("Feeds", ["Document", "Channel", "Format", "Size", "Changed", "Hub"], rows, "No post was published to a feed yet.")}
${nextPage(new URL(asking.context.req.url), next)}
${asking.can("publish") && items.length > 0 && form(asking, "/console/feeds", button("Write the feed files that are not up to date"))}
${asCommand("postrider feed build")}`,
    };
  });
  pages.form("/feeds", async (asking) => {
    await asking.ask(buildFeeds, {});
    return "/console/feeds?done=built";
  });
}
