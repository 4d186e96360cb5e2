/** The subscribe page. */

import { html, type Markup } from "#core/posts/markup.ts";
import type { ReaderPage } from "#core/readers/reader.ts";
import type { PageContent } from "./page-content.ts";
import type { PageWords } from "./vocabulary.ts";

type Filled = Omit<Extract<ReaderPage, { kind: "subscribe" }>, "kind">;

export function subscribePage(page: Filled, words: PageWords, site: string): PageContent {
  return { title: words.subscribe.title(site), main: subscribeForm(page, words) };
}

/** @param action - the address that the form is sent to. Default: the page's own */
export function subscribeForm({ lists, filled, problems = [] }: Filled, words: PageWords, action?: string): Markup {
  const { subscribe } = words;
  const wrongAddress = problems.includes("address");
  return html`${problems.length > 0 && notice(problems, words)}
<p>${subscribe.body}</p>
<form method="post"${action && html` action="${action}"`}>
<div class="field">
<label class="label" for="address">${subscribe.address}</label>
<input type="email" id="address" name="address" value="${filled?.address}" autocomplete="email" required maxlength="254"${
    wrongAddress && html` aria-invalid="true" aria-describedby="problems"`
  }>
</div>
<div class="field">
<label class="label" for="name">${subscribe.name} <span class="muted">(${subscribe.optional})</span></label>
<input type="text" id="name" name="name" value="${filled?.name}" autocomplete="name" maxlength="100">
</div>
${
  lists.length === 1
    ? html`<input type="hidden" name="list" value="${lists[0]?.name}">`
    : html`<fieldset><legend>${subscribe.lists}</legend>
${lists.map(
  ({ name, title, chosen }, index) => html`<div class="choice">
<input type="checkbox" id="list-${index}" name="list" value="${name}"${chosen && html` checked`}>
<label for="list-${index}">${title}</label>
</div>`,
)}
</fieldset>`
}
<div class="trap" aria-hidden="true">
<label for="website">${subscribe.leaveEmpty}</label>
<input type="text" id="website" name="website" tabindex="-1" autocomplete="off">
</div>
<button type="submit">${subscribe.button}</button>
</form>`;
}

/** Screen readers read it first, and the wrong fields refer to it. */
export function notice(problems: readonly (keyof PageWords["problems"])[], words: PageWords): Markup {
  return html`<div class="notice" id="problems" role="alert">
<strong>${words.problems.title}</strong>
${problems.map((problem) => html`<div>${words.problems[problem]}</div>`)}
</div>`;
}
