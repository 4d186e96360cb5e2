/** From the decision to the receipts: the real ledger and queue, on every backend, with an adapter that answers as told. */

import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { channelAttempts } from "#core/sending/retry.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { failure, openProbe, type Probe } from "../support/probe.ts";

const never = new AbortController().signal;

function doubles(probe: Probe): string[] {
  return [...probe.accepted].filter(([, times]) => times > 1).map(([address]) => address);
}

describeOnEveryBackend("Delivering", (open) => {
  it("reaches each reader exactly once, in parallel, and a second run sends nothing", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      await sleep(1);
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 230);
    await using _workers = await test.app.startWorkers(test.channels, never);

    expect(await test.publish()).toMatchObject({ fresh: ["probe"], resumed: [], unchanged: [] });
    const report = await test.settled();
    expect(report.channels["probe"]?.counts).toMatchObject({ accepted: 230, pending: 0, uncertain: 0 });
    expect(probe.accepted.size).toBe(230);
    expect(probe.mostAtOnce()).toBe(5);

    expect(await test.publish()).toMatchObject({ fresh: [], resumed: [], unchanged: ["probe"] });
    await test.settled();
    expect(doubles(probe)).toEqual([]);
    expect(probe.calls).toHaveLength(230);
  });

  it("sends again as a new worker after the others took this process for dead", { timeout: 30_000 }, async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 20);
    await using _workers = await test.app.startWorkers(test.channels, never);
    const { pool } = test.app.database;
    await pool.query("update postrider.worker set gone_at = now()");
    const working = async () => (await pool.query("select from postrider.worker where gone_at is null")).rowCount;
    await expect.poll(working, { timeout: 15_000 }).toBe(1);
    await test.publish();
    await test.settled();
    expect(probe.accepted.size).toBe(20);
    expect(doubles(probe)).toEqual([]);
  });

  it("sends once when two publish at the same moment", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 20);
    await using _workers = await test.app.startWorkers(test.channels, never);
    const both = await Promise.all([test.publish(), test.publish()]);
    expect(both.map((published) => published.fresh.length).sort()).toEqual([0, 1]);
    await test.settled();
    expect(probe.calls).toHaveLength(20);
  });

  it("sends each email once, even if its batch runs several times", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      await sleep(2);
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 120);
    await test.publish();
    const { ledger, queue } = test.app;
    const [{ id = "" } = {}] = await ledger.report("hello.md");
    for (let time = 0; time < 5; time++)
      await ledger.transaction(async (tx) => {
        const batches = await ledger.dueBatches(tx, id, "probe", 50);
        await queue.enqueue(
          tx,
          batches.map((batch) => ({ kind: "deliver" as const, batch })),
        );
      });
    await using _workers = await test.app.startWorkers(test.channels, never);
    await using _others = await test.app.startWorkers(test.channels, never);
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 120 });
    await expect.poll(() => queue.depth("probe"), { timeout: 120_000 }).toBe(0);
    expect(probe.calls).toHaveLength(120);
    expect(doubles(probe)).toEqual([]);
  });

  it("raises an alarm when a delivery is accepted after its claim was lost, and the audit reports it", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    const { ledger, database } = test.app;
    probe.answer = async ({ recipient }) => {
      if (recipient.address === "reader1@example.org")
        await database.pool.query(
          `update postrider.delivery d set state = 'uncertain', claim = null, settled_at = now()
           from postrider.subscriber s where s.hash = d.recipient and s.address = $1`,
          [recipient.address],
        );
      return {};
    };
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const report = await test.settled();
    expect(report.channels["probe"]?.counts).toMatchObject({ accepted: 2, uncertain: 1 });
    await expect
      .poll(async () => (await ledger.audit(report.id))[0], { timeout: 120_000 })
      .toMatchObject({ alarms: [{ kind: "alarm.accepted-not-ours" }], problems: ["1 internal errors were recorded"] });
  });

  it("refuses one bad recipient and sends to all others", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async ({ recipient }) => {
      if (recipient.address === "reader3@example.org") throw failure("permanent", "recipient");
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 12);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const report = await test.settled();
    expect(report.channels["probe"]?.counts).toMatchObject({ accepted: 11, refused: 1 });
    expect(report.channels["probe"]?.failures).toEqual([
      { state: "refused", code: "permanent-recipient", message: "scripted: permanent, recipient", count: 1 },
    ]);
  });

  it("retries temporary failures, and only those", async () => {
    await using backend = await open();
    const probe = openProbe();
    let first = true;
    probe.answer = async ({ recipient }) => {
      if (recipient.address !== "reader1@example.org" || !first) return {};
      first = false;
      throw failure("temporary", "recipient", { retryAfter: 200 });
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 3, retrying: 0 });
    expect(probe.calls.filter((address) => address === "reader1@example.org")).toHaveLength(2);
    expect(probe.calls).toHaveLength(4);
  });

  it("tries a wrong password once and not once for each reader", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      throw failure("permanent", "channel", { code: "EAUTH" });
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 1_600);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const channel = (await test.settled()).channels["probe"];
    expect(channel?.stalled).toMatchObject({ code: "EAUTH" });
    expect(channel?.counts).toMatchObject({ pending: 1_600, accepted: 0, refused: 0 });
    expect(probe.calls).toHaveLength(1);

    probe.answer = async () => ({});
    expect(await test.publish()).toMatchObject({ resumed: ["probe"] });
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 1_600, pending: 0 });
    expect(doubles(probe)).toEqual([]);
  });

  it("reports each channel that fails, even if two fail at the same moment", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      throw failure("permanent", "channel", { code: "EAUTH" });
    };
    await using test = await openTestApp(backend, [probe.adapter, { ...probe.adapter, name: "other" }]);
    await addReaders(test, 1);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    // Sooner than the sweep would look for what was forgotten.
    const { channels } = await test.settled("hello.md", 25_000);
    expect(channels).toMatchObject({ probe: { stalled: { code: "EAUTH" } }, other: { stalled: { code: "EAUTH" } } });
    expect(probe.calls).toHaveLength(2);
  });

  it("waits for a relay that is unavailable for a moment", async () => {
    await using backend = await open();
    const probe = openProbe();
    let down = 2;
    probe.answer = async () => {
      if (down-- > 0) throw failure("temporary", "channel", { retryAfter: 100 });
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 150);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const channel = (await test.settled()).channels["probe"];
    expect(channel?.counts).toMatchObject({ accepted: 150, pending: 0, refused: 0 });
    expect(channel?.stalled).toBeUndefined();
  });

  it("stops if a relay stays unavailable, loses nobody, and continues when an operator runs it again", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      throw failure("temporary", "channel", { retryAfter: 20 });
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 1_100);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const channel = (await test.settled()).channels["probe"];
    expect(channel?.stalled).toMatchObject({ kind: "temporary" });
    expect(channel?.counts.pending).toBe(1_100);
    expect(probe.calls).toHaveLength(channelAttempts);

    probe.answer = async () => ({});
    await test.publish();
    expect((await test.settled()).channels["probe"]?.counts.accepted).toBe(1_100);
  });

  it("waits as long as the server asks, and does not count this as a try", async () => {
    await using backend = await open();
    const probe = openProbe();
    let throttles = 8;
    probe.answer = async () => {
      if (throttles-- > 0) throw failure("throttled", "channel", { retryAfter: 20 });
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 10);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const channel = (await test.settled()).channels["probe"];
    expect(channel?.counts.accepted).toBe(10);
    expect(channel?.stalled).toBeUndefined();
  });

  it("never sends an uncertain delivery again automatically", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async ({ recipient }) => {
      if (recipient.address === "reader2@example.org") throw new Error("the wire went dead");
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 8);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 7, uncertain: 1 });
    await test.publish();
    await test.settled();
    expect(probe.calls.filter((address) => address === "reader2@example.org")).toHaveLength(1);
  });

  it("stops before everybody is uncertain when a relay loses every answer", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      throw failure("uncertain", "recipient", { retryAfter: 20 });
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 100);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const channel = (await test.settled()).channels["probe"];
    expect(channel?.stalled).toBeDefined();
    expect(channel?.counts.uncertain).toBe(5);
    expect(channel?.counts.pending).toBe(95);
  });

  it("leaves out people who unsubscribe between the decision and the sending", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 5);
    await test.publish();
    await test.app.subscribers.unsubscribe("reader0@example.org");
    await test.app.subscribers.forget("reader1@example.org");
    await using _workers = await test.app.startWorkers(test.channels, never);
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 3, suppressed: 2 });
    expect(probe.calls.sort()).toEqual(["reader2@example.org", "reader3@example.org", "reader4@example.org"]);
  });

  it("finishes work in progress when it is stopped, and the next process continues", async () => {
    await using backend = await open();
    const probe = openProbe();
    let begun = 0;
    const started = Promise.withResolvers<void>();
    probe.answer = async () => {
      if (++begun === 10) started.resolve();
      await sleep(20);
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 60);
    const workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await started.promise;
    await workers[Symbol.asyncDispose]();
    const [stopped] = await test.app.ledger.report("hello.md");
    const counts = stopped?.channels["probe"]?.counts;
    expect(counts?.sending).toBe(0);
    expect(counts?.uncertain).toBe(0);
    expect(counts?.accepted).toBe(probe.accepted.size);
    expect(counts?.pending).toBeGreaterThan(0);

    await using _again = await test.app.startWorkers(test.channels, never);
    expect((await test.settled()).channels["probe"]?.counts.accepted).toBe(60);
    expect(doubles(probe)).toEqual([]);
  });

  it("sends a scheduled post at its time, to the subscribers at that time", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 2);
    await using _workers = await test.app.startWorkers(test.channels, never);
    const publishedAt = new Date(Date.now() + 1_500).toISOString();
    const published = await test.publish(aPost({ status: "scheduled", publishedAt }));
    expect(published.later).toEqual([{ channel: "probe", at: new Date(publishedAt) }]);
    expect((await test.settled()).scheduledFor).toBeDefined();
    expect(probe.calls).toEqual([]);
    await addReaders(test, 4);
    await expect.poll(() => probe.calls.length, { timeout: 120_000 }).toBe(4);
    expect((await test.settled()).channels["probe"]?.counts.accepted).toBe(4);
  });

  it("records every change in the event table, which can't be changed", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await test.settled();
    const { rows } = await test.app.database.pool.query<{ kind: string; count: number }>(
      `select kind, sum(case when kind = 'delivery.created' then 1 else coalesce((data->>'count')::int, 1) end)::int as count
       from postrider.event group by kind order by kind`,
    );
    expect(rows).toEqual([
      { kind: "delivery.accepted", count: 3 },
      { kind: "delivery.created", count: 1 },
      { kind: "delivery.sending", count: 3 },
      { kind: "publication.created", count: 1 },
    ]);
    await expect(test.app.database.pool.query("delete from postrider.event")).rejects.toThrow("append-only");
  });

  it("fills a lost queue from the ledger", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 30);
    // Decided, and then every job is lost.
    await test.app.ledger.transaction(async (tx) => {
      const postId = await test.app.ledger.rememberPost(tx, aPost());
      const channels = test.channels.map((channel) => ({ channel, generation: 1 }));
      const id = await test.app.ledger.createPublication(tx, {
        postId,
        revision: aPost().revision,
        actor: "test",
        channels,
      });
      await test.app.ledger.release(tx, id);
    });
    await using _workers = await test.app.startWorkers(test.channels, never);
    expect((await test.settled()).channels["probe"]?.counts.accepted).toBe(30);
  });
});

describe("A held or draft post", () => {
  it("is refused before anything is written", async () => {
    const { publish } = await import("#pipeline/publishing/publish.ts");
    const untouched = { ledger: {} as never, queue: {} as never };
    const request = { channels: [] as never[], actor: "test", now: new Date() };
    await expect(publish({ ...request, post: aPost({ status: "held" }) }, untouched)).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(publish({ ...request, post: aPost({ status: "draft" }) }, untouched)).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
