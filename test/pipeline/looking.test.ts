/** What nobody knows is looked for where the network lets us, and only then settled. */

import { expect, it } from "vitest";
import { z } from "zod";
import type { Adapter, Envelope, Schema } from "#core/adapter.ts";
import type { Counts } from "#core/sending/delivery.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { sweep } from "#pipeline/sending/sweep.ts";
import { openTestApp, silent, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";

/** A network whose first answer is lost: with the post taken, or before it was. */
function openBoard(taken: boolean) {
  const board = {
    posts: [] as string[],
    looked: 0,
    hidden: false,
    adapter: {
      name: "board",
      medium: "note",
      config: z.strictObject({}) as Schema<unknown>,
      traits: { idempotent: false, maxLength: 500 },
      open: async () => ({
        async send({ key }: Envelope) {
          const first = board.sends++ === 0;
          if (!first || taken) board.posts.push(key);
          if (first)
            throw new DeliveryError({ kind: "uncertain", scope: "recipient", code: "lost", message: "no answer" });
          return { remoteId: key.slice(0, 8) };
        },
        async find({ key }: Envelope) {
          board.looked++;
          if (board.hidden) throw new Error("try later");
          return board.posts.includes(key) ? { remoteId: key.slice(0, 8), url: "https://board.example/1" } : null;
        },
        [Symbol.asyncDispose]: async () => undefined,
      }),
    } as Adapter,
    sends: 0,
  };
  return board;
}

async function publishUntilUncertain(test: TestApp): Promise<AsyncDisposable> {
  const workers = await test.app.startWorkers(test.channels, new AbortController().signal);
  await test.publish();
  await expect.poll(() => counts(test), { timeout: 120_000 }).toMatchObject({ uncertain: 1 });
  return workers;
}

async function counts({ app }: TestApp): Promise<Counts | undefined> {
  return (await app.ledger.report())[0]?.channels["board"]?.counts;
}

async function look({ app, site }: TestApp): Promise<void> {
  const { ledger, queue, rendition, transport, links } = app.desk;
  const wireLog = { open: () => expect.unreachable(), read: () => null, forget() {} };
  const idempotentAdapters = [...site.adapters.values()].filter((a) => a.traits.idempotent).map((a) => a.name);
  await sweep(["board"], {
    ledger,
    queue,
    rendition,
    transport,
    links,
    wireLog,
    idempotentAdapters,
    isLive: async () => "",
    log: silent,
  });
}

async function age({ app }: TestApp, seconds: number): Promise<void> {
  await app.database.pool.query(
    `update postrider.delivery set settled_at = settled_at - $1 * interval '1 second',
       look_at = look_at - $1 * interval '1 second'`,
    [seconds],
  );
}

describeOnEveryBackend("Looking for what is uncertain", (open) => {
  it("finds a post whose answer was lost, and doesn't post it again", async () => {
    await using backend = await open();
    const board = openBoard(true);
    await using test = await openTestApp(backend, [board.adapter]);
    await using _workers = await publishUntilUncertain(test);
    await look(test);
    expect(board.looked, "looks only after half a minute").toBe(0);
    await age(test, 31);
    await look(test);
    expect(await counts(test)).toMatchObject({ accepted: 1, uncertain: 0 });
    expect((await test.app.ledger.report())[0]?.channels["board"]?.links).toEqual(["https://board.example/1"]);
    expect(board.posts).toHaveLength(1);
    expect(board.sends).toBe(1);
  });

  it("posts again if the post is certainly missing, as the same delivery", async () => {
    await using backend = await open();
    const board = openBoard(false);
    await using test = await openTestApp(backend, [board.adapter]);
    await using _workers = await publishUntilUncertain(test);
    await age(test, 31);
    await look(test);
    await expect.poll(() => counts(test), { timeout: 120_000 }).toMatchObject({ accepted: 1, uncertain: 0 });
    expect(board.posts).toHaveLength(1);
    expect(board.sends).toBe(2);
  });

  it("stays uncertain while the network can't tell, and asks less and less often", async () => {
    await using backend = await open();
    const board = openBoard(true);
    board.hidden = true;
    await using test = await openTestApp(backend, [board.adapter]);
    await using _workers = await publishUntilUncertain(test);
    await age(test, 31);
    await look(test);
    await look(test);
    expect(board.looked).toBe(1);
    await age(test, 61);
    await look(test);
    expect(board.looked).toBe(2);
    await age(test, 61);
    await look(test);
    expect(board.looked).toBe(2);
    board.hidden = false;
    await age(test, 61);
    await look(test);
    expect(await counts(test)).toMatchObject({ accepted: 1, uncertain: 0 });
  });

  it("ignores an answer if the delivery was settled in the meantime", async () => {
    await using backend = await open();
    const board = openBoard(true);
    await using test = await openTestApp(backend, [board.adapter]);
    await using _workers = await publishUntilUncertain(test);
    await age(test, 31);
    const [asked] = await test.app.ledger.dueLookups("board");
    if (!asked) throw new Error("nothing was due");
    expect(await test.app.ledger.recordLookup(asked, { remoteId: "1" })).toBe(true);
    expect(await test.app.ledger.recordLookup(asked, null)).toBe(false);
    expect(await counts(test)).toMatchObject({ accepted: 1 });
  });
});
