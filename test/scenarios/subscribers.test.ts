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

it("pipes a bounce into the ledger: it suppresses with evidence, and an operator takes it back", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", "content/posts/hello.md");
  const message = dsn({ recipients: [{ recipient: "reader0@example.org", status: "5.1.1" }], returned: "nothing" });
  const explained = await site.feed(message, "bounce");
  expect(explained.stdout).toContain("5.1.1 says that the mailbox is not there");
  expect((await show(site, "reader0@example.org"))?.suppressions).toEqual([]);
  const recorded = await site.feed(message, "bounce", "--record");
  expect(recorded).toMatchObject({ status: 0, stdout: expect.stringContaining("suppressed; tied by its recipient") });
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

it("suppresses by hand, from one list or from all, and nobody suppressed gets anything", async () => {
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
  expect((await site.run("subscribers", "suppress", "reader1@example.org", ...reason)).stdout).toContain("any more");
  expect((await show(site, "reader1@example.org"))?.suppressions).toMatchObject([
    { reason: "manual", evidence: "cli: asked on the phone" },
  ]);
  await site.run("publish", "content/posts/hello.md");
  expect([...sink.accepted.keys()]).toEqual(["reader2@example.org"]);
});

it("exports what another installation imports as it was, and nothing that a spreadsheet would run", async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:1"), {
    "people.csv":
      'email,name,status,tags,language\nada@example.org,"=HYPERLINK(""http://x"")",,"press,friends",de\nbo@example.org,\'=x,unsubscribed,,\n+49@example.org,@SUM(A1),,,\n',
    "more.csv": "email\nada@example.org\ncy@example.org\n",
  });
  await site.run("subscribers", "import", "people.csv", "--list", "everyone", "--consent", "the old form");
  const unmailed = await site.run("subscribers", "import", "more.csv", "--list", "everyon");
  expect(unmailed.stderr).toContain('No channel mails to the list "everyon"; did you mean "everyone"?');
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
  expect(result.stdout).toContain("3 subscribers added, 2 rows of other lists left aside");
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

it("write as far as anybody reads, and take their own export for who had a post elsewhere", {
  timeout: 120_000,
}, async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:9"), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(3),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  for (const command of [["subscribers", "export"], ["status"]]) {
    const { child, finished } = site.start(...command);
    child.stdout?.destroy();
    expect(await finished, command.join(" ")).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining("EPIPE"),
    });
  }
  await site.run("subscribers", "export", "--out", "export.csv");
  const { stdout } = await site.run("subscribers", "received", "export.csv", "content/posts/hello.md");
  expect(stdout).toContain("3 readers had it elsewhere");
});
