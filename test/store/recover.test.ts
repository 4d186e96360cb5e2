/** What becomes of the deliveries of a process that is no more. */

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import { thisProcess } from "#store/database/embedded/process-identity.ts";
import { openWireLog } from "#store/sending/wire-log.ts";
import { addReaders, openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";
import { tempDir } from "../support/temp.ts";

describeOnEveryBackend("Recovery", (open) => {
  it("trusts the wire log only of a process that has ended on this machine", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const ids = await taken(test, { ended: true });
    const wireLog = openWireLog(join(tempDir(), "wire"));
    {
      using log = wireLog.open(ids.claim);
      for (const id of ids.deliveries.slice(0, 3)) log.begun(id);
      log.accepted(ids.deliveries[0] ?? "", { remoteId: "q1", response: "250 queued" });
      log.notTaken(ids.deliveries[1] ?? "");
    }
    expect(await test.app.ledger.recover([], wireLog)).toEqual({ accepted: 1, uncertain: 1, pending: 3 });
    expect((await test.app.ledger.report())[0]?.channels["probe"]?.counts).toMatchObject({
      accepted: 1,
      uncertain: 1,
      pending: 3,
    });
    expect(wireLog.read(ids.claim)).toBeNull();
    expect(await test.app.ledger.recover([], wireLog)).toEqual({ accepted: 0, uncertain: 0, pending: 0 });
  });

  it("does not trust the log of a process that only missed its heartbeat, because it may still send", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const ids = await taken(test, { ended: false });
    const wireLog = openWireLog(join(tempDir(), "wire"));
    {
      using log = wireLog.open(ids.claim);
      log.begun(ids.deliveries[0] ?? "");
    }
    expect(await test.app.ledger.recover([], wireLog)).toEqual({ accepted: 0, uncertain: 5, pending: 0 });
  });

  it("still accepts a late success of a process that was declared dead, and no other late answer", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { claim, deliveries } = await taken(test, { ended: false });
    const { ledger } = test.app;
    const [first = "", second = ""] = deliveries;
    expect(await ledger.recover([], openWireLog(tempDir()))).toMatchObject({ uncertain: 5 });
    const no = { kind: "permanent" as const, scope: "recipient" as const, code: "no", message: "no" };
    const told = await ledger.record(claim, [
      { id: first, state: "accepted", receipt: { remoteId: "q1" } },
      { id: second, state: "refused", failure: no },
    ]);
    expect([...told]).toEqual([first]);
    expect((await ledger.report())[0]?.channels["probe"]?.counts).toMatchObject({ accepted: 1, uncertain: 4 });
  });

  it("finds deliveries in progress by their claim, which is kept until all are settled", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { claim, deliveries } = await taken(test, { ended: true });
    const { ledger, database } = test.app;
    const claims = async () => (await database.pool.query("select id from postrider.claim")).rows.map(({ id }) => id);
    const accept = (ids: readonly string[]) =>
      ledger.record(
        claim,
        ids.map((id) => ({ id, state: "accepted" as const, receipt: { remoteId: id } })),
      );
    await accept(deliveries.slice(1));
    await ledger.closeClaim(claim);
    expect(await claims()).toEqual([claim]);
    await accept(deliveries.slice(0, 1));
    await ledger.closeClaim(claim);
    expect(await claims()).toEqual([]);
  });
});

/** Five deliveries in the hands of another process. */
async function taken(test: TestApp, { ended }: { ended: boolean }): Promise<{ claim: string; deliveries: string[] }> {
  const { ledger, database } = test.app;
  await addReaders(test, 5);
  await test.publish();
  const [publication] = await ledger.report();
  const worker = randomUUID();
  const identity = ended ? { ...thisProcess(), start: "0" } : thisProcess();
  await database.pool.query(
    "insert into postrider.worker (id, identity, seen_at) values ($1, $2, now() - interval '2 minutes')",
    [worker, JSON.stringify(identity)],
  );
  const batch = { publicationId: publication?.id ?? "", channel: "probe", from: "0", to: "9999999" };
  const claim = await ledger.claim(batch, worker);
  const ours = await ledger.intend(
    claim.id,
    claim.deliveries.map(({ id }) => id),
  );
  return { claim: claim.id, deliveries: [...ours].sort((a, b) => Number(a) - Number(b)) };
}
