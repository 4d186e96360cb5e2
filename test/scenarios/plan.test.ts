/** What would happen is said in full, and done exactly like that or not at all. */

import { execFile, execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { PublishPlan } from "#core/publishing/plan.ts";
import { approvePlan, makePlan } from "#desk/posts/plans.ts";
import { openPostrider } from "../../src/index.ts";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const more = "  feed: { adapter: rss, out: public }\n  social: { adapter: outbox, dir: outbox }\n";

it("shows recipients and who is left out and why, and publishes by its hash only if nothing has changed", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, more), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(6),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("subscribers", "remove", "reader1@example.org");
  await site.run("subscribers", "forget", "reader2@example.org");
  const plan = async (): Promise<PublishPlan> =>
    (await site.run("plan", "content/posts/hello.md", "--json")).json<{ plan: PublishPlan }>().plan;
  const first = await plan();
  expect(first.hash).toMatch(/^[0-9a-f]{16}$/);
  expect((await plan()).hash).toBe(first.hash);
  const [newsletter, , social] = first.posts[0]?.channels ?? [];
  expect(newsletter).toMatchObject({ action: "send", subject: "Hello", audience: { recipients: 4 } });
  expect(newsletter?.audience.excluded).toMatchObject({ unsubscribed: 1 });
  expect(social?.text).toContain("Hello\n\n");
  const shown = await site.run("plan", "content/posts/hello.md");
  expect(shown.stdout).toContain("4 recipients; left out: 1 unsubscribed");
  expect(shown.stdout).toContain(`--plan ${first.hash}`);
  expect(sink.accepted.size).toBe(0);

  await site.run("subscribers", "add", "late@example.org", "--list", "everyone");
  const stopped = await site.run("publish", "content/posts/hello.md", "--plan", first.hash);
  expect(stopped.status).toBe(1);
  expect(stopped.stderr).toContain("The plan is out of date");
  expect(sink.accepted.size).toBe(0);

  const second = await plan();
  expect(second.posts[0]?.channels[0]?.audience.recipients).toBe(5);
  site.write("content/posts/hello.md", post("Hello").replace("title: Hello", "title: Hello there"));
  expect((await site.run("publish", "content/posts/hello.md", "--plan", second.hash)).status).toBe(1);
  const third = await plan();
  const published = await site.run("publish", "content/posts/hello.md", "--plan", third.hash, "--json");
  expect(published.status, published.stderr).toBe(0);
  expect(countsOf(published)).toMatchObject({ accepted: 5 });
  expect([...sink.accepted.values()]).toEqual(Array(5).fill(1));

  site.write("content/posts/hello.md", post("Hello").replace("title: Hello", "title: Hello again"));
  const after = await plan();
  expect(after.posts[0]?.channels.map(({ action }) => action)).toEqual(["none", "none", "none"]);
  expect(after.posts[0]?.channels[0]?.diff).toContain("+ Hello again");
  const [mail = "", feed = ""] =
    (await site.run("plan", "content/posts/hello.md")).stdout.match(/.*the published version is different.*/g) ?? [];
  expect(mail).toContain("can't be edited, send a correction with `postrider republish --correction`");
  expect(feed).toContain("`postrider republish --mode update` updates it");
});

it("prints the command that does exactly what was planned, ready to paste", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, more), {
    "content/posts/it's here, now.md": post("Here"),
    "content/posts/-later.md": post("Later"),
    "readers.csv": readersCsv(1),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const bin = site.write("bin/postrider", `#!/bin/sh\nexec "${process.execPath}" --conditions=source "${main}" "$@"\n`);
  chmodSync(bin, 0o755);
  /** Pastes what stands below "To do exactly this", with `--json` in place of the terminal's table. */
  const paste = async (shown: string) => {
    const command = /To do exactly this, run:\n {2}(postrider .*)$/m.exec(shown)?.[1] ?? "";
    expect(command).toMatch(/--plan [0-9a-f]{16}/);
    return promisify(execFile)("sh", ["-c", command], {
      cwd: site.dir,
      env: { ...process.env, PATH: `${dirname(bin)}:${process.env["PATH"]}` },
    });
  };
  const here = "content/posts/it's here, now.md";
  await paste((await site.run("plan", here, "--channels", "feed, social")).stdout);
  const out = await site.run("status", here, "--json");
  for (const channel of ["feed", "social"]) expect(countsOf(out, channel)).toMatchObject({ accepted: 1 });
  expect(sink.accepted.size).toBe(0);

  const at = ["--at", "2027-01-05T09:00:00+01:00", "--channels", "newsletter"];
  const config = ["--config", "./postrider.yaml", "--data", ".postrider"];
  const later = await site.run(...config, "plan", ...at, "--", "content/posts/-later.md", here);
  await paste(later.stdout);
  const { campaigns } = (await site.run("campaigns", "list", "--json")).json<{
    campaigns: { scheduledFor: string }[];
  }>();
  expect(campaigns.map(({ scheduledFor }) => scheduledFor)).toEqual(Array(2).fill("2027-01-05T08:00:00.000Z"));
  expect(sink.accepted.size).toBe(0);
});

it("publishes what git knows to have changed, and nothing else", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/old.md": post("Old"),
    "content/posts/edited.md": post("Edited"),
    "content/posts/größe.md": post("Moved"),
    "readers.csv": readersCsv(1),
  });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], { cwd: site.dir });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  git("init", "-q");
  // As some people have it in their own settings.
  git("config", "diff.relative", "true");
  git("add", "content");
  git("commit", "-qm", "first");
  site.write("content/posts/new.md", post("New"));
  site.write("content/posts/edited.md", post("Edited today"));
  git("add", "content");
  git("commit", "-qm", "second");
  const published = await site.run("publish", "--changed-since", "HEAD~1", "--json");
  const titles = published.json<{ publications: { post: string }[] }>().publications.map((each) => each.post);
  expect(titles.sort()).toEqual(["edited.md", "new.md"]);
  expect((await site.run("publish", "--changed-since", "HEAD")).stderr).toContain("No post has changed since HEAD");
  for (const ref of ["nonsense", "--output=x"]) {
    const wrong = await site.run("publish", `--changed-since=${ref}`);
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain("git can't list the changes");
  }
  expect((await site.run("publish")).stderr).toContain("missing required argument 'posts'");
});

it("reports an edit of a post from before the jobs as an edited old post, and accepts a changed draft", async () => {
  await using sink = await openSink();
  const draft = post("Later").replace("---\n", "---\ndraft: true\n");
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/old.md": post("Old"),
    "content/posts/later.md": draft,
    "jobs/new-posts.yaml": "kind: publish\nchannels: [newsletter]\n",
    "readers.csv": readersCsv(1),
  });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], { cwd: site.dir });
  const commit = () => {
    git("add", "content");
    git("commit", "-qm", "change");
  };
  const titles = (run: { json<T>(): T }) =>
    run.json<{ publications: { post: string }[] }>().publications.map((each) => each.post);
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  git("init", "-q");
  commit();
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("(posts: 1)");
  site.write("content/posts/old.md", post("Old, without its typo"));
  site.write("content/posts/later.md", draft.replace("Later", "Later on"));
  commit();
  const edited = await site.run("publish", "--changed-since", "HEAD~1", "--json");
  expect(edited).toMatchObject({ status: 0 });
  expect(edited.stderr).toContain("old.md: was edited, but is not published automatically: it is older than the jobs");
  expect([titles(edited), sink.accepted.size]).toEqual([[], 0]);

  site.write("content/posts/later.md", post("Later on"));
  commit();
  expect(titles(await site.run("publish", "--changed-since", "HEAD~2", "--json"))).toEqual(["later.md"]);
  expect([...sink.accepted.values()]).toEqual([1]);
  // Whoever names it has the last word.
  expect(titles(await site.run("publish", "content/posts/old.md", "--json"))).toEqual(["old.md"]);
  expect([...sink.accepted.values()]).toEqual([2]);
});

it("shows a kept plan to the person who approves it, and says what approving does", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const unknown = await site.run("plan", "approve", "0123456789abcdef", "--yes");
  expect(unknown).toMatchObject({ status: 1 });
  expect(unknown.stderr).toContain("There is no plan with this hash");
  await using postrider = await openPostrider({ config: join(site.dir, "postrider.yaml") });
  const { plan } = await postrider.act(makePlan, { posts: [join(site.dir, "content/posts/hello.md")] });
  const alone = await site.run("plan", "approve", plan.hash);
  expect(alone).toMatchObject({ status: 2 });
  expect(alone.stderr).toContain("Only a person can approve a plan. In a script, add --yes");
  const approved = await site.run("plan", "approve", plan.hash, "--yes");
  expect(approved).toMatchObject({ status: 0, stdout: `Approved the plan ${plan.hash}. Nothing was sent yet.\n` });
  expect(approved.stderr).toContain("newsletter  2 recipients · subject: Hello");
  const again = await site.run("plan", "approve", plan.hash, "--yes", "--json");
  expect(approvePlan.answers.parse(again.json())).toMatchObject({ approvals: [{ by: "cli", door: "command line" }] });
  expect(sink.accepted.size).toBe(0);
});
