/** Who a post is: a file that was renamed, moved or dated anew is the post that it was, and never goes out again. */

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

it("knows a post by what stands in it when its file has another name, and tells a copy or a new post from it", {
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
  expect(renamed.stderr).toContain("nothing is sent twice");
  expect(countsOf(renamed)).toMatchObject({ accepted: 2 });
  const edited = post("Hello, dated back").replace("2026-01-05", "2025-12-24");
  writeFileSync(file("greeting.md"), edited.replace("The end.", "The end, mended."));
  expect((await site.run("publish", "content/posts/greeting.md")).stderr).toContain("nothing is sent twice");

  // Of a post from before the jobs, too; what is new beside it goes out.
  renameSync(file("old.md"), file("older.md"));
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("no post has appeared");
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
