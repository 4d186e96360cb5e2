/** Plans that are kept and carried out, and requests that come again with the same key. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SiteContext } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import { permissions } from "#core/people/permission.ts";
import { type Actor, perform } from "#desk/act.ts";
import { createToken, revokeToken } from "#desk/people/tokens.ts";
import { approvePlan, executePlan, makePlan } from "#desk/posts/plans.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { noContent } from "../support/content.ts";
import { openProbe } from "../support/probe.ts";

const operator: Actor = { name: "cli", door: "command line", permissions, isLocal: true };

interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: each request has another answer
  body: any;
}

interface Site extends AsyncDisposable {
  test: TestApp;
  /** Changes the title of the post. */
  rename(title: string): void;
  ask(path: string, body?: unknown, key?: string, as?: string): Promise<Answer>;
  get(path: string): Promise<Answer>;
  rows(statement: string): Promise<number>;
}

async function openSite(): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const backend = stack.use(await openBackend({}));
  const probe = openProbe();
  let post = aPost();
  const content: SiteContext["content"] = {
    ...noContent,
    async read(path) {
      if (!path.endsWith("/hello.md")) throw new PostriderError("not_found", "There is no such file");
      return { path, post, diagnostics: [] };
    },
  };
  const token = "a-l0ng-t0ken";
  mkdirSync(join(backend.dataDir, "jobs"), { recursive: true });
  writeFileSync(join(backend.dataDir, "jobs/tidy.yaml"), "kind: maintenance\ntasks: [prune]\n");
  const test = stack.use(await openTestApp(backend, [probe.adapter], {}, { apiToken: token }, { content }));
  await addReaders(test, 3);
  const server = stack.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 }));
  const send = async (method: string, path: string, body?: unknown, key?: string, as = token): Promise<Answer> => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(key !== undefined && { "idempotency-key": key }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const closing = stack.move();
  return {
    test,
    rename(title) {
      post = aPost({ title, revision: "f".repeat(64) });
    },
    ask: (path, body = {}, key, as) => send("POST", path, body, key, as),
    get: (path) => send("GET", path),
    rows: async (statement) => (await test.app.database.pool.query(statement)).rowCount ?? 0,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

const publications = "select 1 from postrider.publication";
const repost = { mode: "repost", reason: "the first one had a wrong date" };

describe("A plan over HTTP", () => {
  it("is kept under its hash, and carried out exactly", async () => {
    await using site = await openSite();
    const made = await site.ask("/plans", { posts: ["hello.md"] });
    expect(made).toMatchObject({
      status: 201,
      body: { actor: "api", executedAt: null, plan: { posts: [{ channels: [{ action: "send" }] }] } },
    });
    const { hash } = made.body;
    expect(await site.rows(publications)).toBe(0);
    expect((await site.get(`/plans/${hash}`)).body).toEqual(made.body);
    const done = await site.ask(`/plans/${hash}/execution`);
    expect(done).toMatchObject({ status: 202, body: { publications: [{ post: "hello.md" }] } });
    expect((await site.get(`/plans/${hash}`)).body).toMatchObject({ executedBy: "api" });
    const log = (await site.get("/audit-log")).body.items;
    expect(log[0]).toMatchObject({ act: "plans.execute", plan: hash, result: "done", after: { posts: ["hello.md"] } });
  });

  it("that is out of date sends nothing, and lists what is different", async () => {
    await using site = await openSite();
    const { hash } = (await site.ask("/plans", { posts: ["hello.md"] })).body;
    await addReaders(site.test, 5);
    site.rename("Another title");
    const refused = await site.ask(`/plans/${hash}/execution`);
    expect(refused).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(refused.body.plan).toMatch(/^[0-9a-f]{16}$/);
    const fields = refused.body.differences.map(({ channel = "", field }: { channel?: string; field: string }) =>
      `${channel} ${field}`.trim(),
    );
    expect(fields).toEqual(
      expect.arrayContaining(["title", "probe audience.recipients", "probe audience.fingerprint"]),
    );
    expect(refused.body.differences).toContainEqual({
      ...{ post: "hello.md", channel: "probe", field: "audience.recipients", planned: 3, now: 5 },
    });
    expect(await site.rows(publications)).toBe(0);
  });

  it("is approved by a token with the scope `approve`, which no role gives to a token", async () => {
    await using site = await openSite();
    const desk = site.test.app.desk;
    const { hash } = (await site.ask("/plans", { posts: ["hello.md"] })).body;
    const admin = await perform(createToken, { token: "all", scopes: ["admin"] }, operator, desk);
    expect(await site.ask(`/plans/${hash}/approval`, {}, undefined, admin.token)).toMatchObject({ status: 403 });
    const button = await perform(createToken, { token: "button", scopes: ["approve"] }, operator, desk);
    const approved = await site.ask(`/plans/${hash}/approval`, {}, undefined, button.token);
    expect(approved).toMatchObject({ status: 200, body: { approvals: [{ by: "api:button", door: "token" }] } });
    const [{ at }] = approved.body.approvals;
    expect((await site.ask(`/plans/${hash}/approval`, {}, undefined, button.token)).body.approvals).toEqual([
      { by: "api:button", door: "token", at },
    ]);
    expect(await site.rows(publications)).toBe(0);
    await site.ask(`/plans/${hash}/execution`);
    expect(await site.ask(`/plans/${hash}/approval`)).toMatchObject({ status: 409 });
    expect((await site.ask("/plans/0123456789abcdef/approval")).status).toBe(404);
  });

  it("is carried out by an assistant only after somebody has approved it", async () => {
    await using site = await openSite();
    const assistant: Actor = { name: "assistant", door: "assistant", permissions, isLocal: false };
    const desk = site.test.app.desk;
    const { plan } = await perform(makePlan, { posts: ["hello.md"] }, assistant, desk);
    const execute = () => perform(executePlan, { plan: plan.hash }, assistant, desk);
    await expect(execute()).rejects.toMatchObject({ code: "forbidden", message: "No person has approved this plan" });
    await expect(perform(approvePlan, { plan: plan.hash }, assistant, desk)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await site.rows(publications)).toBe(0);
    await perform(approvePlan, { plan: plan.hash }, operator, desk);
    expect((await execute()).publications).toHaveLength(1);
    const log = (await site.get("/audit-log")).body.items;
    expect(log[0]).toMatchObject({ act: "plans.execute", actor: "assistant", door: "assistant", plan: plan.hash });
    expect(log[1]).toMatchObject({ act: "plans.approve", actor: "cli", result: "done", after: { approvals: ["cli"] } });
  });

  it("has a hash that somebody made up: 404; and no posts: 400", async () => {
    await using site = await openSite();
    expect((await site.ask("/plans/0123456789abcdef/execution")).status).toBe(404);
    expect((await site.get("/plans/x")).status).toBe(404);
    expect((await site.ask("/plans", { posts: [] })).status).toBe(400);
    expect((await site.ask("/plans", { posts: ["none.md"] })).status).toBe(404);
    expect((await site.ask("/plans", { posts: ["hello.md"], channel: "probe" })).status).toBe(400);
    expect((await site.get("/plans/%00")).status).toBe(404);
    expect((await site.get("/jobs/a%00b/editions")).status).toBe(404);
    expect((await site.ask("/jobs/tidy/runs", { reason: "a\0b" })).status).toBe(400);
  });
});

describe("A request with an Idempotency-Key", () => {
  it("that comes again gets the same answer, and does nothing", async () => {
    await using site = await openSite();
    await site.ask("/posts/hello.md/publications");
    const first = await site.ask("/posts/hello.md/republications", repost, "one");
    expect(first.status).toBe(202);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const again = await site.ask("/posts/hello.md/republications", repost, "one");
    expect(again).toMatchObject({ status: 202, body: first.body });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await site.rows(publications)).toBe(2);
    expect((await site.ask("/posts/hello.md/republications", repost, "two")).status).toBe(202);
    expect(await site.rows(publications)).toBe(3);
  });

  it("is one effect for ten callers at the same moment", async () => {
    await using site = await openSite();
    await site.ask("/posts/hello.md/publications");
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => site.ask("/posts/hello.md/republications", repost, "same")),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202));
    expect(await site.rows(publications)).toBe(2);
    const runs = await Promise.all(Array.from({ length: 10 }, () => site.ask("/jobs/tidy/runs", {}, "run")));
    expect(new Set(runs.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await site.rows("select 1 from postrider.occurrence where job = 'tidy'")).toBe(1);
  });

  it("of another request is refused, and so is a key that is none", async () => {
    await using site = await openSite();
    await site.ask("/posts/hello.md/publications", {}, "mine");
    const other = await site.ask("/posts/hello.md/publications", { channels: ["probe"] }, "mine");
    expect(other).toMatchObject({ status: 422, body: { title: "This Idempotency-Key was used for another request" } });
    expect((await site.ask("/jobs/tidy/runs", {}, "mine")).status).toBe(422);
    for (const wrong of ["two words", "x".repeat(256)])
      expect((await site.ask("/posts/hello.md/publications", {}, wrong)).status, wrong).toBe(400);
  });

  it("that was refused can be asked again with the same key, and is done then", async () => {
    await using site = await openSite();
    expect((await site.ask("/posts/hello.md/republications", repost, "early")).status).toBe(404);
    await site.ask("/posts/hello.md/publications");
    expect((await site.ask("/posts/hello.md/republications", repost, "early")).status).toBe(202);
    expect(await site.rows(publications)).toBe(2);
  });

  it("belongs to its token: another one of the same name gets no answer of the first", async () => {
    await using site = await openSite();
    await site.ask("/posts/hello.md/publications");
    const { desk } = site.test.app;
    const made = async () =>
      (await perform(createToken, { token: "deploy", scopes: ["publish"] }, operator, desk)).token;
    const first = await made();
    expect((await site.ask("/posts/hello.md/republications", repost, "key", first)).status).toBe(202);
    await perform(revokeToken, { token: "deploy" }, operator, desk);
    const second = await site.ask("/posts/hello.md/republications", repost, "key", await made());
    expect(second.status).toBe(202);
    expect(second.headers.get("idempotent-replayed")).toBeNull();
    expect(await site.rows(publications)).toBe(3);
  });

  it("whose answer was lost is done once", async () => {
    await using site = await openSite();
    await site.ask("/posts/hello.md/publications");
    const lost = "update postrider.request set status = null, body = null, type = null";
    for (const [path, body, key, effects] of [
      ["/posts/hello.md/republications", repost, "repost", publications],
      ["/jobs/tidy/runs", {}, "run", "select 1 from postrider.occurrence"],
      ["/posts/hello.md/publications", {}, "publish", publications],
    ] as const) {
      const first = await site.ask(path, body, key);
      const number = await site.rows(effects);
      // As after a crash between the effect and the answer.
      await site.test.app.database.pool.query(lost);
      const again = await site.ask(path, body, key);
      expect(again.status, key).toBe(202);
      expect(again.body.publications, key).toEqual(first.body.publications);
      expect(await site.rows(effects), key).toBe(number);
    }
  });
});
