/** How much a network takes a minute is kept also where nobody configured a pace. */

import { expect, it } from "vitest";
import { paceFor } from "#core/sending/sending.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openBoard } from "../support/board.ts";
import { openProbe } from "../support/probe.ts";

const never = new AbortController().signal;

it("A configured rate replaces the network's; a limit for one domain or a warm-up does not", () => {
  const domains = { "slow.example": { perHour: 2 } };
  const warmUp = { start: "2027-01-05", perDay: [50] };
  expect(paceFor(undefined, { perMinute: 20 })).toEqual({ perMinute: 20 });
  expect(paceFor({ domains, warmUp }, { perMinute: 20 })).toEqual({ domains, warmUp, perMinute: 20 });
  expect(paceFor({ perDay: 9, domains }, { perMinute: 20 })).toEqual({ perDay: 9, domains });
});

describeOnEveryBackend("A network that takes so many posts a minute", (open) => {
  it("gets no more posts than its limit, and waiting does not count as a try", async () => {
    await using backend = await open();
    const { adapter } = openBoard();
    const times: number[] = [];
    const timed = {
      ...adapter,
      traits: { ...adapter.traits, perMinute: 20 },
      open: async () => ({
        send: async () => ({ remoteId: String(times.push(performance.now())) }),
        [Symbol.asyncDispose]: async () => undefined,
      }),
    };
    await using test = await openTestApp(backend, [timed]);
    const posts = ["one", "two", "three"];
    for (const name of posts)
      await test.publish(aPost({ id: `${name}.md`, title: name, url: `https://example.org/${name}/` }));
    await using _workers = await test.app.startWorkers(test.channels, never);
    for (const name of posts) await test.settled(`${name}.md`);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toHaveLength(2);
    // One in three seconds; our clock and the database's differ a little.
    for (const gap of gaps) expect(gap).toBeGreaterThan(2_700);
    const { rows } = await test.app.database.pool.query("select state, attempts, failure from postrider.delivery");
    expect(rows).toEqual(posts.map(() => ({ state: "accepted", attempts: 1, failure: null })));
  });

  it("gets the configured rate if there is one", async () => {
    await using backend = await open();
    const probe = openProbe({ perMinute: 1 });
    await using test = await openTestApp(backend, [probe.adapter], { probe: "pace: { perSecond: 100 }" });
    await addReaders(test, 5);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    // One a minute would take four minutes.
    await test.settled("hello.md", 100_000);
    expect(probe.calls).toHaveLength(5);
  });
});
