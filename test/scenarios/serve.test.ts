/** One process that does everything: it sends what is due, answers readers, and watches the posts. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

it("serve sends what another command decided, serves the feed, and mails nobody because of an edit", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(5),
  });
  const serving = site.start("serve", "--port", "0");
  let said = "";
  serving.child.stderr?.on("data", (text: string) => {
    said += text;
  });
  await expect.poll(() => /Listening on (\S+)/.exec(said)?.[1], { timeout: 30_000 }).toBeTruthy();
  const url = /Listening on (\S+)/.exec(said)?.[1] ?? "";
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  expect((await site.run("publish", "content/posts/hello.md", "--detach")).status).toBe(0);
  await expect.poll(() => sink.accepted.size, { timeout: 30_000 }).toBe(5);
  await expect.poll(async () => (await fetch(`${url}/feed.xml`)).status, { timeout: 10_000 }).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);

  writeFileSync(join(site.dir, "content/posts/hello.md"), post("Hello").replace("The end.", "The end, mended."));
  await expect.poll(() => said, { timeout: 10_000 }).toContain("hello.md: edited since it was published");
  writeFileSync(join(site.dir, "content/posts/other.md"), post("Other"));
  await expect.poll(() => said, { timeout: 10_000 }).toContain("other.md: new;");
  writeFileSync(join(site.dir, "content/posts/broken.md"), "---\ntitle: [\n---\n");
  await expect.poll(() => said, { timeout: 10_000 }).toContain("broken.md: has errors");
  expect([...sink.accepted.values()]).toEqual([1, 1, 1, 1, 1]);

  serving.child.kill("SIGTERM");
  expect((await serving.finished).status).toBe(0);
});
