/** `/console/posts/{post}`: every channel's state, what can be done, and who did what. */

import type { AuditEntry } from "#core/audit/audit.ts";
import { PostriderError } from "#core/errors.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
import { deliveryStates } from "#core/sending/delivery.ts";
import { type PostFile, showPostFile } from "#desk/posts/files.ts";
import { listPublications } from "#desk/posts/pages.ts";
import { status } from "#desk/posts/status.ts";
import { readLog } from "#desk/site/audit-log.ts";
import { asCommand, bar, facts, table } from "../../parts/table.ts";
import { count, pathOf, plural, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { ShownPage } from "../../shell/layout.ts";
import type { Pages } from "../../shell/serve.ts";
import { checksList } from "./checks.ts";
import { channelCell } from "./list.ts";
import { testForm } from "./test-mail.ts";

export function postPage(pages: Pages): void {
  pages.page("/posts/:post", async (asking) => {
    const name = asking.named("post");
    const { file } = await asking.ask(showPostFile, { post: name });
    const report = await reportNamed(name, file, asking);
    if (!file && !report) throw new PostriderError("not_found", `There is no post "${name}"`);
    return shown(asking, file, report);
  });
}

async function reportNamed(name: string, file: PostFile | null, asking: Asking): Promise<PublicationReport | null> {
  try {
    return (await asking.ask(status, { post: file?.id ?? name })).publications[0] ?? null;
  } catch (error) {
    if (error instanceof PostriderError && error.code === "not_found") return null;
    throw error;
  }
}

async function shown(asking: Asking, file: PostFile | null, report: PublicationReport | null): Promise<ShownPage> {
  const { clock } = asking;
  const name = file?.path ?? report?.post ?? "";
  const url = file?.url ?? report?.url ?? null;
  return {
    title: file?.title ?? report?.title ?? name,
    above: { name: "Posts", path: "/console/posts" },
    isLive: true,
    main: html`${actions(asking, name, file, report)}
${facts([
  ["File", file ? file.path : "The file is gone"],
  ["Date of the post", clock.time(file?.publishedAt)],
  ["Published", clock.timeAway(report?.publishedAt)],
  ["Web page", url && html`<a href="${url}" rel="noreferrer">${url}</a>`],
])}
${file && file.diagnostics.length > 0 && html`<section><h2>Checks</h2>${checksList(file.diagnostics)}</section>`}
<section><h2>Channels</h2>${channels(report, asking)}</section>
${file && asking.can("publish") && testForm(asking, file.path)}
${await history(asking, report?.post ?? file?.id ?? null)}
${asCommand(`postrider status ${name}`)}`,
  };
}

function actions(asking: Asking, name: string, file: PostFile | null, report: PublicationReport | null): Markup | null {
  const to = (page: string, label: string, kind = ""): Markup =>
    html`<a class="button${kind}" href="${pathOf("posts", name)}/${page}">${label}</a>`;
  if (!asking.can("check")) return null;
  return html`<div class="actions">${file && to("publish", report ? "Publish on other channels" : "Publish…", report ? "" : " main")}
${file && to("preview", "Preview")}
${file && report && to("again", "Republish or correct…")}
${report && to("withdraw", "Withdraw…")}</div>`;
}

function channels(report: PublicationReport | null, asking: Asking): Markup {
  if (!report) return html`<p class="empty">Not published yet.</p>`;
  return html`${Object.entries(report.channels).map(([name, each]) => channelPart(name, each, asking))}`;
}

function channelPart(name: string, report: ChannelReport, { clock }: Asking): Markup {
  const {
    counts,
    medium,
    publication,
    links,
    failures,
    excluded = {},
    paused,
    stalled,
    scheduledFor,
    nextAttemptAt,
  } = report;
  const left = Object.entries(excluded);
  return html`<h3>${name} ${channelCell(report)}</h3>
${
  medium === "email" &&
  html`${bar(
    name,
    deliveryStates.map((each) => ({ name: each, number: counts[each] })),
  )}
<ul class="sums">${deliveryStates.filter((each) => counts[each] > 0).map((each) => html`<li><strong>${count(counts[each])}</strong> ${each}</li>`)}</ul>
<p><a href="${pathOf("campaigns", publication)}">Open the campaign</a></p>`
}
${left.length > 0 && html`<p class="quiet">Left out: ${left.map(([why, number]) => `${count(number)} ${why}`).join(", ")}</p>`}
${scheduledFor && html`<p>Goes out ${clock.timeAway(scheduledFor)}.</p>`}
${paused && html`<p>Paused ${clock.timeAway(paused.at)}: ${paused.reason}</p>`}
${stalled && html`<p class="problem">${stalled.message}</p>`}
${nextAttemptAt && html`<p>Tried again ${clock.timeAway(nextAttemptAt)}.</p>`}
${links.length > 0 && html`<ul class="plain-list">${links.map((link) => html`<li>${webLink(link)}</li>`)}</ul>`}
${
  failures.length > 0 &&
  table(
    `Failures on ${name}`,
    ["State", "Answer", "#Deliveries"],
    failures.map((each) => [state(each.state), each.message, count(each.count)]),
  )
}`;
}

/** Only addresses of the web become links. */
function webLink(address: string): Markup {
  return /^https?:\/\//.test(address)
    ? html`<a href="${address}" rel="noreferrer">${address}</a>`
    : html`<code>${address}</code>`;
}

/** The decisions of the ledger, and for admins the audit log. */
async function history(asking: Asking, post: string | null): Promise<Markup | null> {
  if (post === null) return null;
  const { items } = await asking.ask(listPublications, { post, limit: 20 });
  const log = await asking.askIfAllowed(readLog, { post, limit: 20 });
  if (items.length === 0 && !log?.items.length) return null;
  const rows = items.map(({ createdAt, actor, reason, channels: parts }) => [
    asking.clock.time(createdAt),
    actor,
    parts.map(({ name, prepared }) => `${name} (${plural(prepared, "delivery", "deliveries")})`).join(", "),
    reason,
  ]);
  return html`<section><h2>History</h2>${table("Publications", ["When", "By", "Channels", "Reason"], rows)}
${
  log &&
  log.items.length > 0 &&
  html`<h3>Audit log</h3>${table(
    "Audit log",
    ["When", "By", "Act", "Result"],
    log.items.map((entry) => logRow(entry, asking)),
  )}`
}</section>`;
}

function logRow({ at, actor, act, result }: AuditEntry, { clock }: Asking) {
  return [clock.time(at), actor, act, result ? state(result) : "unknown"];
}
