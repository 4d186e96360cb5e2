/** The history is dropped only by choice, only where nothing is left to do, and the sums still add up. */

import { expect, it } from "vitest";
import { prunableEvents, prunableMails, pruneEvents, pruneMails } from "#store/database/prune.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const later = new Date(Date.now() + 86_400_000);

describeOnEveryBackend("What happened", (open) => {
  it("can't be deleted, and is replaced by totals if so configured", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await addReaders(test, 3);
    const { ledger, database } = test.app;
    const { pool, transaction } = database;
    await test.publish();
    {
      await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
      await test.settled();
    }
    await expect(pool.query("delete from postrider.event")).rejects.toThrow("append-only");
    await ledger.closeFinished(["probe"]);
    await test.publish(aPost({ id: "open.md", url: "https://example.org/open/" }));
    const [report] = await ledger.report("hello.md");
    const audited = async () => (await ledger.audit(report?.id ?? ""))[0];
    const before = await audited();
    expect(before).toMatchObject({ counts: { accepted: 3 }, problems: [] });

    const few = new Date(Date.now() - 86_400_000);
    expect([await prunableEvents(pool, few), await prunableMails(pool, few)]).toEqual([0, 0]);
    const due = await prunableEvents(pool, later);
    expect(due).toBeGreaterThan(0);
    expect(await transaction((tx) => pruneEvents(tx, later))).toBe(due);
    expect(await audited()).toEqual(before);
    expect(await prunableEvents(pool, later)).toBe(0);
    const { rows } = await pool.query<{ kind: string; open: boolean }>(
      `select distinct kind, post_id = 'open.md' as open from postrider.event where kind like 'delivery.%' or kind like 'publication.%'`,
    );
    expect(rows.map(({ kind, open: isOpen }) => `${kind} ${isOpen}`).sort()).toEqual([
      "delivery.created true",
      "publication.created false",
      "publication.created true",
    ]);
    await expect(pool.query("delete from postrider.event")).rejects.toThrow("append-only");

    expect([await prunableMails(pool, later), await pruneMails(pool, later), await pruneMails(pool, later)]).toEqual([
      1, 1, 0,
    ]);
  });
});
