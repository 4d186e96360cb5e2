/** Where the copies of a post stand is told in its own file and in a feed, by choice; and that is no edit. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Asked, openScriptedServer } from "#contract/scripted-server.ts";
import { openTestSite, post, serve } from "../support/cli.ts";

const configuration = (mastodon: string): string => `site: { title: A Blog, url: "https://example.org" }
content: { dir: content/posts, syndication: true }
channels:
  mastodon: { adapter: mastodon, server: "${mastodon}", token: t0ken }
  feed: { adapter: rss, out: public, syndication: true }
`;

const copy = "https://social.example/@news/7";

async function openMastodon() {
  return openScriptedServer(({ method }) =>
    method === "POST"
      ? { status: 200, body: JSON.stringify({ id: "7", url: copy }) }
      : { status: 200, body: JSON.stringify({ id: "1", configuration: { statuses: { max_characters: 500 } } }) },
  );
}

function posts(asked: readonly Asked[]): number {
  return asked.filter(({ method, path }) => method === "POST" && path === "/api/v1/statuses").length;
}

it("writes the copy's address into the post and the feed once it was accepted; a second run changes nothing", async () => {
  await using server = await openMastodon();
  const before = post("Hello");
  const site = openTestSite(configuration(server.url), { "content/posts/hello.md": before });
  const file = join(site.dir, "content/posts/hello.md");
  const published = await site.run("publish", "content/posts/hello.md", "--json");
  expect(published).toMatchObject({ status: 0 });
  const after = before.replace("\n---\n\n", `\nsyndication:\n  - ${copy}\n---\n\n`);
  expect(readFileSync(file, "utf8")).toBe(after);
  const feed = readFileSync(join(site.dir, "public/feed.xml"), "utf8");
  expect(feed).toContain(`<p>Also on <a href="${copy}" class="u-syndication" rel="syndication">social.example</a></p>`);
  const again = await site.run("publish", "content/posts/hello.md", "--json");
  const revision = (run: typeof again) =>
    run.json<{ publications: { revision: string }[] }>().publications[0]?.revision;
  expect(revision(again)).toBe(revision(published));
  expect(posts(server.asked)).toBe(1);
  expect(readFileSync(file, "utf8")).toBe(after);
  expect((await site.run("status")).stdout).toContain(`mastodon: ${copy}`);
});

it("does not treat its own change of a file as an edit", async () => {
  await using server = await openMastodon();
  const site = openTestSite(configuration(server.url), {
    "content/posts/old.md": post("Old"),
    "jobs/new.yaml": "kind: publish\nchannels: [mastodon, feed]\n",
  });
  const serving = await serve(site);
  const file = join(site.dir, "content/posts/new.md");
  writeFileSync(file, post("New").replaceAll("\n", "\r\n"));
  await expect
    .poll(() => readFileSync(file, "utf8"), { timeout: 120_000 })
    .toContain(`syndication:\r\n  - ${copy}\r\n---`);
  // Files are told of in order: once this one was, the other's writing had been looked at.
  writeFileSync(join(site.dir, "content/posts/draft.md"), post("Draft", "draft: true\n"));
  await expect.poll(serving.said, { timeout: 120_000 }).toContain("draft.md: a draft");
  expect(serving.said()).not.toContain("edited");
  expect(posts(server.asked)).toBe(1);
  serving.child.kill("SIGTERM");
  await serving.finished;
});

it("reports a file that it can't change, and still sends", async () => {
  await using server = await openMastodon();
  const before = post("Hello", "syndication:\n  - url: https://own.example/1\n");
  const site = openTestSite(configuration(server.url), { "content/posts/hello.md": before });
  const published = await site.run("publish", "content/posts/hello.md", "--verbose");
  expect(published.status).toBe(0);
  expect(published.stderr).toContain("can't be added without changing other parts");
  expect(readFileSync(join(site.dir, "content/posts/hello.md"), "utf8")).toBe(before);
});
