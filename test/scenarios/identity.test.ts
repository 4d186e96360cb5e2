/** Who a post is: a file that was renamed, moved or dated anew is the post that it was, and never goes out again. */

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

it("recognises a renamed post by its content, and distinguishes it from a copy or a new post", {
  timeout: 300_000,
}, async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "content/posts/old.md": post("An old one"),
    "content/posts/hello.md": post("Hello"),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [feed, newsletter]\n",
    "readers.csv": readersCsv(2),
  });
  const file = (name: string): string => join(site.dir, "content/posts", name);
  const mails = (): number[] => [...sink.accepted.values()];
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("(posts: 2)");
  await site.run("publish", "content/posts/hello.md");
  expect(mails()).toEqual([1, 1]);

  // Renamed, so that its address is another one, too; then edited under its new name.
  renameSync(file("hello.md"), file("greeting.md"));
  const renamed = await site.run("publish", "content/posts/greeting.md", "--json");
  expect(renamed.stderr).toContain("not sent again");
  expect(countsOf(renamed)).toMatchObject({ accepted: 2 });
  const edited = post("Hello, dated back").replace("2026-01-05", "2025-12-24");
  writeFileSync(file("greeting.md"), edited.replace("The end.", "The end, mended."));
  expect((await site.run("publish", "content/posts/greeting.md")).stderr).toContain("not sent again");

  // Of a post from before the jobs, too; what is new beside it goes out.
  renameSync(file("old.md"), file("older.md"));
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("no new posts");
  expect(mails()).toEqual([1, 1]);
  writeFileSync(file("copy.md"), readFileSync(file("older.md"), "utf8").replace("An old one", "A new one"));
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("published to newsletter, feed (posts: 1)");
  expect(mails()).toEqual([2, 2]);

  const updated = await site.run("republish", "content/posts/greeting.md", "--mode", "update", "--json");
  expect(updated.json()).toMatchObject({ done: 1 });
  const feed = readFileSync(join(site.dir, "public/feed.xml"), "utf8");
  expect(feed.match(/<item>/g)).toHaveLength(2);
  expect(feed).toContain("/blog/greeting/");
  expect(feed).not.toContain("/blog/hello/");
  expect(mails()).toEqual([2, 2]);
});

/** A long text that two posts have in common, and a title and a date of their own. */
function longPost(title: string, date: string): string {
  const body = "A paragraph of the handbook that every post of this kind has in common. ".repeat(5);
  return `---\ntitle: ${title}\ndate: ${date}\ndescription: About ${title}.\n---\n\n${body}\n`;
}

it("asks whether a file with the text of a deleted post is that post, stores the answer, and never asks for a copy", {
  timeout: 300_000,
}, async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/long1.md": longPost("First", "2026-01-05T09:00:00Z"),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [newsletter]\n",
    "readers.csv": readersCsv(1),
  });
  const file = (name: string): string => join(site.dir, "content/posts", name);
  const mails = (): number => [...sink.accepted.values()].reduce((sum, times) => sum + times, 0);
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("jobs", "run", "new-posts");
  await site.run("publish", "content/posts/long1.md");
  expect(mails()).toBe(1);

  rmSync(file("long1.md"));
  writeFileSync(file("long2.md"), longPost("Second", "2026-02-06T09:00:00Z"));
  const asked = await site.run("publish", "content/posts/long2.md", "--json");
  expect(asked.status).toBe(1);
  expect(asked.json()).toMatchObject({ error: { code: "conflict" } });
  for (const words of ['"Second" (long2.md)', '"First" (long1.md)', "--new", "--same-as long1.md"])
    expect(asked.stderr).toContain(words);
  // Who can't ask leaves it, and says so.
  const job = await site.run("jobs", "run", "new-posts");
  expect(job.stderr).toContain("no new posts");
  expect(job.stderr).toMatch(
    /warn: "Second" \(long2\.md\) has the same text as "First" \(long1\.md\).*--new.*--same-as/,
  );
  expect((await site.run("plan", "content/posts/long2.md")).status).toBe(1);
  expect((await site.run("publish", "content/posts/long2.md", "--new", "--same-as", "long1.md")).status).toBe(2);
  expect(mails()).toBe(1);

  // What is only planned decides nothing.
  const hash = (await site.run("plan", "content/posts/long2.md", "--new", "--json")).json<{ plan: { hash: string } }>();
  expect((await site.run("publish", "content/posts/long2.md", "--new", "--dry-run")).stdout).toContain("newsletter");
  expect((await site.run("publish", "content/posts/long2.md")).status).toBe(1);
  const isNew = await site.run("publish", "content/posts/long2.md", "--new", "--plan", hash.plan.hash);
  expect(isNew.status, isNew.stderr).toBe(0);
  expect(mails()).toBe(2);
  for (const more of [[], ["--new"]])
    expect((await site.run("publish", "content/posts/long2.md", ...more)).stderr).toContain("not sent again");

  // Of two files with one text that are both there, each is a post.
  writeFileSync(file("long3.md"), longPost("Third", "2026-03-07T09:00:00Z"));
  rmSync(file("long2.md"));
  const candidates = await site.run("publish", "content/posts/long3.md");
  expect([candidates.status, mails()]).toEqual([1, 2]);
  expect(candidates.stderr).toMatch(/"First" \(long1\.md\), "Second" \(long2\.md\)/);
  writeFileSync(file("long2.md"), longPost("Second", "2026-02-06T09:00:00Z"));
  writeFileSync(file("long1.md"), longPost("First", "2026-01-05T09:00:00Z"));
  expect((await site.run("publish", "content/posts/long3.md")).status).toBe(0);
  expect(mails()).toBe(3);

  // The same post under another name keeps its readers, and the name that it had is free for another one.
  const there = await site.run("publish", "content/posts/long3.md", "--same-as", "content/posts/long1.md");
  expect([there.status, mails()]).toEqual([1, 3]);
  expect(there.stderr).toContain("still has its own file, long1.md");
  rmSync(file("long1.md"));
  writeFileSync(file("long4.md"), longPost("Fourth", "2026-04-08T09:00:00Z"));
  const same = await site.run("publish", "content/posts/long4.md", "--same-as", "content/posts/long1.md", "--json");
  expect(same.json()).toMatchObject({ publications: [{ post: "long1.md" }] });
  expect((await site.run("publish", "content/posts/long4.md")).stderr).toContain("not sent again");
  writeFileSync(file("long1.md"), post("Something else"));
  const reused = await site.run("publish", "content/posts/long1.md");
  expect([reused.status, mails()]).toEqual([1, 3]);
  expect(reused.stderr).toContain("both files are there");
  const fresh = await site.run("publish", "content/posts/long1.md", "--new", "--json");
  expect(fresh.json()).toMatchObject({ publications: [{ post: "long1.md~2" }] });
  expect(mails()).toBe(4);

  // Two posts can't have one address.
  writeFileSync(file("twin.md"), post("A twin", "permalink: /blog/long2/\n"));
  for (const more of [[], ["--new"]]) {
    const twin = await site.run("publish", "content/posts/twin.md", ...more);
    expect([twin.status, mails()]).toEqual([1, 4]);
    expect(twin.stderr).toContain('has the address of "Second" (long2.md)');
  }
});

it("recognises a post of a digest after its text, its name and its title changed one after the other", {
  timeout: 300_000,
}, async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/first.md": longPost("First", "2026-01-05T09:00:00Z"),
    "jobs/digest.yaml": "kind: campaign\nchannels: [newsletter]\nposts: { since: 3650d }\n",
    "readers.csv": readersCsv(1),
  });
  const file = (name: string): string => join(site.dir, "content/posts", name);
  const digest = async () => (await site.run("jobs", "run", "digest")).stderr;
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await digest();
  expect([...sink.accepted.values()]).toEqual([1]);

  const edited = readFileSync(file("first.md"), "utf8").replace("A paragraph", "An edited paragraph");
  writeFileSync(file("first.md"), edited);
  expect(await digest()).toContain("no new post");
  rmSync(file("first.md"));
  writeFileSync(file("renamed.md"), edited.replaceAll("First", "The first"));
  expect(await digest()).toContain("no new post");
  expect([...sink.accepted.values()]).toEqual([1]);
});
