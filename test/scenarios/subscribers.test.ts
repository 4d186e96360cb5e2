/** What an operator does with readers, on the command line. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { dsn } from "../smtp/bounces/samples.ts";
import { mailSite, openTestSite, post, readersCsv, type TestSite } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

const show = async (site: TestSite, address: string) =>
  (await site.run("subscribers", "show", address, "--json")).json<{
    subscriber: {
      name?: string;
      attributes?: unknown;
      lists: { name: string; state: string; source: string }[];
      suppressions: { reason: string; evidence?: string }[];
    } | null;
  }>().subscriber;

it("records a bounce from standard input: it suppresses with evidence, and an operator can undo it", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", "content/posts/hello.md");
  const unproven = dsn({ recipients: [{ recipient: "reader0@example.org", status: "5.1.1" }], returned: "nothing" });
  expect((await site.feed(unproven, "bounce", "--record")).stdout).toContain("noted; matches no delivery");
  const [id = ""] = sink.messageIds.get("reader0@example.org") ?? [];
  const message = `In-Reply-To: <${id.replace(/[<>]/g, "")}>\r\n${unproven}`;
  const explained = await site.feed(message, "bounce");
  expect(explained.stdout).toContain("5.1.1 says that the mailbox does not exist");
  expect((await show(site, "reader0@example.org"))?.suppressions).toEqual([]);
  const recorded = await site.feed(message, "bounce", "--record");
  expect(recorded).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("suppressed; matched by its message-id"),
  });
  expect((await site.feed(message, "bounce", "--record")).stdout).toContain("known");
  expect((await show(site, "reader0@example.org"))?.suppressions).toMatchObject([
    { reason: "hard-bounce", evidence: expect.stringContaining("5.1.1") },
  ]);
  const listed = await site.run("subscribers", "suppressions");
  expect(listed.stdout.split("\n")[1]).toMatch(
    /^reader0@example\.org,[0-9a-f]{64},hard-bounce,,.*,bounce \d+: 5\.1\.1/,
  );
  await site.run("subscribers", "unsuppress", "reader0@example.org", "--reason", "a mistake of their provider");
  expect((await show(site, "reader0@example.org"))?.suppressions).toEqual([]);
});

it("suppresses an address on one list or all lists, and sends it nothing", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(3),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const wrong = await site.run("subscribers", "suppress", "reader0@example.org", "--reason", "x", "--list", "nowhere");
  expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('There is no list "nowhere"') });
  const reason = ["--reason", "asked on the phone"];
  expect(
    (await site.run("subscribers", "suppress", "reader0@example.org", ...reason, "--list", "everyone")).status,
  ).toBe(0);
  expect((await site.run("subscribers", "suppress", "reader1@example.org", ...reason)).stdout).toContain(
    "is suppressed",
  );
  expect((await show(site, "reader1@example.org"))?.suppressions).toMatchObject([
    { reason: "manual", evidence: "cli: asked on the phone" },
  ]);
  await site.run("publish", "content/posts/hello.md");
  expect([...sink.accepted.keys()]).toEqual(["reader2@example.org"]);
});

it("exports a file that another installation imports unchanged, without cells that a spreadsheet would run", async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:1"), {
    "people.csv":
      'email,name,status,tags,language\nada@example.org,"=HYPERLINK(""http://x"")",,"press,friends",de\nbo@example.org,\'=x,unsubscribed,,\n+49@example.org,@SUM(A1),,,\n',
    "more.csv": "email\nada@example.org\ncy@example.org\n",
  });
  await site.run("subscribers", "import", "people.csv", "--list", "everyone", "--consent", "the old form");
  const mistyped = await site.run("subscribers", "import", "more.csv", "--list", "everyon");
  expect(mistyped).toMatchObject({ status: 1, stdout: "" });
  expect(mistyped.stderr).toContain('There is no list "everyon"; did you mean "everyone"?');
  expect(mistyped.stderr).toContain("--create-list");
  const added = await site.run("subscribers", "add", "cy@example.org", "--list", "evryone");
  expect(added).toMatchObject({ status: 1, stderr: expect.stringContaining('did you mean "everyone"?') });
  const unmailed = await site.run("subscribers", "import", "more.csv", "--list", "everyon", "--create-list");
  expect(unmailed.stderr).toContain('No channel sends to the list "everyon"; did you mean "everyone"?');
  await site.run("subscribers", "export", "--out", "out.csv");
  const text = readFileSync(join(site.dir, "out.csv"), "utf8");
  for (const line of text.split("\n").slice(1))
    for (const cell of line.split(",")) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
  const json = (await site.run("subscribers", "export", "--json")).json<{ subscribers: { address: string }[] }>();
  expect(json.subscribers.map(({ address }) => address).sort()).toEqual([
    ...["+49@example.org", "ada@example.org", "ada@example.org", "bo@example.org", "cy@example.org"],
  ]);

  const again = openTestSite(mailSite("smtp://127.0.0.1:1"), { "out.csv": text });
  const result = await again.run("subscribers", "import", "out.csv", "--list", "everyone", "--consent", "moved");
  expect(result.stdout).toContain(
    "everyone: 2 confirmed, 1 unsubscribed, 0 suppressed, 0 forgotten, 0 known, 2 skipped (2 on other lists)",
  );
  expect(await show(again, "ada@example.org")).toMatchObject({
    name: '=HYPERLINK("http://x")',
    attributes: { tags: ["press", "friends"] },
    lists: [
      {
        name: "everyone",
        state: "confirmed",
        source: expect.stringMatching(/^moved; since \S+, source the old form$/),
      },
    ],
  });
  expect(await show(again, "bo@example.org")).toMatchObject({ lists: [{ state: "unsubscribed" }] });
  expect(await show(again, "+49@example.org")).toMatchObject({ name: "@SUM(A1)" });
  expect(await show(again, "cy@example.org")).toBeNull();
});

it("stops writing when the reader stops, and can import its own export as readers who already received a post", {
  timeout: 120_000,
}, async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:9"), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(3),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  for (const command of [["subscribers", "export"], ["status"]]) {
    const { child, finished } = await site.start(...command);
    child.stdout?.destroy();
    expect(await finished, command.join(" ")).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining("EPIPE"),
    });
  }
  await site.run("subscribers", "export", "--out", "export.csv");
  const { stdout } = await site.run("subscribers", "received", "export.csv", "content/posts/hello.md");
  expect(stdout).toContain("Recorded 3 readers who already received this post");
});

it("forgets permanently: no import adds a forgotten person, but they can subscribe themselves, or an operator with a proof", {
  timeout: 900_000,
}, async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:1"), {
    "people.csv":
      "Email,Name,Email disabled,Start date\nada@example.org,Ada Quill,false,2024-01-01\nbo@example.org,Bo,true,\ncy@example.org,Cy,false,\n",
  });
  const importing = ["subscribers", "import", "people.csv", "--list", "everyone", "--preset", "substack"];
  const words = async (...more: string[]) => (await site.run(...importing, ...more)).stdout.trim();
  const first = "everyone: 2 confirmed, 1 unsubscribed, 0 suppressed, 0 forgotten, 0 known, 0 skipped";
  expect(await words("--dry-run")).toBe(first);
  expect((await site.run("subscribers", "count", "--json")).json()).toEqual({ lists: [] });
  expect(await words()).toBe(first);
  const forgotten = await site.run("subscribers", "forget", "ada@example.org");
  expect(forgotten).toMatchObject({ status: 0, stdout: expect.stringContaining("Erased") });

  const again = "everyone: 0 confirmed, 0 unsubscribed, 0 suppressed, 1 forgotten, 2 known, 0 skipped";
  expect(await words("--dry-run")).toBe(again);
  const second = await site.run(...importing);
  expect(second.stdout.trim()).toBe(again);
  expect(second.stderr).toContain('Columns: address "Email", name "Name", state "Email disabled"');
  const kept = readFileSync(join(site.dir, "people.csv.rejects.csv"), "utf8");
  expect(kept).toContain('2,"was forgotten here, so not imported"');
  const exported = await site.run("subscribers", "export");
  for (const text of [kept, exported.stdout, second.stderr]) expect(text).not.toMatch(/ada@|quill/i);
  const add = ["subscribers", "add", "ADA@example.org", "--list", "everyone"];
  const refused = await site.run(...add);
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("was forgotten") });
  expect(refused.stderr).toContain("--resubscribe --consent");
  expect((await site.run(...add, "--resubscribe")).status).toBe(2);

  const back = await site.run(...add, "--resubscribe", "--consent", "asked by phone on 2026-11-20");
  expect(back).toMatchObject({ status: 0, stdout: expect.stringContaining("had been forgotten") });
  expect(await show(site, "ada@example.org")).toMatchObject({
    lists: [{ state: "confirmed", source: "asked by phone on 2026-11-20" }],
    suppressions: [],
  });
});

it("lists and counts people, adds people who unsubscribed with a proof, and removes an unused list", {
  timeout: 900_000,
}, async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:1"), {
    "people.csv": "email,status\nada@example.org,\nbo@example.org,bounced\ncy@example.org,pending\ndi@example.org,\n",
  });
  await site.run("subscribers", "import", "people.csv", "--list", "everyone");
  await site.run("subscribers", "import", "people.csv", "--list", "old", "--create-list");
  await site.run("subscribers", "remove", "di@example.org", "--list", "everyone");
  const everyone = { name: "everyone", confirmed: 2, suppressed: 1, unconfirmed: 1, unsubscribed: 1 };
  const counted = (await site.run("subscribers", "count", "--json")).json<{ lists: unknown[] }>();
  expect(counted.lists).toMatchObject([everyone, { name: "old", confirmed: 3, suppressed: 1, unconfirmed: 1 }]);
  expect((await site.run("subscribers", "count", "--list", "everyone")).stdout).toMatch(/everyone +2 +1 +1 +1/);
  const listed = async (...more: string[]) =>
    (await site.run("subscribers", "list", "--json", ...more)).json<{ subscribers: { address: string }[] }>()
      .subscribers;
  expect(await listed()).toHaveLength(8);
  expect(await listed("--list", "everyone", "--state", "suppressed")).toMatchObject([
    { address: "bo@example.org", state: "confirmed", suppressed: "hard-bounce" },
  ]);
  expect((await site.run("subscribers", "list", "--list", "everyone", "--state", "unsubscribed")).stdout).toMatch(
    /^di@example\.org +everyone +unsubscribed +\d{4}-\d\d-\d\d\n$/,
  );
  expect((await site.run("subscribers", "list", "--state", "gone")).status).toBe(2);

  const add = (address: string, ...more: string[]) =>
    site.run("subscribers", "add", address, "--list", "everyone", ...more);
  const left = await add("di@example.org");
  expect(left.stdout).toContain("and not added again");
  expect(left.stderr).toContain("--resubscribe");
  const proof = ["--resubscribe", "--consent", "wrote a letter"];
  expect(await add("di@example.org", ...proof)).toMatchObject({ status: 0 });
  const bounced = await add("bo@example.org", ...proof);
  expect(bounced).toMatchObject({ status: 1, stderr: expect.stringContaining("hard-bounce since") });
  expect(bounced.stderr).toContain("unsuppress");
  expect((await show(site, "bo@example.org"))?.suppressions).toMatchObject([{ reason: "hard-bounce" }]);

  const used = await site.run("lists", "remove", "everyone", "--yes");
  expect(used).toMatchObject({ status: 1, stderr: expect.stringContaining("is used by newsletter") });
  const unknown = await site.run("lists", "remove", "olt", "--yes");
  expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining('did you mean "old"?') });
  const unasked = await site.run("lists", "remove", "old");
  expect(unasked).toMatchObject({ status: 2, stderr: expect.stringContaining("4 subscriptions") });
  const removed = await site.run("lists", "remove", "old", "--yes");
  expect(removed).toMatchObject({ status: 0, stdout: 'Removed the list "old" with 4 subscriptions.\n' });
  expect(await listed()).toHaveLength(4);
});
