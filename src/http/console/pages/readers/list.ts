/** `/console/readers`: the people on the lists, found by list, state, segment or address; and to add one. */

import type { ListedReader } from "#core/listings/reader-list.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import { addReader, bringReaderBack } from "#desk/readers/add.ts";
import { pageLists, pageReaders } from "#desk/readers/pages.ts";
import { button, checkbox, choiceField, form, textField } from "../../parts/form.ts";
import { asCommand, nextPage, table } from "../../parts/table.ts";
import { pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Pages, text } from "../../shell/serve.ts";

const mostShown = 50;
const states = ["confirmed", "unconfirmed", "unsubscribed", "suppressed"] as const;

export function readersPages(pages: Pages): void {
  pages.page("/readers", async (asking) => {
    const filter = filterOf(asking);
    const cursor = asking.named("cursor");
    const lists = (await asking.ask(pageLists, { limit: 200 })).items;
    const found = await asking.ask(pageReaders, { ...filter, limit: mostShown, ...(cursor && { cursor }) });
    const isFiltered = Object.keys(filter).length > 0;
    const empty = isFiltered
      ? html`Nobody matches. <a href="/console/readers">All readers</a>`
      : html`There are no readers yet. Add one below, or import a file: <code>postrider subscribers import readers.csv --list everyone</code>`;
    const names = lists.map(({ name }) => name);
    return {
      title: "Readers",
      main: html`${filters(asking, names, filter)}
${table(
  "Readers",
  ["Address", "Name", "Lists", "Since"],
  found.items.map((each) => row(each, asking)),
  empty,
)}
${nextPage(new URL(asking.context.req.url), found.next)}
${names.length > 0 && adding(asking, names)}
${asCommand(`postrider subscribers list${filter.list ? ` --list ${filter.list}` : ""}`)}`,
    };
  });
  pages.form("/readers", async (asking, fields) => {
    const [address, name, consent] = [text(fields, "address"), text(fields, "name"), text(fields, "consent")];
    const who = { address, list: text(fields, "list"), ...(name && { name }) };
    if (text(fields, "back")) await asking.ask(bringReaderBack, { ...who, consent });
    else await asking.ask(addReader, { ...who, ...(consent && { consent }) });
    return `/console/readers?address=${encodeURIComponent(address)}&done=added`;
  });
}

interface Filter {
  list?: string;
  state?: (typeof states)[number];
  segment?: string;
  address?: string;
}

/** A person who is limited to lists sees one of them at a time. */
function filterOf({ named, actor }: Asking): Filter {
  const list = named("list") || actor.limits?.lists?.[0];
  const state = states.find((each) => each === named("state"));
  const segment = named("segment");
  const address = named("address").trim().toLowerCase();
  return { ...(list && { list }), ...(state && { state }), ...(segment && { segment }), ...(address && { address }) };
}

function filters({ ports, actor }: Asking, lists: readonly string[], filter: Filter): Markup {
  const segments = Object.keys(ports.desk.segments);
  const pairs = (all: readonly string[]) => all.map((each) => [each, each] as const);
  const all = [["", "All"]] as const;
  return html`<form action="/console/readers" class="fields">
${textField({ name: "address", label: "Address begins with", value: filter.address ?? "", type: "search" })}
${choiceField("list", "List", [...(actor.limits?.lists ? [] : all), ...pairs(lists)], filter.list)}
${choiceField("state", "State", [...all, ...pairs(states)], filter.state)}
${segments.length > 0 && choiceField("segment", "Segment", [...all, ...pairs(segments)], filter.segment)}
<p class="field">${button("Find")}</p></form>`;
}

function row({ id, address, name, lists, suppressed, createdAt }: ListedReader, { clock }: Asking) {
  return [
    html`<a href="${pathOf("readers", id)}">${address}</a>`,
    name,
    html`${suppressed && html`${state("suppressed", `suppressed: ${suppressed}`)}<br>`}${lists.map((list) => html`${list.name} ${state(list.state)}<br>`)}`,
    clock.time(createdAt),
  ];
}

function adding(asking: Asking, lists: readonly string[]): Markup {
  const pairs = lists.map((each) => [each, each] as const);
  return html`<section><h2>Add a reader</h2>${form(
    asking,
    "/console/readers",
    html`<div class="fields">${textField({ name: "address", label: "Email address", type: "email", required: true })}${textField({ name: "name", label: "Name (optional)" })}${choiceField("list", "List", pairs)}</div>
${textField({ name: "consent", label: "How they agreed", hint: "Recorded as the proof of their consent. For example: signed the visitors’ book." })}
${checkbox("back", "yes", "They had unsubscribed or were erased, and now ask to come back")}
<p>${button("Add this reader", "main")}</p>`,
  )}</section>`;
}
