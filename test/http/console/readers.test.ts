/** Readers, lists, jobs and editions in the console. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { perform } from "#desk/act.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { describeReader } from "#desk/readers/describe.ts";
import { type ConsoleSite, openConsoleSite, operator } from "../../support/console.ts";

const patient = { timeout: 60_000 };

async function idOf({ app }: ConsoleSite, address: string): Promise<string> {
  const { rows } = await app.database.pool.query("select id::text as id from postrider.subscriber where address = $1", [
    address,
  ]);
  return rows[0]?.id ?? "";
}

it("says why somebody did not get an email, in one page from the search", async () => {
  await using site = await openConsoleSite();
  const people = ["ann@example.org", "sue@example.org", "ben@example.org"].map((address) => ({ address }));
  await site.app.subscribers.add(people, { list: "everyone", source: "test" });
  const ada = await site.signIn("ada", "admin");
  const pathOf = async (address: string): Promise<string> => `/console/readers/${await idOf(site, address)}`;
  const sue = await pathOf("sue@example.org");
  const suppressed = await ada.submit(sue, `${sue}/suppression`, { reason: "asked by phone" });
  expect(suppressed.html).toContain("gets no email");
  const ben = await pathOf("ben@example.org");
  expect((await ada.submit(ben, `${ben}/removal`, { list: "everyone" })).html).toContain("unsubscribed");

  const posts = [join(site.dir, "content/posts/hello.md")];
  await perform(publishPosts, { posts, channels: ["newsletter"] }, operator, site.app.desk);
  await expect.poll(() => site.sink.accepted.size, patient).toBe(1);
  await expect.poll(async () => (await ada.get(await pathOf("ann@example.org"))).html, patient).toContain("accepted");
  expect((await ada.get(ben)).html).toContain("On the list everyone they are unsubscribed, since");
  expect((await ada.get(sue)).html).toMatch(/Suppressed: [\w-]+, since|class="state[^"]*">suppressed/);
  const found = await ada.get("/console/readers?address=sue");
  expect([found.html.includes(sue), found.html.includes("ann@example.org")]).toEqual([true, false]);

  await ada.submit(sue, `${sue}/lift`, { reason: "asked again" });
  expect((await ada.get(sue)).html).toContain("gets email");
});

it("adds a reader, and erases one only when the address is typed", async () => {
  await using site = await openConsoleSite();
  const ada = await site.signIn("ada", "admin");
  await site.app.subscribers.add([{ address: "ann@example.org" }], { list: "everyone", source: "test" });
  const added = await ada.submit("/console/readers", "/console/readers", {
    ...{ address: "new@example.org", list: "everyone", consent: "signed the visitors' book" },
  });
  expect(added.html).toContain("new@example.org");
  const path = `/console/readers/${await idOf(site, "new@example.org")}`;
  expect((await ada.get(path)).html).toContain("signed the visitors");
  const wrong = await ada.submit(path, `${path}/erasure`, { address: "ann@example.org" });
  expect([wrong.status, wrong.html.includes("Nothing was erased")]).toEqual([422, true]);
  expect(await idOf(site, "new@example.org")).not.toBe("");
  await ada.submit(path, `${path}/erasure`, { address: "New@example.org" });
  expect(await idOf(site, "new@example.org")).toBe("");
});

it("counts a segment that is in no file, and says what is wrong with one", async () => {
  await using site = await openConsoleSite();
  for (const city of ["Bern", "Rome"]) {
    const address = `${city}@example.org`;
    await site.app.subscribers.add([{ address }], { list: "everyone", source: "test" });
    await perform(describeReader, { address, attributes: { city } }, operator, site.app.desk);
  }
  const ada = await site.signIn("ada", "operator");
  const counted = async (segment: string) =>
    (await ada.get(`/console/lists?${new URLSearchParams({ segment, list: "everyone" })}`)).html;
  expect(await counted('city = "Bern"')).toContain("1 reader of 2 on everyone would get an email");
  expect(await counted("city =")).toContain('class="problem"');
});

it("shows what a job would do, runs it, and approves or declines its edition", async () => {
  await using site = await openConsoleSite();
  await site.app.subscribers.add([{ address: "ann@example.org" }], { list: "everyone", source: "test" });
  site.write(
    "jobs/weekly.yaml",
    "kind: campaign\nchannels: [newsletter]\nposts: { since: 3650d }\nreview: { to: [ada@example.net] }\n",
  );
  const [ada, vic] = [await site.signIn("ada", "admin"), await site.signIn("vic", "viewer")];
  expect((await ada.get("/console/jobs")).html).toContain('href="/console/jobs/weekly"');
  const rehearsed = await ada.get("/console/jobs/weekly?rehearse=1");
  expect(rehearsed.html).toMatch(/It would prepare “[^”]+” for 1 reader, and ask for a review\./);
  expect((await vic.get("/console/jobs/weekly?rehearse=1")).html).not.toContain("Run weekly now");
  const ran = await ada.submit("/console/jobs/weekly?rehearse=1", "/console/jobs/weekly/runs");
  expect(ran.status).toBe(200);
  const path = "/console/editions/weekly/1";
  const { html } = await ada.get(path);
  expect(html).toContain("waiting");
  const mail = await ada.get(`${path}/mail/0`);
  expect(mail.headers.get("content-security-policy")).toMatch(/^sandbox;/);
  const approved = await ada.submit(path, `${path}/approval`);
  expect(approved.html).toContain("approved");
  await expect.poll(() => site.sink.accepted.get("ann@example.org"), patient).toBe(1);
  expect((await ada.get("/console/editions?state=waiting")).html).toContain("No edition matches.");
  expect((await ada.get("/console/jobs/none")).status).toBe(404);
});
