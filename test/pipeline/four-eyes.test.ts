/** A channel with `approval: other`: what one person has planned, another approves, whatever the door. */

import { describe, expect, it } from "vitest";
import type { SiteContext } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import { type Permission, permissions } from "#core/people/permission.ts";
import { type Actor, perform } from "#desk/act.ts";
import { createToken } from "#desk/people/tokens.ts";
import { approvePlan, executePlan, makePlan } from "#desk/posts/plans.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { noContent } from "../support/content.ts";
import { openProbe } from "../support/probe.ts";
import { openSink } from "../support/sink.ts";

const may = permissions as readonly Permission[];
const person = (name: string): Actor => ({
  name: `console:${name}`,
  door: "console",
  permissions: may,
  isLocal: false,
});
const program = (name: string): Actor => ({ name: `api:${name}`, door: "token", permissions: may, isLocal: false });
const operator: Actor = { name: "cli", door: "command line", permissions: may, isLocal: true };

/** \`probe\` demands an approval. */
async function openSite() {
  const stack = new AsyncDisposableStack();
  const backend = stack.use(await openBackend({}));
  const knownSince = async () => null;
  const content: SiteContext["content"] = {
    ...noContent,
    knownSince: knownSince as never,
    async read(path) {
      if (!path.endsWith("/hello.md")) throw new PostriderError("not_found", "There is no such file");
      return { path, post: aPost(), diagnostics: [] };
    },
  };
  const test = stack.use(
    await openTestApp(backend, [openProbe().adapter], { probe: "approval: other" }, {}, { content }),
  );
  await addReaders(test, 3);
  const { desk } = test.app;
  return {
    test,
    desk,
    plan: async (by: Actor) => (await perform(makePlan, { posts: ["hello.md"] }, by, desk)).plan.hash,
    approve: (plan: string, by: Actor) => perform(approvePlan, { plan }, by, desk),
    execute: (plan: string, by: Actor) => perform(executePlan, { plan }, by, desk),
    sent: async () => (await test.app.ledger.report()).length,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const refused = { code: "forbidden", message: expect.stringContaining("another person approves the plan") };

describe("A channel with four eyes", () => {
  it("gets what one person has planned and another approved, and nothing else", async () => {
    await using site = await openSite();
    const hash = await site.plan(person("ada"));
    await expect(site.execute(hash, person("ada"))).rejects.toMatchObject(refused);
    await expect(site.execute(hash, person("ben"))).rejects.toMatchObject(refused);
    await site.approve(hash, person("ada"));
    await expect(site.execute(hash, person("ben"))).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("whoever made the plan can't approve it"),
      hint: expect.stringContaining(`plan approve ${hash}`),
    });
    expect(await site.sent()).toBe(0);
    await site.approve(hash, person("ben"));
    await site.execute(hash, person("ada"));
    expect(await site.sent()).toBe(1);
  });

  it("gets nothing without a plan, from any door", async () => {
    await using site = await openSite();
    for (const by of [person("ada"), program("ci"), operator])
      await expect(
        perform(publishPosts, { posts: [by.isLocal ? "/any/hello.md" : "hello.md"] }, by, site.desk),
      ).rejects.toMatchObject(refused);
    const hash = await site.plan(person("ada"));
    const wanted = { posts: ["hello.md"], plan: hash };
    await expect(perform(publishPosts, wanted, person("ben"), site.desk)).rejects.toMatchObject(refused);
    // A plan that only looks approved: another hash, that nobody has kept.
    await expect(
      perform(publishPosts, { ...wanted, plan: "0".repeat(16) }, person("ben"), site.desk),
    ).rejects.toMatchObject({
      hint: expect.stringContaining("was not kept"),
    });
    const job = { post: aPost(), channels: site.test.channels, actor: "job:new-posts", now: new Date() };
    await expect(publish(job, site.test.app)).rejects.toMatchObject(refused);
    expect(await site.sent()).toBe(0);
  });

  it("counts whoever has created a token as the one who plans with it", async () => {
    await using site = await openSite();
    await perform(createToken, { token: "ci", scopes: ["admin"] }, person("ada"), site.desk);
    const hash = await site.plan(program("ci"));
    await site.approve(hash, person("ada"));
    await expect(site.execute(hash, program("ci"))).rejects.toMatchObject(refused);
    await site.approve(hash, person("ben"));
    await site.execute(hash, program("ci"));
    expect(await site.sent()).toBe(1);
    const again = { post: "hello.md", mode: "repost" as const, reason: "once more" };
    await expect(perform(republishPost, again, person("ada"), site.desk)).rejects.toMatchObject({
      ...{ code: "forbidden", hint: expect.stringContaining("A repost has no plan") },
    });
  });
});

it("The command line keeps the plan, says who has to approve it, and does not let the same operator approve it", async () => {
  await using sink = await openSink();
  const yaml = mailSite(sink.url).replace("list: everyone", "list: everyone, approval: other");
  const site = openTestSite(yaml, {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(2),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [newsletter]\n",
    "jobs/digest.yaml": "kind: campaign\nchannels: [newsletter]\nposts: { since: 3650d }\n",
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const direct = await site.run("publish", "content/posts/hello.md");
  expect([direct.status, direct.stderr]).toEqual([1, expect.stringContaining("The channel newsletter demands")]);
  const planned = await site.run("plan", "content/posts/hello.md");
  const hash = /plan approve (\w+)/.exec(planned.stderr)?.[1] ?? "";
  expect(planned.stderr).toContain("Another person has to approve this for newsletter");
  expect((await site.run("plan", "approve", hash, "--yes")).status).toBe(0);
  const own = await site.run("publish", "content/posts/hello.md", "--plan", hash);
  expect([own.status, own.stderr]).toEqual([1, expect.stringContaining("whoever made the plan can't approve it")]);
  const job = await site.run("jobs", "run", "digest");
  expect([job.status, job.stderr]).toEqual([1, expect.stringContaining("Add `review` to the job")]);
  await site.run("jobs", "run", "new-posts");
  site.write("content/posts/later.md", post("Later"));
  await site.run("jobs", "run", "new-posts");
  expect(sink.accepted.size).toBe(0);
  site.write("postrider.yaml", yaml.replace("approval: other", "approval: me"));
  expect((await site.run("plan", "content/posts/hello.md")).stderr).toContain('expected other, found "me"');
});
