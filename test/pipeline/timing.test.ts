/** Posts that go to their channels one after the other, on days with room for them, and not before their page is there. */

import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import type { Post } from "#core/posts/post.ts";
import { control } from "#pipeline/campaigns/control.ts";
import { openGate } from "#pipeline/publishing/wait-for-page.ts";
import { releaseDue } from "#pipeline/sending/sweep.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openBoard } from "../support/board.ts";
import { openProbe } from "../support/probe.ts";

const never = new AbortController().signal;

async function openBlog() {
  const blog = { asked: 0, url: "", answer: (response: ServerResponse) => void response.writeHead(404).end() };
  const server = createServer((_, response) => {
    blog.asked++;
    blog.answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  blog.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    blog,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const titled = (title: string, url = `https://example.org/${title}/`): Post => aPost({ id: `${title}.md`, title, url });

async function channelsOf(test: TestApp, post: string) {
  return (await test.app.ledger.report(post))[0]?.channels ?? {};
}

it("A page with only open brackets is checked quickly, and shows no title", async () => {
  const isLive = openGate({ url: "https://example.org" }, async () => new Response("<".repeat(1_500_000)));
  expect(await isLive(aPost())).toBe("it answers, but does not show the title yet");
});

describeOnEveryBackend("The time of a publication", (open) => {
  it("is separate for each channel: shown in the report, kept, and can be cancelled", async () => {
    await using backend = await open();
    const probe = openProbe();
    const [now, soon, later] = [openBoard("now"), openBoard("soon"), openBoard("later")];
    const adapters = [probe.adapter, now.adapter, soon.adapter, later.adapter];
    await using test = await openTestApp(backend, adapters, { soon: "after: +1m", later: "after: +2h" });
    await addReaders(test, 2);
    await using _workers = await test.app.startWorkers(test.channels, never);
    const published = await test.publish();
    expect(published.later.map(({ channel }) => channel)).toEqual(["soon", "later"]);
    const report = await test.settled();
    expect(report.scheduledFor).toBeUndefined();
    expect(report.channels["probe"]?.counts.accepted).toBe(2);
    expect(report.channels["now"]?.counts.accepted).toBe(1);
    const minutes = (name: string) =>
      Math.round(((report.channels[name]?.scheduledFor?.getTime() ?? 0) - Date.now()) / 60_000);
    expect([minutes("soon"), minutes("later")]).toEqual([1, 120]);

    const [waiting] = (await test.app.ledger.campaigns()).filter(({ channel }) => channel === "later");
    const [cancelled] = await control(
      { campaign: waiting?.id ?? "", channel: "later", action: "cancel", actor: "test", reason: "no" },
      test.app,
    );
    expect(cancelled?.state).toBe("cancelled");
    await test.app.database.pool.query(
      "update postrider.publication set scheduled_for = now() where released_at is null",
    );
    for (const id of await test.app.ledger.dueReleases()) await releaseDue(id, { ...test.app, isLive: async () => "" });
    await expect.poll(() => soon.posts, { timeout: 120_000 }).toEqual(["Hello"]);
    expect([later.posts, now.posts]).toEqual([[], ["Hello"]]);
    expect(await test.publish()).toMatchObject({ fresh: [], later: [], cancelled: ["later"] });
    const after = await channelsOf(test, "hello.md");
    expect(after["later"]?.publication).toBe(waiting?.id);
  });

  it("moves to the next day that is not full, in the order of the posts", async () => {
    await using backend = await open();
    const board = openBoard();
    await using test = await openTestApp(backend, [board.adapter], { board: "postsADay: 2" });
    const now = new Date();
    const days: number[] = [];
    for (const title of ["one", "two", "three", "four", "five"]) {
      await test.publish(titled(title));
      const { scheduledFor } = (await channelsOf(test, `${title}.md`))["board"] ?? {};
      days.push(Math.round(((scheduledFor ?? now).getTime() - now.getTime()) / 86_400_000));
    }
    expect(days).toEqual([0, 0, 1, 1, 2]);
  });

  it("is sent when the page shows the post, and not if it shows something else", async () => {
    await using backend = await open();
    await using opened = await openBlog();
    const { blog } = opened;
    const probe = openProbe();
    const board = openBoard();
    await using test = await openTestApp(backend, [probe.adapter, board.adapter], {
      probe: "gate: live",
      board: "gate: { live: 1h }",
    });
    await addReaders(test, 2);
    const { ledger, queue, database } = test.app;
    const post = titled("“Quotes” & more – today", `${blog.url}/hello/`);
    const isLive = openGate({ url: blog.url }, fetch);
    await test.publish({ ...post, id: "hello.md" });
    const look = async (): Promise<(string | undefined)[]> => {
      await database.pool.query(
        `update postrider.publication set gate = gate || '{"next": "2020-01-01T00:00:00Z"}' where gate is not null`,
      );
      for (const id of await ledger.dueReleases()) await releaseDue(id, { ledger, queue, isLive });
      return Object.values(await channelsOf(test, "hello.md")).map(({ gate }) => gate?.said);
    };
    expect(await look()).toEqual(Array(2).fill("it answered with status 404"));
    blog.answer = (response) => void response.end("<h1>The blog</h1>");
    expect(await look()).toEqual(Array(2).fill("it answers, but does not show the title yet"));
    blog.answer = (response) =>
      void response.end(`<meta name="postrider:revision" content="${"b".repeat(12)}"><h1>${post.title}</h1>`);
    expect(await look()).toEqual(Array(2).fill("it shows revision bbbbbbbb"));
    blog.answer = (response) => void response.writeHead(302, { location: "http://example.com/" }).end();
    expect(await look()).toEqual(Array(2).fill("it is on another host, example.com"));
    expect((await channelsOf(test, "hello.md"))["probe"]?.counts).toMatchObject({ pending: 0, accepted: 0 });

    blog.answer = (response) => void response.end("<h1>&#8220;Quotes&#8221; &amp; <em>more</em> &ndash; today</h1>");
    expect(await look()).toEqual([undefined, undefined]);
    // Only now: workers look at the page, too, and at a time of their own.
    await using _workers = await test.app.startWorkers(test.channels, never);
    const report = await test.settled("hello.md");
    expect(report.channels["probe"]?.counts.accepted).toBe(2);
    expect(board.posts).toEqual([post.title]);
  });

  it("checks its page repeatedly, with growing intervals", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openBoard().adapter], { board: "gate: live" });
    const { ledger, queue, database } = test.app;
    await test.publish();
    const isLive = async () => "it answers 404";
    const waits: number[] = [];
    for (let look = 0; look < 12; look++) {
      await database.pool.query(
        `update postrider.publication set gate = gate || '{"next": "2020-01-01T00:00:00Z"}' where gate is not null`,
      );
      for (const id of await ledger.dueReleases()) await releaseDue(id, { ledger, queue, isLive });
      const { rows } = await database.pool.query<{ seconds: number }>(
        "select extract(epoch from (gate->>'next')::timestamptz - now())::float8 as seconds from postrider.publication",
      );
      waits.push(rows[0]?.seconds ?? 0);
    }
    expect(waits[11]).toBeGreaterThan(waits[0] ?? 0);
    expect(waits[11]).toBeGreaterThan(200);
  });

  it("waits for the operator when the page never comes online, and reports it", async () => {
    await using backend = await open();
    const board = openBoard();
    await using test = await openTestApp(backend, [board.adapter], { board: "gate: live" });
    const { ledger, queue, database } = test.app;
    await test.publish();
    const isLive = async () => "it answers 404";
    await database.pool.query(`update postrider.publication set gate = gate || '{"until": "2020-01-01T00:00:00Z"}'`);
    for (const id of await ledger.dueReleases()) await releaseDue(id, { ledger, queue, isLive });
    expect((await channelsOf(test, "hello.md"))["board"]?.gate).toMatchObject({ over: true, said: "it answers 404" });
    expect(await ledger.dueReleases()).toEqual([]);
    await test.settled();

    await test.publish();
    expect((await channelsOf(test, "hello.md"))["board"]?.gate).toMatchObject({ over: false });
    const [waiting] = await ledger.campaigns();
    await control({ campaign: waiting?.id ?? "", action: "resume", actor: "test", reason: "never mind" }, test.app);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await expect.poll(() => board.posts, { timeout: 120_000 }).toEqual(["Hello"]);
  });
});
