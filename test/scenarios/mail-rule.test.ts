/** Which posts are mailed: those that their list wants, or that say so themselves; an operator's word wins over both. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

it("mails a list of marked posts only those, and never one that says no, unless the channel is named", {
  timeout: 300_000,
}, async () => {
  await using sink = await openSink();
  const lists = "lists: { everyone: { posts: marked } }\n";
  const site = openTestSite(mailSite(sink.url, `  feed: { adapter: rss, out: public }\n${lists}`), {
    "content/posts/plain.md": post("Plain"),
    "content/posts/marked.md": post("Marked", "email: true\n"),
    "content/posts/never.md": post("Never", "email: false\n"),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [feed, newsletter]\n",
    "jobs/digest.yaml": "kind: campaign\nchannels: [newsletter]\nposts: { since: 3650d }\n",
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const digest = (await site.run("jobs", "run", "digest", "--dry-run", "--json")).json<{
    posts: { title: string }[];
  }>();
  expect(digest.posts.map(({ title }) => title)).toEqual(["Marked"]);

  const planned = await site.run("plan", "content/posts/plain.md");
  expect(planned.stdout).toContain("newsletter  nothing: the list gets only posts that say so");
  const hash = /--plan ([0-9a-f]{16})/.exec(planned.stdout)?.[1] ?? "";
  const published = await site.run("publish", "content/posts/plain.md", "content/posts/never.md");
  expect(published.stderr).toContain("newsletter: left out: the list gets only posts that say so");
  expect(published.stderr).toContain("newsletter: left out: its front matter keeps it from mail");
  expect(hash).not.toBe("");
  expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8").match(/<item>/g)).toHaveLength(2);
  expect(sink.accepted.size).toBe(0);

  await site.run("publish", "content/posts/marked.md");
  expect([...sink.accepted.values()]).toEqual([1, 1]);
  await site.run("publish", "content/posts/never.md", "--channels", "newsletter");
  expect([...sink.accepted.values()]).toEqual([2, 2]);
});
