/** Sends a post as a test email. */

import { html, type Markup } from "#core/posts/markup.ts";
import { sendTest } from "#desk/posts/send-test.ts";
import { button, form, textField } from "../../parts/form.ts";
import { pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Pages, text } from "../../shell/serve.ts";

/** For the conversation with a relay. */
const patienceMs = 60_000;

/** Shown where a post has an email. */
export function testForm(asking: Asking, post: string): Markup | null {
  if (asking.ports.desk.mailedLists().size === 0) return null;
  return html`<section><h2>Test email</h2>${form(
    asking,
    pathOf("posts", post, "test"),
    html`${textField({ name: "to", label: "Send a test to", type: "email", required: true, hint: "Nothing is recorded about readers." })}<p class="field">${button("Send test email")}</p>`,
    "fields",
  )}</section>`;
}

export function testPages(pages: Pages): void {
  pages.form("/posts/:post/test", async (asking, fields) => {
    const post = asking.named("post");
    const { tests } = await asking.askWith(
      sendTest,
      { post, to: [text(fields, "to")] },
      { stop: AbortSignal.timeout(patienceMs) },
    );
    return {
      title: "Test email",
      above: { name: "The post", path: pathOf("posts", post) },
      main: html`<ul class="tasks">${tests.map(
        ({ to, accepted, message }) =>
          html`<li>${state(accepted ? "accepted" : "refused")} ${to} <span class="quiet">${message}</span></li>`,
      )}</ul>
<p><a class="button" href="${pathOf("posts", post, "publish")}">Publish…</a> <a href="${pathOf("posts", post)}">Back to the post</a></p>`,
    };
  });
}
