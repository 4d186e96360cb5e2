/** What only plans or shows writes nothing: the whole database is the same before and after, so that no post is lost by looking at it. */

import { createHash } from "node:crypto";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase } from "#store/database/database.ts";
import { silent } from "../support/app.ts";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

/** A hash of every table's rows, by the table's name. */
async function tablesOf(dataDir: string): Promise<Record<string, string>> {
  await using database = await openDatabase({ dataDir, connections: 2, log: silent });
  const { rows } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const hashes: Record<string, string> = {};
  for (const { name } of rows) {
    const found = await database.pool.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
    hashes[name] = createHash("sha256")
      .update(found.rows.map(({ row }) => row).join("\n"))
      .digest("hex");
  }
  return hashes;
}

it("plans, dry runs, checks and previews change no table, and the post is still new afterwards", {
  timeout: 900_000,
}, async () => {
  await using sink = await openSink();
  const more = "  feed: { adapter: rss, out: public }\n  outbox: { adapter: outbox, dir: out }\n";
  const site = openTestSite(mailSite(sink.url, more), {
    "content/posts/hello.md": post("Hello"),
    "content/posts/old.md": post("Old"),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [newsletter]\n",
    "jobs/digest.yaml": "kind: campaign\nchannels: [newsletter]\nposts: { since: 3650d }\n",
    "jobs/news.yaml": "kind: campaign\nchannels: [newsletter]\nposts: { since: last-run }\n",
    "jobs/again.yaml": "kind: republish\nask: [post, mode]\n",
    "jobs/tidy.yaml": "kind: maintenance\ntasks: [prune, sweep]\n",
    "readers.csv": readersCsv(2),
  });
  const posts = join(site.dir, "content/posts");
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("(posts: 2)");
  expect((await site.run("publish", "content/posts/hello.md")).status).toBe(0);
  // Renamed and edited since, one of them published; and one that nobody has seen.
  renameSync(join(posts, "hello.md"), join(posts, "greeting.md"));
  renameSync(join(posts, "old.md"), join(posts, "older.md"));
  site.write("content/posts/greeting.md", post("Hello").replace("The end.", "The end, mended."));
  site.write("content/posts/new.md", post("New"));
  const [greeting, older, fresh] = ["greeting.md", "older.md", "new.md"].map((name) => `content/posts/${name}`) as [
    string,
    string,
    string,
  ];

  const before = await tablesOf(join(site.dir, ".postrider"));
  expect(Object.keys(before)).toContain("postrider.post_name");
  for (const [status, ...command] of [
    [0, "plan", greeting, older, fresh],
    [0, "publish", greeting, older, fresh, "--dry-run"],
    [0, "publish", fresh, "--dry-run", "--at", "2099-01-01T09:00:00Z"],
    [1, "republish", fresh, "--dry-run"],
    [0, "republish", greeting, "--dry-run"],
    [0, "republish", greeting, "--dry-run", "--mode", "update", "--replace"],
    [0, "republish", greeting, "--dry-run", "--mode", "repost", "--reason", "the link was dead"],
    [0, "republish", greeting, "--dry-run", "--correction", "It is on Friday."],
    [0, "withdraw", "hello.md", "--dry-run"],
    [0, "jobs", "run", "new-posts", "--dry-run"],
    [0, "jobs", "run", "digest", "--dry-run"],
    [0, "jobs", "run", "news", "--dry-run"],
    [0, "jobs", "run", "again", "--dry-run", "--post", greeting, "--mode", "update"],
    [0, "jobs", "run", "tidy", "--dry-run"],
    [0, "check"],
    [0, "preview", greeting],
    [0, "status", greeting],
  ] as const) {
    const ran = await site.run(...command);
    expect(ran.status, `${command.join(" ")}\n${ran.stderr}`).toBe(status);
    expect(await tablesOf(join(site.dir, ".postrider")), command.join(" ")).toEqual(before);
  }

  expect((await site.run("jobs", "run", "new-posts")).stderr).toContain("published to newsletter (posts: 1)");
  expect([...sink.accepted.values()]).toEqual([2, 2]);
});
