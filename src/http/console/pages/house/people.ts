/** `/console/people`: who may use the site, with which role; and the tokens of programs. */

import { type Role, roles } from "#core/people/permission.ts";
import type { Person } from "#core/people/person.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import { addPerson, listPeople, removePerson, setRole } from "#desk/people/people.ts";
import { createSignInLink, endSessions } from "#desk/people/sign-in.ts";
import { createToken, listTokens, revokeToken, type ShownToken } from "#desk/people/tokens.ts";
import { button, choiceField, form, textField } from "../../parts/form.ts";
import { asCommand, table } from "../../parts/table.ts";
import { pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Pages, text } from "../../shell/serve.ts";

const pairs = roles.map((role) => [role, role] as const);

export function peoplePages(pages: Pages): void {
  pages.page("/people", async (asking) => {
    const { people } = await asking.ask(listPeople, {});
    const { tokens } = await asking.ask(listTokens, {});
    return {
      title: "People and tokens",
      main: html`${table(
        "People",
        ["Name", "Role", "Limited to", "Added", "Change"],
        people.map((each) => personRow(each, asking)),
        "Nobody yet.",
      )}
${adding(asking)}
<section><h2>Tokens of programs</h2>${table(
        "Tokens",
        ["Name", "State", "Scopes", "Made by", "Last used", "Ends", "Change"],
        tokens.map((each) => tokenRow(each, asking)),
        "There are no tokens.",
      )}
${addingToken(asking)}</section>
${asCommand("postrider people list")}`,
    };
  });
  personForms(pages);
  tokenForms(pages);
}

function limitsOf({ channels, lists }: Pick<Person, "channels" | "lists">): string {
  const parts = [channels && `channels ${channels.join(", ")}`, lists && `lists ${lists.join(", ")}`];
  return parts.filter(Boolean).join("; ");
}

function personRow({ name, role, email, createdAt, createdBy, ...limits }: Person, asking: Asking) {
  const path = pathOf("people", name);
  return [
    html`<strong>${name}</strong>${email && html`<br><span class="quiet">${email}</span>`}`,
    role,
    limitsOf(limits),
    html`${asking.clock.time(createdAt)} <span class="quiet">by ${createdBy}</span>`,
    html`<details class="act"><summary class="button">Change…</summary>
${form(asking, `${path}/role`, html`${choiceField("role", `Role of ${name}`, pairs, role)}${button("Change the role")}`)}
${form(asking, `${path}/link`, button("Make a sign-in link"))}
${form(asking, `${path}/sign-out`, button("End their sessions"))}
${form(asking, `${path}/removal`, html`<p>Their sessions end. What they did stays in the log.</p>${button(`Remove ${name}`, "danger")}`)}</details>`,
  ];
}

function adding(asking: Asking): Markup {
  return html`<section><h2>Add a person</h2>${form(
    asking,
    "/console/people",
    html`<div class="fields">${textField({ name: "person", label: "Name", required: true })}${choiceField("role", "Role", pairs, "author")}${textField({ name: "email", label: "Email address (optional)", type: "email", hint: "With it they can sign in through the provider of the site." })}</div>
<p>${button("Add this person", "main")}</p>`,
  )}</section>`;
}

function tokenRow(
  { name, state: now, scopes, createdBy, lastUsedAt, expiresAt, ...limits }: ShownToken,
  asking: Asking,
) {
  const limited = limitsOf(limits);
  return [
    name,
    state(now),
    html`${scopes.join(", ")}${limited && html`<br><span class="quiet">${limited}</span>`}`,
    createdBy,
    asking.clock.time(lastUsedAt),
    expiresAt ? asking.clock.time(expiresAt) : html`<span class="quiet">no end</span>`,
    now === "valid" && form(asking, pathOf("tokens", name, "revocation"), button("Revoke", "danger")),
  ];
}

function addingToken(asking: Asking): Markup {
  return form(
    asking,
    "/console/tokens",
    html`<div class="fields">${textField({ name: "token", label: "Name of the program", required: true })}${choiceField("scope", "It may do what this role may", pairs, "viewer")}${textField({ name: "days", label: "Days until it ends", value: "90", hint: "Empty: it has no end." })}</div>
<p>${button("Make a token")}</p>`,
  );
}

function personForms(pages: Pages): void {
  pages.form("/people", async (asking, fields) => {
    const email = text(fields, "email");
    await asking.ask(addPerson, {
      ...{ person: text(fields, "person"), role: text(fields, "role") as Role },
      ...(email && { email }),
    });
    return "/console/people?done=added";
  });
  pages.form("/people/:person/role", async (asking, fields) => {
    await asking.ask(setRole, { person: asking.named("person"), role: text(fields, "role") as Role });
    return "/console/people?done=changed";
  });
  pages.form("/people/:person/sign-out", async (asking) => {
    await asking.ask(endSessions, { person: asking.named("person") });
    return "/console/people?done=signed-out";
  });
  pages.form("/people/:person/removal", async (asking) => {
    await asking.ask(removePerson, { person: asking.named("person") });
    return "/console/people?done=removed";
  });
  // Shown once, and never in an address: an address stays in the history of a browser.
  pages.form("/people/:person/link", async (asking) => {
    const { name, url } = await asking.ask(createSignInLink, { person: asking.named("person") });
    return shownOnce(`A sign-in link for ${name}`, url, "It works once, for 15 minutes. Give it to them in private.");
  });
}

function tokenForms(pages: Pages): void {
  pages.form("/tokens", async (asking, fields) => {
    const days = Number(text(fields, "days"));
    const expiresAt = days > 0 ? new Date(asking.clock.now.getTime() + days * 86_400_000) : undefined;
    const { name, token } = await asking.ask(createToken, {
      ...{ token: text(fields, "token"), scopes: [text(fields, "scope")] },
      ...(expiresAt && { expiresAt }),
    });
    return shownOnce(`The token ${name}`, token, "It is shown only now. Only its hash is kept.");
  });
  pages.form("/tokens/:token/revocation", async (asking) => {
    await asking.ask(revokeToken, { token: asking.named("token") });
    return "/console/people?done=revoked";
  });
}

function shownOnce(title: string, secret: string, words: string) {
  return {
    title,
    above: { name: "People and tokens", path: "/console/people" },
    main: html`<p>${words}</p><p class="command"><code>${secret}</code> <button type="button" class="copy" data-copy="${secret}" hidden>Copy</button></p>`,
  };
}
