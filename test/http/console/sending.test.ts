/** Campaigns and uncertain deliveries in the console. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { perform } from "#desk/act.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { type ConsoleSite, openConsoleSite, operator } from "../../support/console.ts";

const patient = { timeout: 60_000 };

async function publish({ app, dir }: ConsoleSite, addresses: readonly string[]): Promise<string> {
  const people = addresses.map((address) => ({ address }));
  await app.subscribers.add(people, { list: "everyone", source: "test" });
  const posts = [join(dir, "content/posts/hello.md")];
  await perform(publishPosts, { posts, channels: ["newsletter"] }, operator, app.desk);
  const { items } = await app.desk.listings.publications.page({}, { after: null, limit: 1 });
  return items[0]?.id ?? "";
}

it("pauses, resumes and cancels a campaign, each with a reason and the effect beside the button", async () => {
  await using site = await openConsoleSite("", { workers: false });
  const id = await publish(site, ["ann@example.org", "bob@example.org"]);
  const path = `/console/campaigns/${id}`;
  const ada = await site.signIn("ada", "operator");
  expect((await ada.get("/console/campaigns")).html).toContain(path);
  expect((await ada.get(path)).html).toContain("2 emails will wait.");
  const stateOf = async () => (await site.app.ledger.campaigns(id))[0];
  const paused = await ada.submit(path, `${path}/pause`, { reason: "wait for the picture" });
  expect(paused.html).toContain("Paused. Emails that are already on the wire may still arrive.");
  expect(await stateOf()).toMatchObject({ state: "paused", reason: "wait for the picture" });
  await ada.submit(path, `${path}/resume`);
  expect((await stateOf())?.state).toBe("sending");
  await ada.submit(path, `${path}/cancel`);
  expect((await stateOf())?.state).toBe("cancelled");
  // Nothing is left to do, so nothing is offered.
  expect((await ada.get(path)).html).not.toContain(`${path}/pause`);
});

it("shows a viewer the campaign without its acts, and refuses them", async () => {
  await using site = await openConsoleSite("", { workers: false });
  const id = await publish(site, ["ann@example.org"]);
  const path = `/console/campaigns/${id}`;
  const [ada, vic] = [await site.signIn("ada", "operator"), await site.signIn("vic", "viewer")];
  expect((await vic.get(path)).html).not.toContain("<summary class");
  const csrf = /name="csrf" value="(\w+)"/.exec((await vic.get("/console")).html)?.[1] ?? "";
  const answer = await fetch(`${site.url}${path}/cancel`, {
    method: "POST",
    headers: { cookie: vic.cookie },
    body: new URLSearchParams({ csrf, once: crypto.randomUUID(), channel: "newsletter", reason: "x" }),
  });
  expect(answer.status).toBe(403);
  expect((await ada.get(path)).html).toContain(`${path}/cancel`);
});

it("lists what is uncertain with its evidence, and carries out a verdict", async () => {
  await using site = await openConsoleSite("", { relay: { lost: ["lost@example.org"] } });
  await publish(site, ["ann@example.org", "lost@example.org"]);
  const ada = await site.signIn("ada", "operator");
  const listed = async () => (await ada.get("/console/uncertain")).html;
  await expect.poll(listed, patient).toContain("lost@example.org");
  const path = /\/console\/deliveries\/\d+/.exec(await listed())?.[0] ?? "";
  const { html } = await ada.get(path);
  expect(html).toContain("Message-ID begins with");
  expect(html).toContain("The email may have been accepted");
  const done = await ada.submit(path, `${path}/verdict`, { verdict: "arrived", reason: "the relay's log has it" });
  expect(done.html).toContain("Your decision was recorded.");
  expect(done.html).toContain("reason: the relay's log has it");
  expect(await listed()).toContain("Nothing is uncertain.");
});

it("shows a person who is limited to channels what is uncertain there, and on no other channel", async () => {
  await using site = await openConsoleSite("", { relay: { lost: ["lost@example.org"] } });
  await publish(site, ["lost@example.org"]);
  const person = (name: string, channels: string[]) =>
    site.app.desk.people.add({ name, role: "operator", email: null, channels, lists: null }, "test");
  await Promise.all([person("ann", ["newsletter", "social"]), person("sue", ["social"])]);
  const [ann, sue] = [await site.signIn("ann"), await site.signIn("sue")];
  await expect.poll(async () => (await ann.get("/console/uncertain")).html, patient).toContain("lost@example.org");
  expect((await ann.get("/console")).html).toContain("1 delivery</a> may or may not have arrived");
  const other = await sue.get("/console/uncertain");
  expect([other.status, other.html.includes("lost@example.org")]).toEqual([200, false]);
});
