/** A batch in the middle of which the database fails. */

import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ClaimLog, WireLog } from "#core/sending/wire-log.ts";
import { openSharedChannels } from "#pipeline/sending/channels.ts";
import { deliver } from "#pipeline/sending/deliver.ts";
import { registerWorker } from "#store/sending/workers.ts";
import { addReaders, openTestApp, silent, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const never = new AbortController().signal;
const noLog: WireLog = {
  open: () => ({ begun() {}, accepted() {}, notTaken() {}, complete() {}, [Symbol.dispose]() {} }),
  read: () => null,
  forget() {},
};

/** @param ledger - what differs from the real one */
function portsOf({ app, site }: TestApp, wireLog: WireLog, ledger: Partial<SendingPorts["ledger"]>): SendingPorts {
  const { render, rendition, shareLinks, transport, links } = app.desk;
  return {
    ...{ queue: app.queue, render, rendition, isLive: async () => "", shareLinks, transport, links },
    ...{ networkRate: () => ({}), idempotentAdapters: [], wireLog, clock: site.clock, log: silent },
    ledger: { ...app.ledger, ...ledger },
  };
}

it("keeps the wire log until all emails in transmission have ended, even if the database fails", async () => {
  await using backend = await openBackend({});
  const probe = openProbe({}, 3);
  let running = 0;
  probe.answer = async () => {
    running++;
    await sleep(50);
    running--;
    return {};
  };
  await using test = await openTestApp(backend, [probe.adapter]);
  const { app } = test;
  await addReaders(test, 40);
  await test.publish();
  await using worker = await registerWorker(app.database.pool, silent, ["probe"]);
  const [report] = await app.ledger.report();
  let intents = 0;
  let closedWith: number | null = null;
  const wireLog: WireLog = { open: () => log, read: () => null, forget() {} };
  const log: ClaimLog = {
    begun: () => expect(closedWith, "begun after the log was closed").toBeNull(),
    accepted() {},
    notTaken() {},
    complete: () => expect.unreachable("not everything is known"),
    [Symbol.dispose]() {
      closedWith = running;
    },
  };
  const ports = portsOf(test, wireLog, {
    intend: (claim, ids) => {
      if (++intents === 4) throw new Error("the database went away");
      return app.ledger.intend(claim, ids);
    },
  });
  const batch = { publicationId: report?.id ?? "", channel: "probe", from: "0", to: "999999" };
  const delivering = deliver(batch, worker.id, ports, openSharedChannels(never), { stop: never, abort: never });
  await expect(delivering).rejects.toThrow("the database went away");
  expect(closedWith).toBe(0);
  expect(running).toBe(0);
  const accepted = (await app.ledger.report())[0]?.channels["probe"]?.counts.accepted;
  expect(accepted).toBe(probe.calls.length);
  expect(accepted).toBeGreaterThan(3);
});

it("raises no alarm when what was accepted is recorded, and only the database's answer is lost", async () => {
  await using backend = await openBackend({});
  const probe = openProbe();
  await using test = await openTestApp(backend, [probe.adapter]);
  const { app } = test;
  await addReaders(test, 3);
  await test.publish();
  await using worker = await registerWorker(app.database.pool, silent, ["probe"]);
  const [report] = await app.ledger.report();
  const id = report?.id ?? "";
  let tries = 0;
  const ports = portsOf(test, noLog, {
    record: async (claim, changes, again) => {
      const held = await app.ledger.record(claim, changes, again);
      if (++tries === 1) throw new Error("the connection was lost");
      return held;
    },
  });
  const batch = { publicationId: id, channel: "probe", from: "0", to: "999999" };
  await deliver(batch, worker.id, ports, openSharedChannels(never), { stop: never, abort: never });
  expect(tries).toBeGreaterThan(1);
  expect(await app.ledger.audit(id)).toMatchObject([{ alarms: [], problems: [] }]);
});
