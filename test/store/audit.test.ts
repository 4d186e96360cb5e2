/** The audit of a campaign says what does not add up: each problem is made on purpose, in a database of its own. */

import { expect, it } from "vitest";
import { addReaders, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

it("An audit counts rows and history, and names each thing that does not fit", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter]);
  await addReaders(test, 3);
  await test.publish();
  const { ledger, database } = test.app;
  const { pool } = database;
  const id = (await ledger.report("hello.md"))[0]?.id ?? "";
  const audited = async () => (await ledger.audit(id))[0];
  expect(await audited()).toMatchObject({
    ...{ id, channel: "probe", candidates: 3, prepared: 3, deliveries: 3, open: 3, alarms: [] },
    counts: { pending: 3, accepted: 0 },
    problems: ["3 have no final state yet"],
  });
  {
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.settled();
  }
  expect(await audited()).toMatchObject({ counts: { accepted: 3 }, open: 0, problems: [] });

  const problemsAfter = async (sql: string): Promise<string[] | undefined> => {
    await pool.query(sql);
    return (await audited())?.problems;
  };
  const again = (where: string): string =>
    `insert into postrider.event (publication_id, post_id, channel, kind, actor, data)
     select publication_id, post_id, channel, kind, actor, data from postrider.event where ${where}`;
  const twice = "3 were accepted more than once: some readers may have got the email twice";
  expect(await problemsAfter(again("kind = 'delivery.accepted'"))).toEqual([twice]);
  const alarm = `insert into postrider.event (publication_id, post_id, channel, kind, actor, data)
    select publication_id, post_id, channel, 'alarm.test', actor, '{"error":"broken"}' from postrider.event
    where kind = 'delivery.accepted' limit 1`;
  const alarmed = [twice, "1 internal errors were recorded"];
  expect(await problemsAfter(alarm)).toEqual(alarmed);
  expect((await audited())?.alarms).toMatchObject([{ kind: "alarm.test", data: { error: "broken" } }]);
  const excluded = `update postrider.publication_channel set prepared = 5, excluded = '{"suppressed": 2, "test": 1}'`;
  const missing = "5 deliveries were prepared, but the ledger has 3";
  expect(await problemsAfter(excluded)).toEqual([missing, ...alarmed]);
  expect(await audited()).toMatchObject({ candidates: 8, prepared: 5, deliveries: 3 });
  const writing = "The audience is still being written";
  expect(await problemsAfter("update postrider.publication_channel set frozen_at = null")).toEqual([
    ...[missing, writing],
    ...alarmed,
  ]);
});

it("An audit names deliveries that are accepted without an event", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter]);
  await addReaders(test, 3);
  await test.publish();
  const { ledger, database } = test.app;
  const id = (await ledger.report("hello.md"))[0]?.id ?? "";
  await database.transaction(async (tx) => {
    // Without the triggers that write the history.
    await tx.query("set local session_replication_role = replica");
    await tx.query(
      `update postrider.delivery set state = 'accepted', settled_at = now() where id in
         (select id from postrider.delivery order by id limit 2)`,
    );
  });
  expect((await ledger.audit(id))[0]?.problems).toEqual([
    "1 have no final state yet",
    "2 are accepted, but the history has no event for them",
  ]);
  await expect(ledger.audit("1b4e28ba-2fa1-41d2-883f-0016d3cca427")).rejects.toMatchObject({ code: "not_found" });
});
