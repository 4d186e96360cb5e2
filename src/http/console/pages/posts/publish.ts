/** `/console/posts/{post}/publish`: what would be sent, to whom and when, and one button that does exactly this. */

import { html, type Markup } from "#core/posts/markup.ts";
import { hadSentence } from "#core/publishing/had-elsewhere.ts";
import type { PlannedChannel, PlannedPost } from "#core/publishing/plan.ts";
import { executePlan, makePlan } from "#desk/posts/plans.ts";
import { button, checkbox, form, textField } from "../../parts/form.ts";
import { asCommand, table } from "../../parts/table.ts";
import { instantOf, localOf } from "../../parts/time.ts";
import { count, pathOf, plural } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import type { Pages } from "../../shell/serve.ts";
import { checksList } from "./checks.ts";
import { diffText } from "./diff.ts";
import { frames } from "./preview.ts";
import { testForm } from "./test-mail.ts";

export function publishPages(pages: Pages): void {
  pages.page("/posts/:post/publish", async (asking) => {
    const name = asking.named("post");
    const chosen = asking.context.req.queries("channel") ?? asking.actor.limits?.channels;
    const at = instantOf(asking.named("at"), asking.clock.timezone);
    const { plan } = await asking.ask(makePlan, {
      posts: [name],
      ...(chosen && { channels: [...chosen] }),
      ...(at && { at }),
    });
    const [post] = plan.posts;
    if (!post) throw new Error("a plan has its post");
    return {
      title: `Publish: ${post.title}`,
      above: { name: "The post", path: pathOf("posts", name) },
      main: html`<section><h2>What</h2>${frames(name)}<h3>Checks</h3>${checksList(post.checks)}</section>
${asking.can("publish") && testForm(asking, name)}
<section><h2>Where and when</h2>${choices(asking, name, post, chosen, at)}</section>
<section><h2>To whom</h2>${steps(post, asking)}</section>
${decision(asking, post, plan.hash, at)}
${asCommand(`postrider publish ${post.path}${chosen ? ` --channels ${chosen.join(",")}` : ""}${at ? ` --at ${at.toISOString()}` : ""} --plan ${plan.hash}`)}`,
    };
  });
  pages.form("/plans/:plan/execution", async (asking) => {
    const { published, publications } = await asking.ask(executePlan, { plan: asking.named("plan") });
    const post = published[0]?.postId ?? publications[0]?.post;
    return post === undefined ? "/console/posts" : `${pathOf("posts", post)}?done=published`;
  });
}

function choices(
  { ports, clock }: Asking,
  name: string,
  { channels }: PlannedPost,
  chosen: readonly string[] | undefined,
  at: Date | null,
): Markup {
  const all = ports.desk.configuredChannels().map(({ channel }) => channel.name);
  const isChosen = (channel: string): boolean =>
    chosen ? chosen.includes(channel) : channels.some((each) => each.channel === channel && each.action !== "none");
  return html`<form action="${pathOf("posts", name, "publish")}"><fieldset><legend>Channels</legend>${all.map((channel) => checkbox("channel", channel, channel, isChosen(channel)))}</fieldset>
<div class="fields">${textField({ name: "at", label: `Time in ${clock.timezone}`, type: "datetime-local", value: at ? localOf(at, clock.timezone) : "", hint: "Empty: the time of the post, or now" })}<p class="field">${button("Show this plan")}</p></div></form>`;
}

const actions = {
  send: "send",
  reschedule: "move to another time",
  resume: "send to those who are still open",
  none: "nothing",
} as const;

function steps({ channels }: PlannedPost, asking: Asking): Markup {
  const rows = channels.map((step) => [
    html`<strong>${step.channel}</strong><br><span class="quiet">${step.adapter}</span>`,
    html`${actions[step.action]}${step.reason && html`: ${step.reason}`}`,
    step.action === "none" ? "–" : count(step.audience.recipients),
    leftOut(step),
    step.action === "none" ? "–" : time(step, asking),
    html`${step.subject && html`<strong>${step.subject}</strong><br>`}${step.action !== "none" && html`<span class="quiet">${count(Math.ceil(step.bytes / 1024))} KB</span>`}`,
  ]);
  return html`${table("To whom", ["Channel", "What happens", "#Recipients", "Left out, and why", "When", "Subject and size"], rows)}
${channels.filter(({ diff }) => diff.length > 0).map(({ channel, diff }) => html`<h3>Different from what ${channel} shows</h3>${diffText(diff)}`)}`;
}

function leftOut({ audience }: PlannedChannel): Markup {
  const reasons = Object.entries(audience.excluded).map(([why, number]) => `${count(number)} ${why}`);
  const had = (audience.hadElsewhere ?? []).map(hadSentence);
  const all = [...reasons, ...had];
  return all.length === 0 ? html`<span class="quiet">nobody</span>` : html`${all.map((each) => html`${each}<br>`)}`;
}

function time({ at, afterMs, gated }: PlannedChannel, { clock }: Asking): Markup {
  const when = at ? html`${afterMs !== undefined && "about "}${clock.time(at)}` : "now";
  return html`${when}${gated && ", when its page is online"}`;
}

function decision(asking: Asking, post: PlannedPost, hash: string, at: Date | null): Markup {
  const due = post.channels.filter(({ action }) => action !== "none");
  const isHeld = post.status === "draft" || post.checks.some(({ severity }) => severity === "error");
  if (isHeld)
    return stop(
      post.status === "draft"
        ? "This post is a draft. Change its file, then come back."
        : "The errors above hold this post back. Correct the file, then come back.",
    );
  if (due.length === 0) return stop("Nothing would be sent: see the table.");
  if (!asking.can("publish")) return stop("Your role may look at this plan, but not carry it out.");
  const words = sentence(asking, post, due, at);
  return html`<section class="decision"><h2>Publish</h2><p class="sentence">${words}</p>
${form(asking, pathOf("plans", hash, "execution"), html`<p>${button(label(due, at, asking), "main")}</p>`)}
<p class="quiet">This does exactly what is shown here (plan ${hash}). If anything has changed by then, nothing is sent and you see the difference.</p></section>`;
}

function stop(words: string): Markup {
  return html`<section class="decision"><p class="sentence">${words}</p></section>`;
}

function sentence({ clock }: Asking, { title }: PlannedPost, due: readonly PlannedChannel[], at: Date | null): Markup {
  const mails = due.filter(({ medium }) => medium === "email");
  const others = due.filter(({ medium }) => medium !== "email").map(({ channel }) => channel);
  const readers = mails.reduce((sum, { audience }) => sum + audience.recipients, 0);
  const parts = [
    ...(mails.length > 0
      ? [`email it to ${plural(readers, "reader")} (${mails.map(({ channel }) => channel).join(", ")})`]
      : []),
    ...(others.length > 0 ? [`publish it on ${others.join(", ")}`] : []),
  ];
  const first = due.flatMap((step) => (step.at ? [step.at] : [])).sort()[0];
  const moment = at?.toISOString() ?? first;
  return html`“${title}”: ${parts.join(", and ")} – ${moment ? html`on ${clock.timeAway(moment)}` : html`now, ${clock.text(clock.now)}`}.`;
}

function label(due: readonly PlannedChannel[], at: Date | null, { clock }: Asking): string {
  if (at) return `Schedule for ${clock.text(at)}`;
  const readers = due
    .filter(({ medium }) => medium === "email")
    .reduce((sum, { audience }) => sum + audience.recipients, 0);
  return readers > 0
    ? `Publish, and send to ${plural(readers, "reader")}`
    : `Publish on ${due.map(({ channel }) => channel).join(", ")}`;
}
