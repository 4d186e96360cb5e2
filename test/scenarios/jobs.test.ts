/** What an operator does with declared jobs on the command line. */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

const weekly = `kind: campaign
description: Friday digest
schedule: { when: every friday at 09:00, timezone: Europe/London }
posts: { since: 3650d }
channels: [newsletter]
subject: "Number {number}: {count} posts"
`;

it("lists, checks, plans and runs jobs, and decides about editions", { timeout: 300_000 }, async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "content/posts/hello.md": post("Hello"),
    "content/posts/more.md": post("More"),
    "jobs/weekly.yaml": weekly,
    "jobs/reviewed.yaml": `${weekly}review: { to: [ada@example.net], expires: 2h }\n`,
    "jobs/again.yaml": "kind: republish\n",
    "jobs/tidy.yaml": "kind: maintenance\nschedule: every day at 03:00\ntasks: [sweep, feeds, prune]\n",
    "jobs/mend.yaml": "kind: republish\nmode: update\nask: [post, channels]\n",
    "jobs/lost.yaml": "kind: campaign\nchannels: [newsletter]\naudience: { list: nobodys }\n",
    "jobs/wrong.yaml": "kind: publish\nchannels: [fed]\nshedule: every hour\n",
    "readers.csv": readersCsv(3),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");

  const checked = await site.run("jobs", "check", "--json");
  expect(checked.status).toBe(3);
  expect(checked.json()).toMatchObject({
    ok: false,
    problems: [
      {
        file: "jobs/lost.yaml",
        line: 3,
        message: expect.stringContaining('there is no list "nobodys"; known: everyone'),
      },
      { file: "jobs/wrong.yaml", line: 2, message: expect.stringContaining('did you mean "feed"?') },
      { file: "jobs/wrong.yaml", line: 3, message: expect.stringContaining('did you mean "schedule"?') },
    ],
  });
  const listed = (await site.run("jobs", "list", "--json")).json<{ jobs: { name: string; next: string[] }[] }>();
  expect(listed.jobs.map(({ name, next }) => [name, next.length])).toEqual([
    ["again", 0],
    ["mend", 0],
    ["reviewed", 5],
    ["tidy", 5],
    ["weekly", 5],
  ]);
  expect((await site.run("jobs", "list")).stdout).toMatch(
    /weekly campaign {2}Friday digest\n.*Europe\/London.*\n.*Friday/,
  );
  expect((await site.run("jobs", "alarms", "--dry-run")).stdout).toMatch(/added +reviewed\nadded +tidy\nadded +weekly/);
  await site.run("jobs", "alarms");
  expect((await site.run("jobs", "alarms")).stdout).toContain("in sync with the job files");

  const tried = await site.run("jobs", "run", "weekly", "--dry-run", "--out", "draft");
  expect(tried.stdout).toMatch(/Number 1: 2 posts[\s\S]*More[\s\S]*Hello[\s\S]*newsletter: 3 readers of everyone/);
  expect(readFileSync(join(site.dir, "draft/email.html"), "utf8")).toContain("Number 1: 2 posts");
  expect((await site.run("jobs", "editions")).stdout).toContain("No campaign has prepared");

  const ran = await site.run("jobs", "run", "weekly", "--json");
  expect(ran.status).toBe(0);
  expect(ran.json()).toMatchObject({
    occurrence: { state: "done", actor: "cli", outcome: "edition 1 goes to newsletter" },
    publications: [{ post: "edition:weekly:1", channels: { newsletter: { counts: { accepted: 3 } } } }],
  });
  const idle = await site.run("jobs", "run", "weekly");
  expect(idle.stderr).toContain("no email: there is no new post in its window");
  expect([...sink.accepted.values()]).toEqual([1, 1, 1]);

  expect((await site.run("jobs", "run", "reviewed")).stderr).toContain(
    "edition 1 needs the approval of ada@example.net",
  );
  expect(sink.accepted.get("ada@example.net")).toBe(1);
  expect((await site.run("jobs", "editions", "reviewed")).stdout).toMatch(/reviewed\/1 .*waiting until/);
  const shown = await site.run("jobs", "show", "reviewed/1", "--out", "shown", "--json");
  expect(shown.json()).toMatchObject({
    edition: { state: "waiting" },
    posts: [{ postId: "hello.md" }, { postId: "more.md" }],
  });
  expect(readFileSync(join(site.dir, "shown/email.html"), "utf8")).toContain("Number 1: 2 posts");
  expect((await site.run("jobs", "approve", "reviewed/1")).stdout).toContain("reviewed/1 is approved");
  const again = await site.run("jobs", "decline", "reviewed/1");
  expect(again.status).toBe(1);
  expect(again.stderr).toContain("is approved already, by cli");

  expect((await site.run("jobs", "run", "again")).stderr).toContain("postrider jobs run again --post … --mode …");
  await site.run("publish", "content/posts/hello.md", "--channels", "feed");
  site.write("content/posts/hello.md", post("Hello").replace("The end.", "The end, mended."));
  const updated = await site.run(
    "jobs",
    "run",
    "again",
    "--post",
    "content/posts/hello.md",
    "--mode",
    "update",
    "--channels",
    "feed",
  );
  expect(updated.stderr).toContain("update: 1 on feed");
  expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8")).toContain("mended");
  const careful = await site.run("jobs", "run", "mend", "--post", "content/posts/hello.md");
  expect(careful.stderr).toContain("postrider jobs run mend --channels …");
  const args = ["--post", "content/posts/hello.md", "--channels", "feed"];
  expect((await site.run("jobs", "run", "mend", ...args, "--mode", "repost")).stderr).toContain(
    "The job file sets it to update",
  );
  expect((await site.run("jobs", "run", "mend", ...args, "--dry-run")).stdout).toContain("it is already up to date");
  expect((await site.run("jobs", "run", "tidy", "--dry-run")).stdout).toMatch(
    /feeds: would rebuild feed\n.*would delete 0/,
  );
  expect((await site.run("jobs", "run", "tidy")).stderr).toMatch(/sweep: .*; feeds: \d files; prune: 0 job runs/);
  expect((await site.run("jobs", "run", "wrong")).stderr).toContain('did you mean "schedule"?');
  expect((await site.run("jobs", "run", "none")).stderr).toContain("Declared jobs: again, lost, mend, reviewed");
  expect(JSON.parse((await site.run("jobs", "schema")).stdout)).toHaveProperty("oneOf");
});

it("runs a job of kind publish: treats existing posts as published, then sends new posts once", {
  timeout: 300_000,
}, async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "jobs/new-posts.yaml": "kind: publish\nchannels: [feed, newsletter]\n",
    "content/posts/draft.md": post("Draft", "draft: true\n"),
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const run = (...args: string[]) => site.run("jobs", "run", "new-posts", ...args);
  expect((await run("--dry-run")).stdout).toContain("the first run: existing posts are treated as already published");
  expect((await run()).stderr).toContain("(posts: 0)");
  site.write("content/posts/hello.md", post("Hello"));
  expect((await run("--dry-run")).stdout).toMatch(/Hello[\s\S]*newsletter: at .*, by new-posts\n {2}feed: at/);
  expect(sink.accepted.size).toBe(0);
  expect((await run("--json")).json()).toMatchObject({
    occurrence: { state: "done", actor: "cli", outcome: "published to newsletter, feed (posts: 1)" },
    publications: [{ post: "hello.md", channels: { newsletter: { counts: { accepted: 2 } } } }],
  });
  expect((await run()).stderr).toContain("no new posts");
  expect([...sink.accepted.values()]).toEqual([1, 1]);
});

it("a job of kind publish does not send before the time that an operator set, and reports it", async () => {
  await using sink = await openSink();
  const more = "  feed: { adapter: rss, out: public }\n  social: { adapter: outbox, dir: outbox }\n";
  const site = openTestSite(mailSite(sink.url, more), {
    "jobs/new-posts.yaml": "kind: publish\nchannels: [feed, social]\nafter: { social: +10m }\n",
    "content/posts/old.md": post("Old"),
    "readers.csv": readersCsv(1),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("(posts: 1)");
  for (const name of ["Mine", "Seen"]) site.write(`content/posts/${name.toLowerCase()}.md`, post(name));
  const at = new Date(Date.now() + 6 * 3600_000);
  const schedule = (file: string) =>
    site.run("publish", file, "--channels", "newsletter", "--at", at.toISOString(), "--detach");
  for (const file of ["content/posts/mine.md", "content/posts/seen.md"]) expect((await schedule(file)).status).toBe(0);
  const said = `waits until ${at.toISOString()}, the time that an operator set`;
  const times = async (file: string) => {
    const { publications } = (await site.run("status", file, "--json")).json<{
      publications: { channels: Record<string, { scheduledFor?: string; counts: { accepted: number } }> }[];
    }>();
    return Object.fromEntries(
      Object.entries(publications[0]?.channels ?? {}).map(([name, { scheduledFor, counts }]) => [
        name,
        `${scheduledFor} ${counts.accepted}`,
      ]),
    );
  };
  const planned = {
    newsletter: `${at.toISOString()} 0`,
    feed: `${at.toISOString()} 0`,
    social: `${new Date(at.getTime() + 600_000).toISOString()} 0`,
  };

  rmSync(join(site.dir, "content/posts/seen.md"));
  expect((await site.run("jobs", "run", "new-posts", "--dry-run")).stdout).toContain(said);
  const ran = await site.run("jobs", "run", "new-posts", "--detach");
  expect(ran.stderr).toContain(`published to feed, social (posts: 1); "Mine" ${said}`);
  expect(await times("content/posts/mine.md")).toEqual(planned);
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("no new posts");

  site.write("content/posts/seen.md", post("Seen"));
  const serving = await site.start("serve", "--port", "0");
  let heard = "";
  serving.child.stderr?.on("data", (text: string) => {
    heard += text;
  });
  await expect.poll(() => heard, { timeout: 120_000 }).toMatch(/seen\.md: new; .*waits until/);
  expect(heard).toContain(said);
  serving.child.kill("SIGTERM");
  await serving.finished;
  expect(await times("content/posts/seen.md")).toEqual(planned);
  expect(sink.accepted.size).toBe(0);
});

it("serve runs a job at its time, by its timer", { timeout: 150_000 }, async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "jobs/often.yaml": weekly.replace("every friday at 09:00, timezone: Europe/London", "every 1 minutes"),
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const serving = await site.start("serve", "--port", "0");
  await expect.poll(() => sink.accepted.size, { timeout: 120_000, interval: 500 }).toBe(2);
  serving.child.kill("SIGTERM");
  await serving.finished;
  const [edition] = (await site.run("jobs", "editions", "--json")).json<{
    editions: { scheduledFor: string; decidedAt: string }[];
  }>().editions;
  const lateMs = Date.parse(edition?.decidedAt ?? "") - Date.parse(edition?.scheduledFor ?? "");
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThan(35_000);
});
