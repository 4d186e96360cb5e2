/** A second copy of the database is no second chance to send. */

import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

it("sends nothing from a copied data folder until an operator arms it", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "content/posts/more.md": post("More"),
    "readers.csv": readersCsv(8),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", "content/posts/hello.md");
  await site.close();
  cpSync(join(site.dir, ".postrider"), join(site.dir, "copy"), { recursive: true });
  await site.run("publish", "content/posts/more.md");
  expect(sink.accepted.size).toBe(8);

  const copied = await site.run("--data", "copy", "publish", "content/posts/more.md", "--json");
  expect(copied.status).toBe(1);
  expect(copied.stderr).toContain("postrider arm");
  expect(countsOf(copied)).toMatchObject({ pending: 8, accepted: 0 });
  expect((await site.run("--data", "copy", "worker")).status).toBe(1);
  expect([...sink.accepted.values()]).toEqual(Array(8).fill(2));

  const known = await site.run("--data", "copy", "publish", "content/posts/hello.md");
  expect(known.status).toBe(0);

  expect((await site.run("--data", "copy", "arm")).status).toBe(0);
  const armed = await site.run("--data", "copy", "publish", "content/posts/more.md", "--json");
  expect(countsOf(armed)).toMatchObject({ pending: 0, accepted: 8 });
});
