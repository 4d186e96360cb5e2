/** Sending again, on an operator's word and in no other way. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

interface Planned {
  plan: { steps: { channel: string; action: string; recipients: number; again: number; diff: string[] }[] };
  done: number;
}

it("retries refused deliveries, edits published copies without an email, and reposts only with a reason", {
  timeout: 240_000,
}, async () => {
  const unknown = ["reader3@example.org"];
  await using sink = await openSink({ unknown });
  const site = openTestSite(
    mailSite(sink.url, "  feed: { adapter: rss, out: public }\n  social: { adapter: outbox, dir: outbox }\n"),
    { "content/posts/hello.md": post("Hello"), "readers.csv": readersCsv(6) },
  );
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const never = await site.run("republish", "content/posts/hello.md");
  expect(never.status).toBe(1);
  expect(never.stderr).toContain("postrider publish");
  expect(countsOf(await site.run("publish", "content/posts/hello.md", "--json"))).toMatchObject({ refused: 1 });

  unknown.length = 0;
  const shown = await site.run("republish", "content/posts/hello.md", "--dry-run", "--json");
  expect(shown.json<Planned>().plan.steps.map(({ channel, action }) => [channel, action])).toEqual([
    ["newsletter", "send"],
    ["feed", "none"],
    ["social", "none"],
  ]);
  expect(sink.accepted.size).toBe(5);
  const retried = await site.run("republish", "content/posts/hello.md", "--json");
  expect(retried.status).toBe(0);
  expect(retried.json<Planned>().done).toBe(1);
  expect(countsOf(retried)).toMatchObject({ accepted: 6, refused: 0 });
  expect([...sink.accepted.values()]).toEqual(Array(6).fill(1));

  site.write("content/posts/hello.md", post("Hello").replace("title: Hello", "title: Hello again"));
  const edited = await site.run("republish", "content/posts/hello.md", "--mode", "update", "--json");
  expect(edited.stderr).toContain("an email can't be edited after it was sent");
  expect(edited.stderr).toMatch(/\+ Hello again/);
  expect(edited.json<Planned>().done).toBe(2);
  expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8")).toContain("<title>Hello again</title>");
  expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8").match(/<item>/g)).toHaveLength(1);
  const notes = readdirSync(join(site.dir, "outbox")).filter((name) => name.endsWith(".txt"));
  expect(notes).toHaveLength(1);
  expect(readFileSync(join(site.dir, "outbox", notes[0] ?? ""), "utf8")).toContain("Hello again");
  expect((await site.run("republish", "content/posts/hello.md", "--mode", "update")).stderr).toContain("nothing to do");
  expect([...sink.accepted.values()]).toEqual(Array(6).fill(1));

  const careless = await site.run("republish", "content/posts/hello.md", "--mode", "repost");
  expect(careless.status).toBe(2);
  expect(careless.stderr).toContain("--reason");
  const args = ["--channels", "newsletter", "--mode", "repost", "--reason", "a dead link", "--json"];
  const reposted = await site.run("republish", "content/posts/hello.md", ...args);
  expect(reposted.json<Planned>().plan.steps[0]).toMatchObject({ recipients: 6, again: 6 });
  expect(countsOf(reposted)).toMatchObject({ accepted: 6 });
  expect([...sink.accepted.values()]).toEqual(Array(6).fill(2));
  expect([...sink.messageIds.values()].every(([one, two]) => one !== two)).toBe(true);
});
