/** `/console/posts`: the files of posts, and what became of each on every channel. */

import { html, type Markup } from "#core/posts/markup.ts";
import type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
import { listPostFiles, type PostFile } from "#desk/posts/files.ts";
import { status } from "#desk/posts/status.ts";
import { textField } from "../../parts/form.ts";
import { nextPage, table } from "../../parts/table.ts";
import { count, pathOf, state } from "../../parts/words.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 25;

export function postsPage(pages: Pages): void {
  pages.page("/posts", async (asking) => {
    const text = asking.named("text");
    const cursor = asking.named("cursor");
    const found = await asking.ask(listPostFiles, {
      limit: mostShown,
      ...(text && { text }),
      ...(cursor && { cursor }),
    });
    const reports = await Promise.all(
      found.items.map(async ({ id }) => (id === null ? null : await reportOf(id, asking.ask))),
    );
    const names = asking.ports.desk.configuredChannels().map(({ channel }) => channel.name);
    const rows = found.items.map((file, at) => [
      nameOf(file),
      asking.clock.time(file.publishedAt),
      ...names.map((name) => channelCell(reports[at]?.channels[name])),
    ]);
    const none = text
      ? html`No file has “${text}” in its path. <a href="/console/posts">All posts</a>`
      : "There is no post in the folder yet.";
    return {
      title: "Posts",
      main: html`<form action="/console/posts" class="fields">${textField({ name: "text", label: "A part of the file's path", value: text, type: "search" })}<p class="field"><button type="submit">Find</button></p></form>
<p class="quiet">Those that were edited last come first.</p>
${table("Posts", ["Post", "Date", ...names], rows, none)}
${nextPage(new URL(asking.context.req.url), found.next)}`,
    };
  });
}

async function reportOf(
  post: string,
  ask: Parameters<Parameters<Pages["page"]>[1]>[0]["ask"],
): Promise<PublicationReport | null> {
  return (await ask(status, { post }).catch(() => null))?.publications[0] ?? null;
}

function nameOf({ path, title, status: now }: PostFile): Markup {
  return html`<a href="${pathOf("posts", path)}">${title ?? path}</a>${now !== "ready" && html` ${state(now)}`}<br><span class="quiet">${path}</span>`;
}

/** One channel's part in a few words. */
export function channelCell(report: ChannelReport | undefined): Markup {
  if (!report) return html`<span class="quiet">–</span>`;
  const [name, words] = summaryOf(report);
  return state(name, words);
}

export function summaryOf({
  counts,
  paused,
  stalled,
  cancelledAt,
  withdrawnAt,
  scheduledFor,
  freezing,
}: ChannelReport): [string, string] {
  const { pending, sending, retrying, accepted, refused, uncertain } = counts;
  if (withdrawnAt) return ["cancelled", "withdrawn"];
  if (stalled) return ["stopped", "stopped"];
  if (paused) return ["paused", `paused at ${count(accepted)}`];
  if (uncertain > 0) return ["uncertain", `${count(uncertain)} uncertain`];
  if (scheduledFor) return ["scheduled", "scheduled"];
  if (freezing || pending + sending > 0) return ["sending", `sending, ${count(accepted)} accepted`];
  if (retrying > 0) return ["retrying", `${count(retrying)} retrying`];
  if (cancelledAt) return ["cancelled", "cancelled"];
  if (refused > 0 && accepted === 0) return ["refused", "refused"];
  if (refused > 0) return ["accepted", `${count(accepted)} accepted, ${count(refused)} refused`];
  return accepted > 0
    ? ["accepted", accepted === 1 ? "accepted" : `${count(accepted)} accepted`]
    : ["done", "nobody to send to"];
}
