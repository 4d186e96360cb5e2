/** On Today, until everything is there: what a new site still needs. */

import { html, type Markup, type Value } from "#core/posts/markup.ts";
import { listPublications } from "#desk/posts/pages.ts";
import { pageLists } from "#desk/readers/pages.ts";
import { listChannels } from "#desk/site/pages.ts";
import type { Asking } from "../shell/asking.ts";

interface Step {
  label: string;
  isDone: boolean;
  how: Value;
}

/** Nothing for a site that is complete, and for people who can't change it. */
export async function setUpSteps(asking: Asking): Promise<Markup | null> {
  if (!asking.can("admin")) return null;
  const steps = await stepsOf(asking);
  if (steps.every(({ isDone }) => isDone)) return null;
  return html`<section class="setup"><h2>Set up this site</h2><ol>${steps.map(
    ({ label, isDone, how }) =>
      html`<li>${isDone ? html`<span class="state good">done</span>` : html`<span class="state warn">to do</span>`} <strong>${label}</strong>${!isDone && html`<br>${how}`}</li>`,
  )}</ol></section>`;
}

async function stepsOf(asking: Asking): Promise<Step[]> {
  const { site, desk } = asking.ports;
  const channels = (await asking.askIfAllowed(listChannels, { limit: 200 }))?.items ?? [];
  const lists = (await asking.askIfAllowed(pageLists, { limit: 200 }))?.items ?? [];
  const went = (await asking.askIfAllowed(listPublications, { limit: 1 }))?.items ?? [];
  const mail = channels.filter(({ medium }) => medium === "email");
  const broken = channels.filter(({ health }) => health === "misconfigured");
  const isMailed = desk.mailedLists().size > 0;
  return [
    {
      label: "Postal address",
      isDone: !isMailed || Boolean(site.postalAddress),
      how: html`Many countries require one in every email. Add <code>site.postalAddress</code> to postrider.yaml.`,
    },
    {
      label: "A relay for email",
      isDone: mail.length > 0,
      how: html`Add a channel with <code>adapter: smtp</code> to postrider.yaml.`,
    },
    {
      label: "Every channel can be used",
      isDone: broken.length === 0,
      how: html`${broken.map(({ name, problem }) => html`${name}: ${problem} `)} <a href="/console/channels">Check the channels</a>`,
    },
    {
      label: "The first readers",
      isDone: !isMailed || lists.some(({ confirmed }) => confirmed > 0),
      how: html`<a href="/console/readers">Add a reader</a>, or import a file with <code>postrider subscribers import</code>.`,
    },
    {
      label: "The first post",
      isDone: went.length > 0,
      how: html`<a href="/console/posts">Choose a post</a>, send yourself a test email, and publish it.`,
    },
  ];
}
