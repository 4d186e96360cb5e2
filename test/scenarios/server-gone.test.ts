/** The process that holds the embedded database dies while a command of another process works on it. */

import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

it("reports in one sentence that the process with the database has stopped, and continues afterwards", async () => {
  await using sink = await openSink({ delayMs: 300 });
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(60),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const serving = await serve(site);
  const publishing = await site.start("publish", "content/posts/hello.md");
  await expect.poll(() => sink.accepted.size, { timeout: 120_000 }).toBeGreaterThan(2);
  serving.child.kill("SIGKILL");
  const { status, stderr } = await publishing.finished;
  expect(status, stderr).toBe(1);
  const complaints = stderr.split("\n").filter((line) => /^(?:warn|error)|unexpected|ECONN/.test(line));
  expect(complaints).toEqual([
    expect.stringMatching(/^error: The Postrider process that had the database open has stopped/),
  ]);
  expect(stderr).toContain("Run the command again");

  const again = await site.run("publish", "content/posts/hello.md", "--json");
  const { accepted = 0, uncertain = 0 } = countsOf(again) ?? {};
  expect(accepted + uncertain, again.stderr).toBe(60);
  expect([...sink.accepted.values()].filter((times) => times > 1)).toEqual([]);
});
