/** The API over HTTP: only for whoever has the token, and every action does what the command line does. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SiteContext } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import { addReaders, aPost, openTestApp, silent } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { noContent } from "../support/content.ts";
import { failure, openProbe } from "../support/probe.ts";

interface Answer {
  campaigns: { id: string; state: string; reason: string | null }[];
  audits: { prepared: number; open: number }[];
  title: string;
}

describe("The API", () => {
  it("shows, pauses, resumes and cancels a campaign with the token, and refuses everything without it", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [openProbe().adapter], {}, { apiToken: "a-l0ng-t0ken" });
    await addReaders(test, 4);
    await test.publish();
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    const ask = async (method: string, path: string, options: { token?: string; body?: unknown } = {}) => {
      const { token = "a-l0ng-t0ken", body } = options;
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Answer };
    };

    for (const token of ["", "wrong", "a-l0ng-t0ke", "a-l0ng-t0ken "])
      expect(await ask("GET", "/campaigns", { token: `${token}x` })).toMatchObject({ status: 401 });
    const list = await ask("GET", "/campaigns");
    const id = list.body.campaigns[0]?.id ?? "";
    expect(list.body.campaigns).toMatchObject([{ channel: "probe", state: "sending", counts: { pending: 4 } }]);

    const paused = await ask("PUT", `/campaigns/${id}/pause`, { body: { reason: "wrong link" } });
    expect(paused.body.campaigns[0]).toMatchObject({ state: "paused", reason: "wrong link" });
    expect((await ask("DELETE", `/campaigns/${id.slice(0, 8)}/pause`)).body.campaigns[0]?.state).toBe("sending");
    expect((await ask("GET", `/campaigns/${id}/audit`)).body.audits[0]).toMatchObject({ prepared: 4, open: 4 });
    expect((await ask("PUT", `/campaigns/${id}/pause`, { body: { why: "?" } })).status).toBe(400);
    expect((await ask("PUT", `/campaigns/${id}/cancellation`)).body.campaigns[0]?.state).toBe("cancelled");
    expect((await ask("DELETE", `/campaigns/${id}/pause`)).status).toBe(409);
    expect((await ask("GET", "/campaigns/none")).status).toBe(404);
    expect((await ask("GET", "/nothing")).status).toBe(404);
    const events = await test.app.database.pool.query(
      "select actor from postrider.event where kind = 'campaign.cancel'",
    );
    expect(events.rows).toEqual([{ actor: "api" }]);
  });

  it("answers an error of its own with a problem document, and takes no name of a segment for one of JavaScript's own", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [openProbe().adapter], {}, { apiToken: "a-l0ng-t0ken" });
    await addReaders(test, 1);
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    const ask = (path: string) =>
      fetch(`${server.url}/api/v1${path}`, { headers: { authorization: "Bearer a-l0ng-t0ken" } });
    for (const name of ["__proto__", "constructor", "toString"])
      expect([name, (await ask(`/subscribers?segment=${name}`)).status]).toEqual([name, 400]);
    await test.app.database.pool.query("alter table postrider.subscription rename to gone");
    const failed = await ask("/subscribers");
    expect([failed.status, failed.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
    expect(await failed.json()).toMatchObject({
      status: 500,
      code: "internal",
      title: expect.not.stringContaining("gone"),
    });
    await test.app.database.pool.query("alter table postrider.gone rename to subscription");
  });

  it("refuses everything if there is no token at all, and its description is public", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    const refused = await fetch(`${server.url}/api/v1/campaigns`, { headers: { authorization: "Bearer " } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    const described = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
    expect(described).toMatchObject({ openapi: "3.1.0" });
  });
});

describe("The verbs of the API", () => {
  it("publish, republish, run a job and retry a delivery, with the names in the contract", async () => {
    await using backend = await openBackend({});
    const probe = openProbe();
    const post = aPost({ id: "2026/hello.md" });
    const content: SiteContext["content"] = {
      ...noContent,
      async read(path) {
        if (!path.endsWith("/2026/hello.md")) throw new PostriderError("not_found", "There is no such file");
        return { path, post, diagnostics: [] };
      },
    };
    const environment = { apiToken: "a-l0ng-t0ken" };
    await using test = await openTestApp(backend, [probe.adapter], {}, environment, { content });
    await addReaders(test, 3);
    mkdirSync(join(backend.dataDir, "jobs"));
    writeFileSync(join(backend.dataDir, "jobs/tidy.yaml"), "kind: maintenance\ntasks: [prune]\n");
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    const ask = async (path: string, body?: unknown, token = "a-l0ng-t0ken") => {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as never };
    };
    const publications = "/posts/2026%2Fhello.md/publications";

    expect((await ask(publications, {}, "wrong")).status).toBe(401);
    const { body: planned } = await ask(publications, { dryRun: true });
    expect(planned).toMatchObject({
      plan: { posts: [{ channels: [{ action: "send", audience: { recipients: 3 } }] }] },
    });
    const { hash } = (planned as { plan: { hash: string } }).plan;
    expect((await ask(publications, { plan: "0000" })).status).toBe(409);
    expect(probe.calls).toEqual([]);
    probe.answer = async ({ recipient }) => {
      if (recipient.address === "reader1@example.org") throw failure("permanent", "recipient");
      return {};
    };
    expect(await ask(publications, { plan: hash, channels: ["probe"] })).toMatchObject({
      status: 202,
      body: { publications: [{ post: "2026/hello.md" }] },
    });
    expect((await test.settled("2026/hello.md")).channels["probe"]?.counts).toMatchObject({ accepted: 2, refused: 1 });
    expect((await ask(publications)).status).toBe(202);
    expect(probe.calls).toHaveLength(3);

    probe.answer = async () => ({});
    const { rows } = await test.app.database.pool.query<{ id: string; state: string }>(
      "select id, state from postrider.delivery order by state",
    );
    const refused = rows.find(({ state }) => state === "refused")?.id;
    const accepted = rows.find(({ state }) => state === "accepted")?.id;
    expect((await ask(`/deliveries/${accepted}/retries`)).status).toBe(409);
    expect((await ask("/deliveries/99999/retries")).status).toBe(404);
    expect((await ask("/deliveries/x/retries")).status).toBe(404);
    expect((await ask(`/deliveries/${refused}/retries`, { reason: "the mailbox is back" })).status).toBe(202);
    const counts = async () => (await test.app.ledger.report("2026/hello.md"))[0]?.channels["probe"]?.counts;
    await expect.poll(counts, { timeout: 120_000 }).toMatchObject({ accepted: 3 });

    const again = "/posts/2026%2Fhello.md/republications";
    expect((await ask(again, { mode: "repost" })).status).toBe(400);
    expect(await ask(again, { mode: "repost", dryRun: true })).toMatchObject({
      body: { plan: { steps: [{ again: 3 }] } },
    });
    expect((await ask(again, { mode: "repost", reason: "the link was dead" })).status).toBe(202);
    await expect.poll(() => probe.calls.length, { timeout: 120_000 }).toBe(7);

    expect(await ask("/jobs/tidy/runs")).toMatchObject({ status: 202, body: { job: "tidy", state: "done" } });
    expect((await ask("/jobs/none/runs")).status).toBe(404);
    for (const name of ["none.md", "..%2F..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd"])
      expect((await ask(`/posts/${name}/publications`)).status, name).toBe(404);
    expect((await ask(publications, { channels: [] })).status).toBe(400);
    expect((await ask(publications, { channels: ["nowhere"] })).status).toBe(400);
    expect((await ask(publications, { at: "tomorrow" })).status).toBe(400);
    expect((await ask(publications, { reason: "x".repeat(100_000) })).status).toBe(400);
    const actors = await test.app.database.pool.query(
      "select distinct actor from postrider.event where kind like 'publication.%' or kind like 'republication.%'",
    );
    expect(actors.rows).toEqual([{ actor: "api" }]);
  });

  it("are all described, and nothing else is described", async () => {
    await using backend = await openBackend({});
    const environment = { apiToken: "a-l0ng-t0ken" };
    await using test = await openTestApp(backend, [openProbe().adapter], {}, environment);
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    const { paths } = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const wanted = [
      "POST /posts/{post}/publications",
      "POST /posts/{post}/republications",
      "POST /jobs/{name}/runs",
      "POST /deliveries/{id}/retries",
      "PUT /campaigns/{id}/pause",
      "DELETE /campaigns/{id}/pause",
      "GET /jobs",
      "GET /jobs/{name}/editions",
      "PUT /jobs/{name}/editions/{number}/approval",
    ];
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== "parameters")
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described).toEqual(expect.arrayContaining(wanted));
    // It never ends: test/http/api-events.test.ts reads it.
    for (const route of described.filter((each) => each !== "GET /events")) {
      const [method, path = ""] = route.split(" ");
      const url = `${server.url}/api/v1${path.replace(/\{\w+\}/g, "nothing")}`;
      const answer = await fetch(url, { method: method ?? "", headers: { authorization: "Bearer a-l0ng-t0ken" } });
      expect(await answer.text(), route).not.toContain("The API has no such resource");
      expect(answer.status, route).toBeLessThan(500);
    }
  });
});

it("neither the API nor the watcher publishes a file that may be a deleted post; both name the two posts, the watcher only once", async () => {
  await using backend = await openBackend({});
  const probe = openProbe();
  const body = "A paragraph of the handbook that every post of this kind has in common. ".repeat(5);
  const first = aPost({ id: "one.md", fileName: "one.md", title: "First", body });
  const second = aPost({
    ...{ id: "two.md", path: "content/posts/two.md", fileName: "two.md", title: "Second", body },
    ...{ url: "https://example.org/blog/two/", publishedAt: "2026-02-06T09:00:00.000Z" },
  });
  let change: (paths: string[]) => Promise<void> = async () => undefined;
  const content: SiteContext["content"] = {
    ...noContent,
    read: async (path) => ({ path, post: second, diagnostics: [] }),
    async watch(onChange) {
      change = onChange;
      return new AsyncDisposableStack();
    },
  };
  const warnings: string[] = [];
  const log = { ...silent, warn: (sentence: string) => warnings.push(sentence) };
  await using test = await openTestApp(backend, [probe.adapter], {}, { apiToken: "a-l0ng-t0ken" }, { content, log });
  await addReaders(test, 1);
  await test.publish(first);
  const told: string[] = [];
  await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
  await using _watch = await test.app.startWatch(test.channels, (_path, sentence) => told.push(sentence));

  const ask = (body?: object) =>
    fetch(`${server.url}/api/v1/posts/two.md/publications`, {
      method: "POST",
      headers: { authorization: "Bearer a-l0ng-t0ken" },
      ...(body && { body: JSON.stringify(body) }),
    });
  const response = await ask();
  const names = '"Second" (two.md) has the same text as "First" (one.md), whose file is gone';
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({
    code: "conflict",
    title: expect.stringContaining(names),
    detail: expect.stringContaining("--same-as one.md"),
  });
  await change(["content/posts/two.md"]);
  await change(["content/posts/two.md"]);
  expect(warnings).toEqual([expect.stringContaining(names)]);
  expect(warnings[0]).toContain("--new");
  expect(told).toEqual([]);
  const ids = async () =>
    (await test.app.database.pool.query<{ id: string }>("select id from postrider.post order by id")).rows;
  expect(await ids()).toEqual([{ id: "one.md" }]);

  // Whoever asks decides.
  expect((await ask({ new: true, sameAs: "one.md" })).status).toBe(400);
  expect(await (await ask({ sameAs: "one.md" })).json()).toMatchObject({ publications: [{ post: "one.md" }] });
  expect(await ids()).toEqual([{ id: "one.md" }]);
});
