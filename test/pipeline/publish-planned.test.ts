/** What was planned happens exactly, or nothing does: also when somebody comes or goes while it is being looked at. */

import { expect, it } from "vitest";
import type { Post } from "#core/posts/post.ts";
import type { PlannedChannel } from "#core/publishing/plan.ts";
import { planPublication } from "#pipeline/publishing/plan.ts";
import { publishPlanned } from "#pipeline/publishing/publish-planned.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openBoard } from "../support/board.ts";
import { openProbe } from "../support/probe.ts";

const titled = (title: string): Post =>
  aPost({ id: `${title}.md`, path: `content/posts/${title}.md`, title, url: `https://example.org/${title}/` });

function planOf({ app, channels }: TestApp, posts: readonly Post[] = [aPost()], now = new Date()) {
  return planPublication(posts, channels, { now }, app.desk);
}

/** @param changes - of what the plan is made with. */
function publishBy(
  hash: string,
  test: TestApp,
  posts: readonly Post[] = [aPost()],
  changes: Partial<Parameters<typeof publishPlanned>[1]> = {},
) {
  const { app, channels } = test;
  return publishPlanned({ posts, channels, hash, actor: "test", now: new Date() }, { ...app.desk, ...changes });
}

async function rowsOf({ app }: TestApp): Promise<number> {
  const { rows } = await app.database.pool.query<{ count: number }>(
    `select (select count(*) from postrider.publication)::int + (select count(*) from postrider.delivery)::int as count`,
  );
  return rows[0]?.count ?? -1;
}

describeOnEveryBackend("A plan that is published by its hash", (open) => {
  it("stops and does nothing when somebody joins or leaves at the last moment", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter, openBoard().adapter]);
    await addReaders(test, 5);
    const { ledger, subscribers } = test.app;
    const joins = () => subscribers.add([{ address: "late@example.org" }], { list: "everyone", source: "test" });
    const leaves = () => subscribers.unsubscribe("reader1@example.org");
    const swaps = async () => {
      await subscribers.unsubscribe("late@example.org");
      await subscribers.add([{ address: "later@example.org" }], { list: "everyone", source: "test" });
    };
    for (const happens of [joins, leaves, swaps]) {
      const { hash } = await planOf(test);
      const meanwhile: Parameters<typeof publishPlanned>[1]["ledger"] = {
        ...ledger,
        async plannedAudience(channel, post) {
          const audience = await ledger.plannedAudience(channel, post);
          if (channel.medium === "email") await happens();
          return audience;
        },
      };
      await expect(publishBy(hash, test, [aPost()], { ledger: meanwhile })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining('the audience has just changed: somebody joined or left "everyone"'),
      });
      expect(await rowsOf(test)).toBe(0);
    }
    const plan = await planOf(test);
    const [published] = await publishBy(plan.hash, test);
    expect(published?.fresh).toEqual(["probe", "board"]);
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.settled();
    const expected = ["later@example.org", ...[0, 2, 3, 4].map((number) => `reader${number}@example.org`)];
    expect([...probe.accepted.keys()].sort()).toEqual(expected);
    expect(plan.posts[0]?.channels[0]?.audience.recipients).toBe(expected.length);
  });

  it("works for an audience that is normally written in shares", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await addReaders(test, 20_010);
    const plan = await planOf(test);
    await publishBy(plan.hash, test);
    const [report] = await test.app.ledger.report("hello.md");
    expect(report?.channels["probe"]).toMatchObject({ counts: { pending: 20_010 } });
    expect(report?.channels["probe"]?.freezing).toBeUndefined();
  });

  it("publishes all posts or none", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openBoard().adapter]);
    const posts = [titled("one"), titled("two")];
    const { hash } = await planOf(test, posts);
    await test.publish(titled("two"));
    await expect(publishBy(hash, test, posts)).rejects.toMatchObject({ code: "conflict" });
    expect(await test.app.ledger.report("one.md")).toEqual([]);
  });

  it("leaves out readers who chose fewer emails, in the plan and when sending", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    await test.app.database.pool.query(
      "update postrider.subscription set frequency = 'weekly' where subscriber_id = (select min(id) from postrider.subscriber)",
    );
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.publish(titled("one"));
    await test.settled("one.md");
    const plan = await planOf(test, [titled("two")]);
    expect(plan.posts[0]?.channels[0]?.audience).toMatchObject({
      recipients: 2,
      excluded: { "wanted less often": 1 },
    });
    await publishBy(plan.hash, test, [titled("two")]);
    expect((await test.settled("two.md")).channels["probe"]?.counts.accepted).toBe(2);
  });

  it("shows the time of each channel, and stays the same plan while only time passes", async () => {
    await using backend = await open();
    const adapters = [openProbe().adapter, openBoard("soon").adapter, openBoard("gated").adapter];
    await using test = await openTestApp(backend, adapters, {
      probe: "after: +1h",
      soon: "after: +10m",
      gated: "gate: live",
    });
    await addReaders(test, 2);
    const now = new Date("2027-03-01T10:00:00Z");
    const step = (channels: readonly PlannedChannel[] | undefined) =>
      channels?.map(({ channel, at, afterMs, gated }) => [channel, at, afterMs, gated]);
    const plan = await planOf(test, [aPost()], now);
    expect(step(plan.posts[0]?.channels)).toEqual([
      ["probe", "2027-03-01T11:00:00.000Z", 3_600_000, undefined],
      ["soon", "2027-03-01T10:10:00.000Z", 600_000, undefined],
      ["gated", undefined, undefined, true],
    ]);
    // Its audience is drawn when it goes: who joins until then gets it.
    await test.app.subscribers.add([{ address: "late@example.org" }], { list: "everyone", source: "test" });
    const [published] = await publishBy(plan.hash, test);
    expect(published?.later.map(({ channel }) => channel)).toEqual(["probe", "soon"]);
  });

  it("gives each of several posts a day that is not full", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openBoard().adapter], { board: "postsADay: 1" });
    const posts = [titled("one"), titled("two"), titled("three")];
    const now = new Date();
    const plan = await planOf(test, posts, now);
    const days = plan.posts.map(
      ({ channels: [step] }) => (step?.at ? Date.parse(step.at) - now.getTime() : 0) / 86_400_000,
    );
    expect(days).toEqual([0, 1, 2]);
    await publishBy(plan.hash, test, posts);
    const waiting = await Promise.all(posts.slice(1).map(({ id }) => test.app.ledger.report(id)));
    expect(waiting.map(([report]) => Boolean(report?.scheduledFor))).toEqual([true, true]);
  });
});
