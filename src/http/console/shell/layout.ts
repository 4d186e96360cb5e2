/** The frame of every page of the console: name, menu, search, notices. */

import type { ContentfulStatusCode } from "hono/utils/http-status";
import { html, type Markup, type Value } from "#core/posts/markup.ts";
import { form } from "../parts/form.ts";
import type { Asking } from "./asking.ts";
import { menuFor } from "./menu.ts";

export interface ShownPage {
  title: string;
  main: Markup;
  status?: ContentfulStatusCode;
  /** Above the title: where this page belongs. */
  above?: { name: string; path: string };
  /** Its content is asked for again when something happens. */
  isLive?: boolean;
}

/** @param assets - the address of the folder with style and script */
export function layout(asking: Asking, page: ShownPage, assets: string, fenced: string | null): string {
  const { ports, clock, actor } = asking;
  const { title, main, above, isLive } = page;
  const who = actor.name.replace(/^console:/, "");
  const body = html`<a class="skip" href="#main">Skip to content</a>
<header class="masthead">
<p class="paper"><a href="/console">${ports.title}</a></p>
<p class="dateline">${clock.day(clock.now)} <span class="quiet">· ${clock.timezone}</span></p>
<form class="search" role="search" action="/console/search"><label class="hidden" for="q">Search posts, campaigns, readers and deliveries</label><input id="q" type="search" name="q" placeholder="Search" value="${asking.context.req.path === "/console/search" ? asking.named("q") : ""}"><button type="submit" class="go">Search</button></form>
</header>
${fenced && fenceNotice(fenced)}
<div class="columns">
<nav aria-label="Console"><details class="menu" open><summary>Menu</summary>${menu(asking)}
<div class="signed-in"><span class="quiet">Signed in as</span> <strong>${who}</strong>${form(asking, "/console/sign-out", html`<button type="submit" class="plain">Sign out</button>`)}</div></details></nav>
<main id="main" tabindex="-1"${isLive && html` data-live`}>
${above && html`<p class="above"><a href="${above.path}">${above.name}</a></p>`}
<h1>${title}</h1>
${notice(asking)}
${main}
</main>
</div>
<footer><p id="stream" class="quiet" role="status"></p></footer>`;
  return documentOf(`${title} · ${ports.title}`, body, assets);
}

/** A page with nothing around it: for people who are not signed in. */
export function barePage(title: string, name: string, main: Value, assets: string): string {
  return documentOf(
    `${title} · ${name}`,
    html`<main id="main" class="alone"><p class="paper">${name}</p><h1>${title}</h1>${main}</main>`,
    assets,
  );
}

function documentOf(title: string, body: Markup, assets: string): string {
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${assets}/icon.svg">
<link rel="stylesheet" href="${assets}/console.css">
<script src="${assets}/console.js" defer></script>
</head>
<body>
${body}
</body>
</html>
`.text
  }`;
}

function menu(asking: Asking): Markup {
  const here = asking.context.req.path;
  const isHere = (path: string): boolean => (path === "/console" ? here === path : here.startsWith(path));
  return html`${menuFor(asking).map(
    ({ name, entries }) =>
      html`${name && html`<h2>${name}</h2>`}<ul>${entries.map(
        ({ label, path }) =>
          html`<li><a href="${path}"${isHere(path) && html` aria-current="${here === path ? "page" : "true"}"`}>${label}</a></li>`,
      )}</ul>`,
  )}`;
}

function fenceNotice(reason: string): Markup {
  return html`<div class="fence" role="alert"><p><strong>This copy sends nothing.</strong> ${reason} If no other Postrider sends from the original, run <code>postrider arm</code>.</p></div>`;
}

/** What was done before the browser came here. Only these sentences are shown, and none from the address. */
const done: Readonly<Record<string, string>> = {
  paused: "Paused. Emails that are already on the wire may still arrive.",
  resumed: "Resumed.",
  cancelled: "Cancelled. Emails that are already on the wire may still arrive.",
  chosen: "The rest of the readers get this subject.",
  published: "Published. The states below are updated as it is sent.",
  republished: "Done. The states below are updated as it is sent.",
  withdrawn: "Withdrawn wherever that is possible.",
  decided: "Your decision was recorded.",
  retried: "It is sent once more.",
  added: "Added.",
  removed: "Removed.",
  forgotten: "The reader was erased. Only a hash is kept, so that they get no email.",
  approved: "Approved. The edition is sent.",
  declined: "Declined. The edition is not sent.",
  ran: "The job ran. Its result is in the list.",
  changed: "Changed.",
  revoked: "Revoked. The token does not work any more.",
  "signed-out": "All sessions of this person have ended.",
  built: "The feeds were checked and written.",
  lifted: "The suppression was lifted.",
};

function notice({ named }: Asking): Markup | null {
  const words = done[named("done")];
  return words === undefined ? null : html`<p class="notice" role="status">${words}</p>`;
}
