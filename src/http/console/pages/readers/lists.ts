/** `/console/lists`: lists with their numbers, segments with theirs, and to try a segment. */

import { PostriderError } from "#core/errors.ts";
import { html, type Markup, type Value } from "#core/posts/markup.ts";
import { pageLists, pageSegments } from "#desk/readers/pages.ts";
import { removeList } from "#desk/readers/remove-list.ts";
import { countSegment } from "#desk/readers/segment.ts";
import { button, choiceField, form, textField } from "../../parts/form.ts";
import { asCommand, table } from "../../parts/table.ts";
import { count, pathOf, plural } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";

export function listsPages(pages: Pages): void {
  pages.page("/lists", async (asking) => {
    const { items } = await asking.ask(pageLists, { limit: 200 });
    const rows = items.map(({ name, title, confirmed, suppressed, unconfirmed, unsubscribed, channels }) => [
      html`<a href="/console/readers?list=${encodeURIComponent(name)}">${name}</a>${title !== name && html`<br><span class="quiet">${title}</span>`}`,
      readersLink(name, "confirmed", confirmed),
      readersLink(name, "suppressed", suppressed),
      readersLink(name, "unconfirmed", unconfirmed),
      readersLink(name, "unsubscribed", unsubscribed),
      channels.length > 0
        ? channels.join(", ")
        : html`<span class="quiet">no channel</span> <a href="${pathOf("lists", name, "removal")}">Remove…</a>`,
    ]);
    const titles = ["List", "#Confirmed", "#Of them suppressed", "#Unconfirmed", "#Unsubscribed", "Channels"];
    return {
      title: "Lists and segments",
      main: html`${table("Lists", titles, rows, "There are no lists. A channel with `adapter: smtp` has one.")}
<section><h2>Segments</h2>${await segments(asking)}
${await trying(
  asking,
  items.map(({ name }) => name),
)}</section>
${asCommand("postrider subscribers count")}`,
    };
  });
  removalPages(pages);
}

function readersLink(list: string, state: string, number: number): Markup {
  return html`<a href="/console/readers?${new URLSearchParams({ list, state }).toString()}">${count(number)}</a>`;
}

async function segments(asking: Asking): Promise<Markup> {
  const { items } = await asking.ask(pageSegments, { limit: 50 });
  const rows = items.map(({ name, expression, list, readers, of, warnings }) => [
    html`<a href="/console/readers?${new URLSearchParams({ list, segment: name }).toString()}">${name}</a>`,
    html`<code>${expression}</code>${warnings.map((warning) => html`<br><span class="warn">${warning}</span>`)}`,
    list,
    `${count(readers)} of ${count(of)}`,
  ]);
  return table(
    "Segments",
    ["Segment", "Readers who match", "List", "#Get email"],
    rows,
    html`There are no segments. Add them to postrider.yaml under <code>segments</code>, or try one here.`,
  );
}

/** Counts an expression that is in no file yet. */
async function trying(asking: Asking, lists: readonly string[]): Promise<Markup | null> {
  if (lists.length === 0) return null;
  const [expression, list] = [asking.named("segment"), asking.named("list") || (lists[0] ?? "")];
  return html`<form action="/console/lists" class="fields">${textField({ name: "segment", label: "Try a segment", value: expression, hint: 'Such as: city = "Bern" and joined within 30 days' })}${choiceField(
    "list",
    "List",
    lists.map((each) => [each, each] as const),
    list,
  )}<p class="field">${button("Count")}</p></form>
${expression && (await counted(asking, expression, list))}`;
}

async function counted(asking: Asking, segment: string, list: string): Promise<Value> {
  try {
    const { readers, suppressed, of, warnings } = await asking.ask(countSegment, { segment, list });
    return html`<p class="notice" role="status">${plural(readers, "reader")} of ${count(of)} on ${list} would get an email; ${count(suppressed)} more are suppressed. <a href="/console/readers?${new URLSearchParams({ list, segment }).toString()}">Show them</a></p>
${warnings.map((warning) => html`<p class="problem">${warning}</p>`)}`;
  } catch (error) {
    if (!(error instanceof PostriderError) || error.code !== "invalid") throw error;
    return html`<p class="problem" role="status">${error.message}</p>`;
  }
}

function removalPages(pages: Pages): void {
  pages.page("/lists/:list/removal", async (asking) => {
    const name = asking.named("list");
    const { list } = await asking.ask(removeList, { list: name, dryRun: true });
    const all = list.confirmed + list.unconfirmed + list.unsubscribed;
    return {
      title: `Remove the list ${name}`,
      above: { name: "Lists and segments", path: "/console/lists" },
      main: html`<section class="decision"><p class="sentence">${plural(all, "subscription")} and the list itself are removed. The readers stay on their other lists.</p>
${form(asking, pathOf("lists", name, "removal"), button("Remove this list", "danger"))}</section>
${asCommand(`postrider lists remove ${name}`)}`,
    };
  });
  pages.form("/lists/:list/removal", async (asking) => {
    await asking.ask(removeList, { list: asking.named("list") });
    return "/console/lists?done=removed";
  });
}
