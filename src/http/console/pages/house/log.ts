/** `/console/log`: who did what, when, by what and why, newest first. */

import type { AuditEntry } from "#core/audit/audit.ts";
import { changesOf, inWords } from "#core/audit/changes.ts";
import { html } from "#core/posts/markup.ts";
import { readLog } from "#desk/site/audit-log.ts";
import { button, textField } from "../../parts/form.ts";
import { asCommand, nextPage, table } from "../../parts/table.ts";
import { state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 50;
const names = ["actor", "post", "act"] as const;

export function logPage(pages: Pages): void {
  pages.page("/log", async (asking) => {
    const filter = Object.fromEntries(
      names.map((name) => [name, asking.named(name).trim()]).filter(([, value]) => value),
    );
    const cursor = asking.named("cursor");
    const { items, next } = await asking.ask(readLog, { limit: mostShown, ...filter, ...(cursor && { cursor }) });
    return {
      title: "Log",
      main: html`<form action="/console/log" class="fields">${textField({ name: "actor", label: "Who", value: filter["actor"] ?? "", hint: "Such as console:ada or cli" })}${textField({ name: "post", label: "Post", value: filter["post"] ?? "" })}${textField({ name: "act", label: "Act", value: filter["act"] ?? "", hint: "Such as campaigns.pause" })}<p class="field">${button("Show")}</p></form>
${table(
  "Log",
  ["When", "Who", "Act", "About", "Reason", "Result"],
  items.map((each) => row(each, asking)),
  "Nothing was recorded.",
)}
${nextPage(new URL(asking.context.req.url), next)}
${asCommand("postrider log")}`,
    };
  });
}

function row(entry: AuditEntry, { clock }: Asking) {
  const { at, actor, door, act, about, plan, reason, result, message } = entry;
  return [
    clock.time(at),
    html`${actor}${door !== actor && html`<br><span class="quiet">${door}</span>`}`,
    html`<a href="/console/log?act=${encodeURIComponent(act)}">${act}</a>`,
    html`${Object.entries(about).map(([name, value]) => html`${name}: ${inWords(value)}<br>`)}${plan && html`plan <code>${plan}</code><br>`}${changesOf(entry).map(({ name, before, after }) => html`<span class="quiet">${name}: ${before}, then ${after}</span><br>`)}`,
    reason,
    html`${result === null ? state("uncertain", "unknown") : state(result)}${message && html`<br><span class="quiet">${message}</span>`}`,
  ];
}
