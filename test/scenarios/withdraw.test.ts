/** A post is taken back wherever that can be done, once, and it is said where it can't. */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Answer, openScriptedServer } from "#contract/scripted-server.ts";
import { openTestSite, post } from "../support/cli.ts";

const hook = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

async function openSite(onDelete: () => Answer) {
  const server = await openScriptedServer(({ method, path }) => {
    if (method === "DELETE") return onDelete();
    const body =
      path === "/hook"
        ? ""
        : '{"id":"7","url":"https://social.example/@news/7","configuration":{"statuses":{"max_characters":500}}}';
    return { status: 200, body };
  });
  const before = post("Hello");
  const site = openTestSite(
    `site: { title: A Blog, url: "https://example.org" }
content: { dir: content/posts, syndication: true }
channels:
  mastodon: { adapter: mastodon, server: "${server.url}", token: t0ken }
  hook: { adapter: webhook, url: "${server.url}/hook", secret: ${hook} }
  feed: { adapter: rss, out: public }
`,
    { "content/posts/hello.md": before },
  );
  expect((await site.run("publish", "content/posts/hello.md")).status).toBe(0);
  const deletions = (): number => server.asked.filter(({ method }) => method === "DELETE").length;
  return { site, before, deletions, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

it("deletes the note, shows the feed's item as withdrawn, removes the address, and does nothing a second time", async () => {
  await using opened = await openSite(() => ({ status: 200, body: "{}" }));
  const { site, before, deletions } = opened;
  const file = join(site.dir, "content/posts/hello.md");
  expect(readFileSync(file, "utf8")).toContain("syndication:");
  const plan = await site.run("withdraw", "content/posts/hello.md", "--dry-run");
  expect(plan.stderr).toMatch(/mastodon: is deleted there\n.*hook: /);
  expect(deletions()).toBe(0);
  const withdrawn = await site.run("withdraw", "content/posts/hello.md", "--reason", "wrong numbers");
  expect(withdrawn).toMatchObject({ status: 0 });
  expect(withdrawn.stdout).toContain("mastodon: 1 withdrawn");
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8")).toContain("This post was withdrawn by its author.");
  // By its address, once the file is gone.
  rmSync(file);
  await site.run("withdraw", "https://example.org/blog/hello/", "--channels", "mastodon");
  expect(deletions()).toBe(1);
  const status = await site.run("status");
  expect(status.stdout).toMatch(/mastodon: withdrawn at 20/);
  expect(status.stdout).not.toContain("https://social.example/@news/7");
});

it("reports what is still published, and tries again", async () => {
  const answers: Answer[] = [{ status: 403, body: "not yours" }, { status: 404 }];
  await using opened = await openSite(() => answers.shift() ?? { status: 500 });
  const { site, deletions } = opened;
  const failed = await site.run("withdraw", "content/posts/hello.md", "--channels", "mastodon", "--json");
  expect(failed.status).toBe(1);
  expect(failed.json()).toMatchObject({
    withdrawn: [{ retracted: 0, problems: [expect.stringContaining("not yours")] }],
  });
  // Gone already is gone.
  expect((await site.run("withdraw", "content/posts/hello.md", "--channels", "mastodon")).status).toBe(0);
  expect(deletions()).toBe(2);
});
