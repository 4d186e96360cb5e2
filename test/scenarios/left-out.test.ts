/** Which posts are mailed: those that their list wants, or that say so themselves; and which are posted. An operator's word wins over both. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

it("sends a list with `posts: marked` only marked posts, and never an excluded one, unless the channel is named", {
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
  expect(planned.stdout).toContain("newsletter  no action: the list only gets posts with `email: true`");
  const hash = /--plan ([0-9a-f]{16})/.exec(planned.stdout)?.[1] ?? "";
  const published = await site.run("publish", "content/posts/plain.md", "content/posts/never.md");
  expect(published.stderr).toContain("newsletter: not sent: the list only gets posts with `email: true`");
  expect(published.stderr).toContain("newsletter: not sent: its front matter excludes it from email");
  expect(hash).not.toBe("");
  expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8").match(/<item>/g)).toHaveLength(2);
  expect(sink.accepted.size).toBe(0);

  await site.run("publish", "content/posts/marked.md");
  expect([...sink.accepted.values()]).toEqual([1, 1]);
  await site.run("publish", "content/posts/never.md", "--channels", "newsletter");
  expect([...sink.accepted.values()]).toEqual([2, 2]);
});

it("does not post to a network that the front matter turns off, reports it everywhere, and posts if the channel is named", {
  timeout: 300_000,
}, async () => {
  const outboxes = ["board", "club"].map((name) => `  ${name}: { adapter: outbox, dir: out-${name} }`).join("\n");
  const configuration = `site: { title: A Blog, url: https://example.org }\nchannels:\n${outboxes}\n`;
  const site = openTestSite(configuration, {
    "content/posts/quiet.md": post("Quiet", "social: { board: false, clb: Words for nobody. }\n"),
    "content/posts/silent.md": post("Silent", "social: false\n"),
  });
  const reason = "its front matter turns it off";
  const there = (name: string): string[] =>
    existsSync(join(site.dir, `out-${name}`))
      ? readdirSync(join(site.dir, `out-${name}`)).filter((file) => file.endsWith(".txt"))
      : [];

  const checked = await site.run("check", "content/posts/quiet.md");
  expect(checked.stdout).toContain(`content/posts/quiet.md: not for board: ${reason}`);
  expect(checked.stdout).toContain("warning unknown-network social.clb: no channel or network has this name");
  const { posts } = (await site.run("check", "--json")).json<{ posts: { leftOut: object }[] }>();
  expect(posts.map(({ leftOut }) => leftOut)).toEqual([{ board: reason }, { board: reason, club: reason }]);

  const shown = await site.run("preview", "content/posts/quiet.md");
  expect(shown.stderr).toContain(`not for board: ${reason}`);
  const read = (name: string): string => readFileSync(join(site.dir, "preview", name), "utf8");
  expect(Object.keys(JSON.parse(read("social.json")))).toEqual(["club"]);
  expect(JSON.parse(read("report.json"))).toMatchObject({ leftOut: { board: reason } });
  expect(read("social.html")).toContain("Not for board: its front matter turns it off.");

  expect((await site.run("plan", "content/posts/quiet.md")).stdout).toContain(`board  no action: ${reason}`);
  const dry = (await site.run("publish", "content/posts/quiet.md", "--dry-run", "--json")).json<{
    plan: { posts: { channels: object[] }[] };
  }>();
  expect(dry.plan.posts[0]?.channels).toMatchObject([
    { channel: "board", action: "none", reason },
    { channel: "club", action: "send" },
  ]);

  const published = await site.run("publish", "content/posts/quiet.md", "content/posts/silent.md");
  expect(published.status, published.stderr).toBe(0);
  expect(published.stderr).toContain(`board: not sent: ${reason}. To send it anyway, add --channels board.`);
  expect([there("board"), there("club")]).toEqual([[], [expect.stringContaining("quiet")]]);

  await site.run("publish", "content/posts/silent.md", "--channels", "board");
  expect(there("board")).toEqual([expect.stringContaining("silent")]);
});
