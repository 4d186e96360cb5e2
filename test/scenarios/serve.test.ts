/** One process that does everything: it sends what is due, answers readers, and watches the posts. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

it("offers each new post to the jobs once, and no earlier post", async () => {
  await using sink = await openSink();
  const job = "kind: publish\nchannels: [newsletter, feed]\n";
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "content/posts/old.md": post("Old"),
    "content/posts/draft.md": post("Draft", "draft: true\n"),
    "jobs/new-posts.yaml": job,
    "jobs/wrong.yaml": "kind: publish\nchanels: [feed]\n",
    "jobs/lost.yaml": "kind: publish\nchannels: [fed]\n",
    "readers.csv": readersCsv(3),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const mails = (): number => [...sink.accepted.values()].reduce((sum, times) => sum + times, 0);
  const start = async (): Promise<{ said(): string; stop(): Promise<void> }> => {
    const serving = await serve(site);
    return {
      said: serving.said,
      async stop() {
        serving.child.kill("SIGTERM");
        await serving.finished;
      },
    };
  };
  const write = (name: string, text: string): void => writeFileSync(join(site.dir, "content/posts", name), text);

  const first = await start();
  expect(first.said()).toContain("1 existing post is treated as already published");
  expect(first.said()).toMatch(/wrong\.yaml:\d: .*chanels: unknown key "chanels"; did you mean "channels"\?/);
  expect(first.said()).toMatch(/lost\.yaml:2: channels\.0: there is no channel "fed"; did you mean "feed"\?/);
  write("new.md", post("New"));
  await expect.poll(mails, { timeout: 120_000 }).toBe(3);
  write("new.md", post("New").replace("The end.", "The end, mended."));
  await expect.poll(first.said, { timeout: 120_000 }).toContain("new.md: edited");
  write("renamed.md", post("Old", 'permalink: "/blog/old/"\n'));
  await expect.poll(first.said, { timeout: 120_000 }).toContain("renamed.md:");
  write("old.md", post("Old").replace("The end.", "The end, mended."));
  await expect
    .poll(first.said, { timeout: 120_000 })
    .toContain("old.md: was edited, but is not published automatically");
  write("draft.md", post("Draft"));
  await expect.poll(mails, { timeout: 120_000 }).toBe(6);
  await first.stop();

  write("meanwhile.md", post("Meanwhile"));
  const second = await start();
  await expect.poll(mails, { timeout: 120_000 }).toBe(9);
  await second.stop();
  expect([...sink.accepted.values()]).toEqual([3, 3, 3]);
  // What it published is a run of the job, as with every other kind.
  const listed = await site.run("jobs", "list", "--json");
  expect(listed.json()).toMatchObject({
    jobs: [{ name: "new-posts", last: { state: "done", outcome: '"Meanwhile" published to newsletter, feed' } }],
  });
});

it("serve sends what another command published, serves the feed, and sends no email because of an edit", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "content/posts/early.md": post("Early"),
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(5),
  });
  const serving = await serve(site);
  const { url, said } = serving;
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  expect((await site.run("publish", "content/posts/hello.md", "--detach")).status).toBe(0);
  await expect.poll(() => sink.accepted.size, { timeout: 120_000 }).toBe(5);
  await expect.poll(async () => (await fetch(`${url}/feed.xml`)).status, { timeout: 120_000 }).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);

  writeFileSync(join(site.dir, "content/posts/hello.md"), post("Hello").replace("The end.", "The end, mended."));
  await expect.poll(said, { timeout: 120_000 }).toContain("hello.md: edited since it was published");
  writeFileSync(join(site.dir, "content/posts/other.md"), post("Other"));
  await expect.poll(said, { timeout: 120_000 }).toContain("other.md: new;");
  writeFileSync(join(site.dir, "content/posts/early.md"), post("Early").replace("The end.", "The end, mended."));
  await expect.poll(said, { timeout: 120_000 }).toContain("early.md: edited; it was never published");
  writeFileSync(join(site.dir, "content/posts/broken.md"), "---\ntitle: [\n---\n");
  await expect.poll(said, { timeout: 120_000 }).toContain("broken.md: has errors");
  expect([...sink.accepted.values()]).toEqual([1, 1, 1, 1, 1]);

  serving.child.kill("SIGTERM");
  expect((await serving.finished).status).toBe(0);
});
