/** `/console/campaigns/{id}`: one mailing while it runs and afterwards, and what can be done about it. */

import { html, type Markup } from "#core/posts/markup.ts";
import type { ChannelReport } from "#core/publishing/publication.ts";
import type { Audit, Campaign } from "#core/sending/campaign.ts";
import { deliveryStates } from "#core/sending/delivery.ts";
import { cancelCampaign, chooseSubject, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
import { auditCampaign, showCampaign } from "#desk/campaigns/read.ts";
import { status } from "#desk/posts/status.ts";
import { listChannels } from "#desk/site/pages.ts";
import { button, form, textField } from "../../parts/form.ts";
import { asCommand, bar, facts, table } from "../../parts/table.ts";
import { duration } from "../../parts/time.ts";
import { count, pathOf, plural, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Pages, text } from "../../shell/serve.ts";
import { isOpen, openOf } from "./campaigns.ts";
import { rulesInWords } from "./rules.ts";

export function campaignPages(pages: Pages): void {
  pages.page("/campaigns/:campaign", async (asking) => {
    const campaign = asking.named("campaign");
    const { campaigns } = await asking.ask(showCampaign, { campaign });
    const { audits } = await asking.ask(auditCampaign, { campaign });
    const [first] = campaigns;
    if (!first) throw new Error("a campaign that is named is there");
    const report = (await asking.ask(status, { post: first.post })).publications[0];
    const mails = campaigns.filter(({ list }) => list !== null);
    const others = campaigns.filter(({ list }) => list === null);
    const parts: Markup[] = [];
    for (const each of mails) {
      const own = report?.channels[each.channel];
      const failures = own?.publication === each.id ? own.failures : [];
      const audit = audits.find(({ channel }) => channel === each.channel);
      parts.push(await channelPart(each, { failures, audit }, asking));
    }
    return {
      title: first.title,
      above: { name: "Campaigns", path: "/console/campaigns" },
      isLive: true,
      main: html`${parts}${others.length > 0 && otherChannels(others, asking)}
${asCommand(`postrider campaigns show ${first.id.slice(0, 8)}`)}`,
    };
  });
  for (const [name, act] of Object.entries({ pause: pauseCampaign, resume: resumeCampaign, cancel: cancelCampaign }))
    pages.form(`/campaigns/:campaign/${name}`, async (asking, fields) => {
      const campaign = asking.named("campaign");
      await asking.ask(act, { campaign, channel: text(fields, "channel"), reason: text(fields, "reason") });
      return `${pathOf("campaigns", campaign)}?done=${pastOf[name]}`;
    });
  pages.form("/campaigns/:campaign/subject", async (asking, fields) => {
    const campaign = asking.named("campaign");
    const subject = Number(text(fields, "subject"));
    await asking.ask(chooseSubject, { campaign, channel: text(fields, "channel"), subject });
    return `${pathOf("campaigns", campaign)}?done=chosen`;
  });
}

const pastOf: Readonly<Record<string, string>> = { pause: "paused", resume: "resumed", cancel: "cancelled" };

interface Beside {
  failures: ChannelReport["failures"];
  audit: Audit | undefined;
}

async function channelPart(campaign: Campaign, { failures, audit }: Beside, asking: Asking): Promise<Markup> {
  const { channel, counts, state: now, reason } = campaign;
  const all = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const shown = deliveryStates.filter((each) => counts[each] > 0);
  return html`<section><h2>${channel} ${state(now)}</h2>
${reason && html`<p class="${now === "stopped" ? "problem" : "notice"}">${reason}</p>`}
${bar(
  channel,
  deliveryStates.map((each) => ({ name: each, number: counts[each] })),
)}
<ul class="sums">${shown.map((each) => html`<li><a href="${deliveriesPath(campaign, { state: each })}"><strong>${count(counts[each])}</strong> ${each}</a></li>`)}<li><strong>${count(all)}</strong> in all</li></ul>
${acts(campaign, asking)}
${facts(factsOf(campaign, asking))}
${await why(campaign, asking)}
${subjectTest(campaign, asking)}
${failures.length > 0 && failureTable(campaign, failures)}
${campaign.engagement && engagement(campaign.engagement)}
${audit && sums(audit, isOpen(campaign))}</section>`;
}

/** Each has one delivery. */
function otherChannels(campaigns: readonly Campaign[], { clock }: Asking): Markup {
  const rows = campaigns.map((campaign) => [
    html`<a href="${deliveriesPath(campaign, {})}">${campaign.channel}</a>`,
    state(campaign.state),
    html`${clock.timeAway(campaign.startedAt ?? campaign.scheduledFor)}${campaign.reason && html`<br>${campaign.reason}`}`,
  ]);
  return html`<section><h2>Not by email</h2>${table("Other channels", ["Channel", "State", "Time"], rows)}</section>`;
}

/** @param filter - further parameters of the list of deliveries */
export function deliveriesPath(
  { id, channel }: { id: string; channel: string },
  filter: Record<string, string>,
): string {
  return `/console/deliveries?${new URLSearchParams({ campaign: id, channel, ...filter }).toString()}`;
}

function factsOf(campaign: Campaign, { clock }: Asking): [string, Markup | string | false][] {
  const { post, list, actor, scheduledFor, startedAt, perSecond, secondsLeft } = campaign;
  const end = secondsLeft === null ? null : new Date(clock.now.getTime() + secondsLeft * 1000);
  return [
    ["Post", html`<a href="${pathOf("posts", post)}">${post}</a>`],
    ["List", list ? html`<a href="/console/readers?list=${encodeURIComponent(list)}">${list}</a>` : "–"],
    ["Published by", actor],
    startedAt ? ["Begun", clock.timeAway(startedAt)] : ["Goes out", clock.timeAway(scheduledFor)],
    ["Rate", `${count(perSecond)} a second, over the last minute`],
    [
      "Expected end",
      end && secondsLeft !== null
        ? html`${clock.time(end)} <span class="quiet">in ${duration(secondsLeft)}</span>`
        : "–",
    ],
  ];
}

/** Which limits are in force, and why nothing is sent. */
async function why(campaign: Campaign, asking: Asking): Promise<Markup | null> {
  if (!isOpen(campaign)) return null;
  const configured = asking.ports.desk.configuredChannels().find(({ channel }) => channel.name === campaign.channel);
  const rules = rulesInWords(configured?.channel.sending);
  const channels = await asking.ask(listChannels, { limit: 200 });
  const slowed = channels.items.find(({ name }) => name === campaign.channel)?.slowed ?? [];
  const lines = [
    ...(campaign.working
      ? []
      : [
          html`${state("idle", "nobody sends")} No running process sends for this channel. Start <code>postrider serve</code> or <code>postrider worker</code>.`,
        ]),
    ...slowed.map(
      ({ domain, until }) => html`${state("slowed")} ${domain} asked to wait until ${asking.clock.timeAway(until)}.`,
    ),
    ...rules.map((rule) => html`${rule}`),
  ];
  if (lines.length === 0) return null;
  return html`<h3>Limits in force</h3><ul class="plain-list">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** Each act with what it does, and a reason for the log. */
function acts(campaign: Campaign, asking: Asking): Markup | null {
  const { id, channel, counts, state: now } = campaign;
  if (!isOpen(campaign) || !asking.can("operate")) return null;
  const who = asking.actor.name.replace(/^console:/, "");
  const open = openOf(counts);
  const act = (name: "pause" | "resume" | "cancel", label: string, kind: "main" | "danger" | "", effect: string) =>
    html`<details class="act"><summary class="button ${kind}">${label}</summary><p>${effect}</p>${form(
      asking,
      pathOf("campaigns", id, name),
      html`<input type="hidden" name="channel" value="${channel}">${textField({ name: "reason", label: "Reason, for the log", value: `${pastOf[name]} by ${who}`, required: true })}${button(label, kind)}`,
    )}</details>`;
  const halted = now === "paused" || now === "stopped";
  const onWire = counts.sending > 0 ? ` Up to ${plural(counts.sending, "email")} on the wire may still go.` : "";
  return html`<div class="actions">${
    halted
      ? act("resume", "Resume…", "main", `${plural(open, "email")} will be sent.`)
      : act("pause", "Pause…", "", `${plural(open, "email")} will wait.${onWire} You can resume it.`)
  }${act("cancel", "Cancel…", "danger", `${plural(open, "email")} will not be sent.${onWire} This can't be undone; \`finish\` sends a cancelled campaign to those who did not get it.`)}</div>`;
}

function subjectTest({ id, channel, subjects }: Campaign, asking: Asking): Markup | null {
  if (!subjects) return null;
  const { sent, chosen } = subjects;
  const rows = sent.map((number, at) => [
    `Subject ${at + 1}`,
    count(number),
    chosen === at + 1
      ? state("approved", "chosen")
      : chosen === null &&
        asking.can("publish") &&
        form(
          asking,
          pathOf("campaigns", id, "subject"),
          html`<input type="hidden" name="channel" value="${channel}">${button(`Send subject ${at + 1} to the rest`, "", "subject", String(at + 1))}`,
        ),
  ]);
  return html`<h3>Test of subjects</h3>${table(`Subjects on ${channel}`, ["Subject", "#Accepted", "Decision"], rows)}`;
}

function failureTable(campaign: Campaign, failures: ChannelReport["failures"]): Markup {
  const rows = failures.map(({ state: now, code, message, count: number }) => [
    state(now),
    html`${message} <span class="quiet">${code}</span>`,
    html`<a href="${deliveriesPath(campaign, { state: now, code })}">${count(number)}</a>`,
  ]);
  return html`<h3>Refusals and doubts</h3>${table(`Failures on ${campaign.channel}`, ["State", "Answer", "#Deliveries"], rows)}`;
}

function engagement({ opened, prefetched, clicked, links }: NonNullable<Campaign["engagement"]>): Markup {
  const rows = links.map(({ url, clicked: by, prefetched: programs }) => [url, count(by), count(programs)]);
  return html`<h3>Opens and clicks</h3><p class="quiet">Estimates: programs open emails, too, and many readers block counting.</p>
<ul class="sums"><li><strong>${count(opened)}</strong> opened</li><li><strong>${count(prefetched)}</strong> only by programs</li><li><strong>${count(clicked)}</strong> clicked</li></ul>
${table("Links", ["Link", "#Readers", "#Only programs"], rows, "Nobody clicked a link yet.")}`;
}

/** Whether the numbers add up. */
function sums({ candidates, prepared, excluded, problems }: Audit, isRunning: boolean): Markup {
  const left = Object.entries(excluded).flatMap(([reason, n]) => (n > 0 ? [`${count(n)} ${reason}`] : []));
  const verdict = problems.length === 0 ? state("ok", "adds up") : state("error", plural(problems.length, "problem"));
  return html`<h3>Audit ${isRunning ? state("sending", "still running") : verdict}</h3>
<p>${plural(candidates, "reader")} on the list, ${count(prepared)} prepared.${left.length > 0 && ` Left out: ${left.join(", ")}.`}</p>
${problems.length > 0 && html`<ul>${problems.map((each) => html`<li>${each}</li>`)}</ul>`}`;
}
