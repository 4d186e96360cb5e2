/** A queue's worker outlives a database that is away when it starts. */

import { expect, it } from "vitest";
import { openBackend as openQueues } from "#queue/backend.ts";
import { consume } from "#queue/consume.ts";
import { openTestApp, silent } from "../support/app.ts";
import { describeOnEveryBackend, openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

it("starts again if the database connection is lost at the start, instead of failing forever", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter]);
  const { pool } = test.app.database;
  let refusals = 2;
  const flaky = new Proxy(pool, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name === "connect" && refusals > 0)
        return async () => {
          refusals--;
          throw new Error("the database system is shutting down");
        };
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await using queues = openQueues({ pool: flaky, log: silent });
  const done: unknown[] = [];
  await using _consumer = consume(queues, "deliver.probe", async (data) => {
    done.push(data);
    return {};
  });
  await expect.poll(() => refusals, { timeout: 120_000 }).toBe(0);
  await test.app.backend.queue("deliver.probe").addBulk([{ name: "deliver", data: { one: 1 }, opts: {} }]);
  await expect.poll(() => done, { timeout: 120_000 }).toEqual([{ one: 1 }]);
});

describeOnEveryBackend("A pause of a queue", (open) => {
  it("may be a fraction of a millisecond, and does not count as a try", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const outcomes = [{ pauseMs: 20.25 }, { pauseMs: 0.5 }, {}];
    let calls = 0;
    await using _consumer = consume(test.app.backend, "deliver.probe", async () => outcomes[calls++] ?? {});
    // It has one attempt: if the pause failed, it would never come again.
    await test.app.backend.queue("deliver.probe").addBulk([{ name: "deliver", data: {}, opts: { attempts: 1 } }]);
    await expect.poll(() => calls, { timeout: 60_000 }).toBe(3);
  });
});

it("can be closed while the database is unavailable", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter]);
  const away = new Proxy(test.app.database.pool, {
    get: (target, name) =>
      name === "connect"
        ? () => Promise.reject(new Error("the database system is shutting down"))
        : Reflect.get(target, name),
  });
  await using queues = openQueues({ pool: away, log: silent });
  const consumer = consume(queues, "deliver.probe", async () => ({}));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(consumer[Symbol.asyncDispose]()).resolves.toBeUndefined();
});

it("releases every connection, at any moment of closing", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter]);
  const pool = test.app.database.pool as unknown as { totalCount: number; idleCount: number };
  for (let delay = 0; delay < 40; delay += 2) {
    const consumers = ["one", "two"].map((name) => consume(test.app.backend, name, async () => ({})));
    await new Promise((resolve) => setTimeout(resolve, delay));
    await Promise.all(consumers.map((consumer) => consumer[Symbol.asyncDispose]()));
  }
  await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
});
