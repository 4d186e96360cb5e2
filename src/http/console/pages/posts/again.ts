/** `/console/posts/{post}/again`: retry, edit, correct or send again, with its plan; and to withdraw a post. */

import { html, type Markup } from "#core/posts/markup.ts";
import { type RepublishMode, type RepublishPlan, republishModes } from "#core/publishing/republish.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { button, choiceField, form, textField } from "../../parts/form.ts";
import { asCommand, table } from "../../parts/table.ts";
import { count, pathOf, plural } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Form, type Pages, text } from "../../shell/serve.ts";
import { diffText } from "./diff.ts";

const modes: Record<RepublishMode, string> = {
  update: "Edit the published copies. No email is sent",
  retry: "Try again what failed or is uncertain",
  repost: "Send it once more to everybody, or a correction to those who got it",
  finish: "Send a cancelled mailing to those who did not get it",
};

export function againPages(pages: Pages): void {
  pages.page("/posts/:post/again", async (asking) => {
    const post = asking.named("post");
    const mode = modeOf(asking.named("mode"));
    const correction = mode === "repost" ? asking.named("correction").trim() : "";
    const { plan } = await asking.ask(republishPost, { post, mode, dryRun: true, ...(correction && { correction }) });
    return {
      title: "Republish or correct",
      above: { name: "The post", path: pathOf("posts", post) },
      main: html`<form action="${pathOf("posts", post, "again")}">${choiceField("mode", "What", Object.entries(modes), mode)}
${mode === "repost" && html`<p class="field"><label for="correction">Correction, in Markdown (optional)</label><textarea id="correction" name="correction" rows="4" aria-describedby="correction-h">${correction}</textarea><span class="quiet" id="correction-h">It stands above the post. Only readers who got the post get it.</span></p>`}
${button("Show what would happen")}</form>
${plan ? steps(plan) : html`<p class="problem">The post has errors, so nothing can be sent.</p>`}
${plan && decision(asking, post, plan, correction)}
${asCommand(`postrider republish ${post} --mode ${mode}`)}`,
    };
  });
  pages.form("/posts/:post/republication", async (asking, fields) => {
    const post = asking.named("post");
    const correction = text(fields, "correction");
    await asking.ask(republishPost, {
      post,
      mode: modeOf(text(fields, "mode")),
      ...reasonIn(fields),
      ...(correction && { correction }),
    });
    return `${pathOf("posts", post)}?done=republished`;
  });
  withdrawPages(pages);
}

function modeOf(name: string): RepublishMode {
  return republishModes.find((each) => each === name) ?? "update";
}

function reasonIn(fields: Form): { reason?: string } {
  const reason = text(fields, "reason");
  return reason ? { reason } : {};
}

function steps({ steps: all }: RepublishPlan): Markup {
  const rows = all.map(({ channel, action, reason, recipients, again, maybeAgain }) => [
    html`<strong>${channel}</strong>`,
    html`${action === "none" ? "nothing" : action}${reason && html`: ${reason}`}`,
    count(recipients),
    count(again),
    count(maybeAgain),
  ]);
  return html`<section><h2>What would happen</h2>${table("What would happen", ["Channel", "Action", "#Recipients", "#Have it already", "#May have it"], rows)}
${all.filter(({ diff }) => diff.length > 0).map(({ channel, diff }) => html`<h3>${channel}</h3>${diffText(diff)}`)}</section>`;
}

function decision(asking: Asking, post: string, { mode, steps: all }: RepublishPlan, correction: string): Markup {
  const due = all.filter(({ action }) => action !== "none");
  if (due.length === 0) return html`<section class="decision"><p class="sentence">Nothing would be done.</p></section>`;
  if (!asking.can("publish"))
    return html`<section class="decision"><p class="sentence">Your role may look at this, but not do it.</p></section>`;
  const people = due.filter(({ action }) => action === "send").reduce((sum, { recipients }) => sum + recipients, 0);
  const again = due.reduce((sum, step) => sum + step.again, 0);
  const label =
    people > 0 ? `Send to ${plural(people, "recipient")}` : `Edit on ${due.map(({ channel }) => channel).join(", ")}`;
  return html`<section class="decision"><p class="sentence">${people > 0 ? `${plural(people, "recipient")} ${people === 1 ? "gets" : "get"} it${again > 0 ? `; ${count(again)} of them already ${again === 1 ? "has" : "have"} it` : ""}.` : `The copies on ${due.map(({ channel }) => channel).join(", ")} are edited. No email is sent.`}</p>
${form(
  asking,
  pathOf("posts", post, "republication"),
  html`<input type="hidden" name="mode" value="${mode}"><input type="hidden" name="correction" value="${correction}">${textField({ name: "reason", label: "Reason, for the log", required: mode === "repost" })}<p>${button(label, mode === "repost" ? "danger" : "main")}</p>`,
)}</section>`;
}

function withdrawPages(pages: Pages): void {
  pages.page("/posts/:post/withdraw", async (asking) => {
    const post = asking.named("post");
    const { plan, idle } = await asking.ask(withdrawPost, { post, dryRun: true });
    const rows = plan.steps.map(({ channel, actions, reason, copies, pending }) => [
      html`<strong>${channel}</strong>`,
      html`${actions.map((each) => each.replace("-", " ")).join(", ")}${reason && html`: ${reason}`}`,
      count(copies.length),
      count(pending),
    ]);
    return {
      title: `Withdraw: ${plan.title}`,
      above: { name: "The post", path: pathOf("posts", post) },
      main: html`${table("What would happen", ["Channel", "Action", "#Copies", "#Not sent yet"], rows)}
<section class="decision"><p class="sentence">${idle ? "There is nothing to withdraw." : "An email that was sent stays in its inbox. Everything else is taken back where the network allows it."}</p>
${!idle && asking.can("publish") && form(asking, pathOf("posts", post, "withdrawal"), html`${textField({ name: "reason", label: "Reason, for the log", value: "" })}<p>${button("Withdraw this post", "danger")}</p>`)}</section>
${asCommand(`postrider withdraw ${post}`)}`,
    };
  });
  pages.form("/posts/:post/withdrawal", async (asking, fields) => {
    const post = asking.named("post");
    await asking.ask(withdrawPost, { post, ...reasonIn(fields) });
    return `${pathOf("posts", post)}?done=withdrawn`;
  });
}
