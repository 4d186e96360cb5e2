/** `/console/editions`: the issues of campaign jobs; and one of them, to look at and to approve or decline. */

import { PostriderError } from "#core/errors.ts";
import type { Edition } from "#core/jobs/edition.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { mailPage, pageEditions, showEdition } from "#desk/jobs/read.ts";
import { previewHeaders } from "../../../preview-file.ts";
import { button, choiceField, form } from "../../parts/form.ts";
import { asCommand, facts, nextPage, table } from "../../parts/table.ts";
import { pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";

const mostShown = 25;
const states = ["waiting", "approved", "declined", "expired"] as const;

export function editionPages(pages: Pages): void {
  pages.page("/editions", async (asking) => {
    const wanted = states.find((each) => each === asking.named("state"));
    const [job, cursor] = [asking.named("job"), asking.named("cursor")];
    const found = await asking.ask(pageEditions, {
      limit: mostShown,
      ...(wanted && { state: wanted }),
      ...(job && { job }),
      ...(cursor && { cursor }),
    });
    const isFiltered = Boolean(wanted || job || cursor);
    return {
      title: "Editions",
      main: html`<form action="/console/editions" class="fields">${choiceField("state", "State", [["", "All"], ...states.map((each) => [each, each] as const)], wanted)}<p class="field">${button("Show")}</p></form>
${table(
  "Editions",
  ["Edition", "Title", "State", "For"],
  found.items.map((each) => row(each, asking)),
  isFiltered
    ? html`No edition matches. <a href="/console/editions">All editions</a>`
    : "There are no editions yet. A job with `kind: campaign` makes them.",
)}
${nextPage(new URL(asking.context.req.url), found.next)}
${asCommand("postrider jobs editions")}`,
    };
  });
  editionPage(pages);
  for (const [name, act] of Object.entries({ approval: approveEdition, refusal: declineEdition }))
    pages.form(`/editions/:job/:number/${name}`, async (asking) => {
      const edition = { job: asking.named("job"), number: numberIn(asking) };
      await asking.ask(act, edition);
      return `${pathOf("editions", edition.job, edition.number)}?done=${name === "approval" ? "approved" : "declined"}`;
    });
}

function row({ job, number, title, state: now, scheduledFor, ...rest }: Edition, { clock }: Asking) {
  return [
    html`<a href="${pathOf("editions", job, number)}">${job}, number ${number}</a>`,
    title,
    html`${state(now)}${rest.decidedBy && html`<br><span class="quiet">${rest.decidedBy}</span>`}`,
    clock.time(scheduledFor),
  ];
}

function editionPage(pages: Pages): void {
  pages.page("/editions/:job/:number", async (asking) => {
    const { edition, posts, mails } = await asking.ask(showEdition, {
      job: asking.named("job"),
      number: numberIn(asking),
    });
    const path = pathOf("editions", edition.job, edition.number);
    const frames = Object.keys(mails).map(
      (list, at) =>
        html`<figure><figcaption>${list || "Email"}</figcaption><iframe sandbox="" loading="lazy" title="Email to ${list || "readers"}" src="${path}/mail/${at}"></iframe></figure>`,
    );
    return {
      title: edition.title,
      above: { name: "Editions", path: "/console/editions" },
      main: html`${edited(edition, asking)}
${decision(edition, path, asking)}
<section><h2>The email</h2><div class="frames">${frames}</div></section>
<section><h2>Posts in it</h2><ul>${posts.map(({ postId, url }) => html`<li><a href="${pathOf("posts", postId)}">${postId}</a> <span class="quiet">${url}</span></li>`)}</ul></section>
${asCommand(`postrider jobs show ${edition.job} ${edition.number}`)}`,
    };
  });
  pages.raw("/editions/:job/:number/mail/:mail", async (asking) => {
    const { mails } = await asking.ask(showEdition, { job: asking.named("job"), number: numberIn(asking) });
    const mail = Object.values(mails)[Number(asking.named("mail"))];
    if (!mail) throw new PostriderError("not_found", "There is no such email");
    return asking.context.html(mailPage(mail, mail.url).html, 200, previewHeaders);
  });
}

function numberIn({ named }: Asking): number {
  const number = Number(named("number"));
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new PostriderError("not_found", "There is no such edition");
}

function edited(edition: Edition, { clock }: Asking): Markup {
  const { job, number, state: now, scheduledFor, channels, reviewers, expiresAt, decidedAt, decidedBy } = edition;
  return facts([
    ["State", state(now)],
    ["Job", html`<a href="${pathOf("jobs", job)}">${job}</a>, number ${number}`],
    ["For", clock.time(scheduledFor)],
    ["Channels", channels.map(({ name }) => name).join(", ")],
    ...(reviewers.length > 0 ? [["Reviewers", reviewers.join(", ")] as const] : []),
    ...(now === "waiting" && expiresAt ? [["Expires", clock.timeAway(expiresAt)] as const] : []),
    ...(decidedBy ? [["Decided", html`${clock.time(decidedAt)} by ${decidedBy}`] as const] : []),
    ...(edition.publicationId
      ? [["Campaign", html`<a href="${pathOf("campaigns", edition.publicationId)}">Open the campaign</a>`] as const]
      : []),
  ]);
}

function decision({ state: now, channels }: Edition, path: string, asking: Asking): Markup | null {
  if (now !== "waiting") return null;
  if (!asking.can("publish"))
    return html`<p class="notice">It waits for a review. Your role may look at it, but not decide.</p>`;
  const names = channels.map(({ name }) => name).join(", ");
  return html`<section class="decision"><p class="sentence">Look at the email below. When you approve it, it is sent on ${names}.</p><div class="actions">${form(asking, `${path}/approval`, button("Approve and send", "main"))}${form(asking, `${path}/refusal`, button("Decline", "danger"))}</div></section>`;
}
