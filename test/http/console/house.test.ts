/** People, tokens, the log, settings, search and the machinery in the console. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { perform } from "#desk/act.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { openConsoleSite, operator } from "../../support/console.ts";

/** A channel whose address has a password. */
const other =
  '  other: { adapter: smtp, url: "smtp://ada:hunter2@127.0.0.1:1", from: "Ada <ada@example.org>", list: other }\n';
const patient = { timeout: 60_000 };

it("adds people, changes their roles, and shows a link and a token once", async () => {
  await using site = await openConsoleSite();
  const ada = await site.signIn("ada", "admin");
  const people = "/console/people";
  const added = await ada.submit(people, people, { person: "ben", role: "author", email: "" });
  expect(added.html).toContain("<strong>ben</strong>");
  await ada.submit(people, `${people}/ben/role`, { role: "publisher" });
  expect(await site.app.desk.people.find("ben")).toMatchObject({ role: "publisher", createdBy: "console:ada" });
  const link = await ada.submit(people, `${people}/ben/link`);
  const [, secret = ""] = /link=([\w-]+)/.exec(link.html) ?? [];
  expect([secret.length > 20, link.url.includes(secret)]).toEqual([true, false]);

  const made = await ada.submit(people, "/console/tokens", { token: "ci", scope: "viewer", days: "7" });
  const [, token = ""] = /<code>(postrider_[^<]+)<\/code>/.exec(made.html) ?? [];
  const withToken = () => fetch(`${site.url}/api/v1/posts`, { headers: { authorization: `Bearer ${token}` } });
  expect((await withToken()).status).toBe(200);
  expect((await ada.get(people)).html).not.toContain(token);
  await ada.submit(people, "/console/tokens/ci/revocation");
  expect((await withToken()).status).toBe(401);
  await ada.submit(people, `${people}/ben/removal`);
  expect(await site.app.desk.people.find("ben")).toBeNull();

  const log = (await ada.get("/console/log?actor=console:ada")).html;
  for (const act of ["people.add", "people.role", "people.link", "tokens.create", "tokens.revoke", "people.remove"])
    expect(log, act).toContain(`>${act}</a>`);
  expect(log).toContain("role: author, then publisher");
  expect(log).not.toContain(secret);
});

it("shows people, log and settings to admins only, and webhooks to operators", async () => {
  await using site = await openConsoleSite(other);
  const visitors = {
    ada: await site.signIn("ada", "admin"),
    ole: await site.signIn("ole", "operator"),
    vic: await site.signIn("vic", "viewer"),
  };
  const statusOf = async (path: string) =>
    Promise.all(Object.values(visitors).map(async (visitor) => (await visitor.get(`/console/${path}`)).status));
  for (const path of ["people", "log", "settings"])
    expect([path, await statusOf(path)]).toEqual([path, [200, 403, 403]]);
  expect(await statusOf("webhooks")).toEqual([200, 200, 403]);
  for (const path of ["channels", "feeds", "workers", "queue", "search?q=hello"])
    expect([path, await statusOf(path)]).toEqual([path, [200, 200, 200]]);
  expect((await visitors.vic.get("/console")).html).not.toMatch(/href="\/console\/(people|log|settings|webhooks)"/);
  const settings = (await visitors.ada.get("/console/settings")).html;
  expect(settings).toMatch(/<code>site\.title<\/code><\/td><td>[^<]+<\/td><td>line \d+/);
  expect(settings).toContain("channels.other");
  expect(settings).not.toContain("hunter2");
});

it("has a page for each entry of its menu", async () => {
  await using site = await openConsoleSite();
  const ada = await site.signIn("ada", "admin");
  const { html } = await ada.get("/console");
  const paths = [...html.matchAll(/<li><a href="(\/console[^"]*)"/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(14);
  for (const path of paths) expect([path, (await ada.get(path)).status]).toEqual([path, 200]);
});

it("finds posts, campaigns, readers and deliveries", async () => {
  await using site = await openConsoleSite("", { relay: { unknown: ["gone@example.org"] } });
  const people = ["ann@example.org", "gone@example.org"].map((address) => ({ address }));
  await site.app.subscribers.add(people, { list: "everyone", source: "test" });
  const posts = [join(site.dir, "content/posts/hello.md")];
  await perform(publishPosts, { posts, channels: ["newsletter"] }, operator, site.app.desk);
  const ada = await site.signIn("ada", "admin");
  const found = async (words: string) => (await ada.get(`/console/search?q=${encodeURIComponent(words)}`)).html;
  await expect.poll(() => found("state:refused domain:example.org"), patient).toContain("gone@example.org");
  const refused = await found("state:refused");
  expect(refused).not.toContain("ann@example.org");
  const [, id = ""] = /\/console\/deliveries\/(\d+)/.exec(refused) ?? [];
  expect(await found(id)).toContain(`/console/deliveries/${id}`);
  const all = await found("hello");
  expect(all).toMatch(/href="\/console\/posts\/hello\.md"/);
  expect(all).toMatch(/<h2>Campaigns<\/h2>/);
  expect(await found("ann@")).toMatch(/href="\/console\/readers\/\d+">ann@example\.org/);
  for (const nothing of ["zzz", "99999999", "state:accepted domain:none.example"])
    expect(await found(nothing)).toMatch(/Nothing was found|No delivery matches/);
  expect(await found('<script>alert("x")</script>')).not.toContain("<script>alert");
  const wrong = await ada.get("/console/search?q=state:nonsense");
  expect([wrong.status, wrong.html.includes("state")]).toEqual([400, true]);
});
