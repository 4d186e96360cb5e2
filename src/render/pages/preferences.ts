/** The page where readers choose what they get, and see their data. */

import { html, type Markup } from "#core/posts/markup.ts";
import type { ReaderPage } from "#core/readers/reader.ts";
import { frequencies } from "#core/readers/subscriber.ts";
import type { PageContent } from "./page-content.ts";
import { notice } from "./subscribe.ts";
import type { PageWords } from "./vocabulary.ts";
import { languageNames } from "./words.ts";

type Page = Extract<ReaderPage, { kind: "preferences" }>;

/** Several forms post to one address. The pressed button shows which action is wanted. */
export function preferencesPage(page: Page, words: PageWords, language: string): PageContent {
  const { preferences, said, shownAddress, tracked, problems = [] } = page;
  const { preferences: own, subscribe, tracking } = words;
  const saidText = said && { saved: own.saved, "left-all": own.leftAll }[said];
  const chosen = preferences.language ?? language;
  // If the email was forwarded, the other person must not see the name.
  const nameKept = !page.proved && preferences.name !== "";
  return {
    title: own.title,
    main: html`${saidText && html`<p class="notice" role="status">${saidText}</p>`}
${problems.length > 0 && notice(problems, words)}
<p>${own.body(shownAddress)}</p>
<form method="post">
<fieldset><legend>${own.lists}</legend>
${preferences.lists.map((list, index) => listChoice(list, index, words))}
<p class="muted">${own.frequencyNote}</p>
</fieldset>
<div class="field">
<label class="label" for="name">${subscribe.name} <span class="muted">(${subscribe.optional})</span></label>
<input type="text" id="name" name="name" value="${page.proved && preferences.name}" autocomplete="name" maxlength="100"${nameKept && html` aria-describedby="name-kept"`}>
${nameKept && html`<p class="muted" id="name-kept">${own.nameKept}</p>`}
</div>
<div class="field">
<label class="label" for="language">${own.language}</label>
<select id="language" name="language">
${languageNames().map(
  ({ tag, name }) =>
    html`<option value="${tag}" lang="${tag}"${tag === chosen && html` selected`}>${name}</option>
`,
)}</select>
</div>
<div class="actions">
<button type="submit" name="do" value="save">${own.save}</button>
<button type="submit" name="do" value="leave-all" class="quiet">${own.leaveAll}</button>
</div>
</form>
<h2>${tracking.title}</h2>
<p>${tracked.length > 0 ? tracking.some(conjunction(tracked, language)) : tracking.none}</p>
<h2>${words.data.title}</h2>
${
  page.proved
    ? proved(preferences, words)
    : html`<p>${words.data.body}</p>
<form method="post"><button type="submit" name="do" value="ask-for-data" class="quiet">${words.data.button}</button></form>`
}`,
  };
}

function listChoice(
  { name, title, subscribed, frequency }: Page["preferences"]["lists"][number],
  index: number,
  { preferences }: PageWords,
): Markup {
  return html`<div class="list">
<div class="choice">
<input type="checkbox" id="list-${index}" name="list" value="${name}"${subscribed && html` checked`}>
<label for="list-${index}">${title}</label>
</div>
<select name="frequency:${name}" aria-label="${preferences.frequency}: ${title}">
${frequencies.map(
  (choice) => html`<option value="${choice}"${choice === frequency && html` selected`}>${preferences[choice]}</option>
`,
)}</select>
</div>
`;
}

/** Only with a link that was sent to the address itself. */
function proved({ address }: Page["preferences"], { data, forget }: PageWords): Markup {
  return html`<p>${address}</p>
<form method="post"><button type="submit" name="do" value="download" class="quiet">${data.download}</button></form>
<h2>${forget.title}</h2>
<p>${forget.body}</p>
<form method="post">
<div class="choice">
<input type="checkbox" id="sure" name="sure" value="yes" required>
<label for="sure">${forget.sure}</label>
</div>
<button type="submit" name="do" value="forget" class="quiet">${forget.button}</button>
</form>`;
}

function conjunction(titles: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(titles.map((title) => `“${title}”`));
}
