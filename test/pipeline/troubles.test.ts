/** A batch that fails in the middle holds on to its claim until nothing of it is on its way. */

import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ClaimLog, WireLog } from "#core/sending/wire-log.ts";
import { openSharedChannels } from "#pipeline/sending/channels.ts";
import { deliver } from "#pipeline/sending/deliver.ts";
import { registerWorker } from "#store/sending/workers.ts";
import { addReaders, openTestApp, silent } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const never = new AbortController().signal;

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
  const ports: SendingPorts = {
    ...{
      queue: app.queue,
      render: app.desk.render,
      rendition: app.desk.rendition,
      isLive: async () => "",
      shareLinks: app.desk.shareLinks,
      transport: app.desk.transport,
      links: app.desk.links,
    },
    ...{ networkRate: () => ({}), idempotentAdapters: [], wireLog, clock: test.site.clock, log: silent },
    ledger: {
      ...app.ledger,
      intend: (claim, ids) => {
        if (++intents === 4) throw new Error("the database went away");
        return app.ledger.intend(claim, ids);
      },
    },
  };
  const batch = { publicationId: report?.id ?? "", channel: "probe", from: "0", to: "999999" };
  const delivering = deliver(batch, worker.id, ports, openSharedChannels(never), { stop: never, abort: never });
  await expect(delivering).rejects.toThrow("the database went away");
  expect(closedWith).toBe(0);
  expect(running).toBe(0);
  const accepted = (await app.ledger.report())[0]?.channels["probe"]?.counts.accepted;
  expect(accepted).toBe(probe.calls.length);
  expect(accepted).toBeGreaterThan(3);
});
