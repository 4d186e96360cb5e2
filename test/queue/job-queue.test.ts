/** Enqueueing is part of the caller's transaction, on every backend: BullMQ promises that for none. */

import { expect, it } from "vitest";
import type { Job } from "#core/ports/queue.ts";
import { openRelay } from "#queue/relay.ts";
import { openTestApp, silent } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const job = (from: number): Job => ({
  kind: "deliver",
  batch: { publicationId: "00000000-0000-0000-0000-000000000000", channel: "probe", from: `${from}`, to: `${from}` },
});

describeOnEveryBackend("Enqueueing", (open) => {
  it("puts jobs on the queue if and only if the transaction commits", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { queue, ledger, database } = test.app;
    await using relay = openRelay(test.app.backend, database.transaction, silent);
    await expect(
      ledger.transaction(async (tx) => {
        await queue.enqueue(tx, [job(1), job(2)]);
        throw new Error("changed our mind");
      }),
    ).rejects.toThrow("changed our mind");
    await relay.drain();
    expect(await queue.depth("probe")).toBe(0);

    await ledger.transaction(async (tx) => {
      await queue.enqueue(tx, [job(1), job(2), job(3)]);
      // The embedded engine serves one transaction at a time: there nobody could even look.
      if (database.kind === "embedded") return;
      await relay.drain();
      expect(await queue.depth("probe")).toBe(0);
    });
    await relay.drain();
    expect(await queue.depth("probe")).toBe(3);
  });

  it("delays jobs that are not due yet", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { queue, ledger, database } = test.app;
    await using relay = openRelay(test.app.backend, database.transaction, silent);
    await ledger.transaction((tx) => queue.enqueue(tx, [{ ...job(1), delay: 60_000 } as Job]));
    await relay.drain();
    expect(await queue.depth("probe")).toBe(1);
    expect(await test.app.backend.queue("deliver.probe").getJobCountByTypes("waiting")).toBe(0);
    expect(await test.app.backend.queue("deliver.probe").getJobCountByTypes("delayed")).toBe(1);
  });
});
