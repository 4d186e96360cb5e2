/** When a batch stops, what stops with it, and what its end means for the queue. */

import { expect, it } from "vitest";
import type { ClaimedDelivery } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Batch, ChannelPublication } from "#core/publishing/publication.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { control } from "#pipeline/campaigns/control.ts";
import { openSharedChannels } from "#pipeline/sending/channels.ts";
import { conclude, type SendResult } from "#pipeline/sending/conclude.ts";
import { deliver } from "#pipeline/sending/deliver.ts";
import { openTurns } from "#pipeline/sending/pace.ts";
import { openWireLog } from "#store/sending/wire-log.ts";
import { registerWorker } from "#store/sending/workers.ts";
import { addReaders, openTestApp, silent, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { failure, openProbe } from "../support/probe.ts";
import { tempDir } from "../support/temp.ts";

const never = new AbortController().signal;
const aborted = AbortSignal.abort();
const signals = { stop: never, abort: never };

function portsOf({ app, site }: TestApp): SendingPorts {
  const { ledger, queue, render, rendition, shareLinks, transport, links } = app.desk;
  return {
    ...{ ledger, queue, render, rendition, shareLinks, transport, links },
    isLive: async () => "",
    networkRate: () => ({}),
    idempotentAdapters: [],
    wireLog: openWireLog(tempDir()),
    clock: site.clock,
    log: silent,
  };
}

/** The whole campaign as one batch. */
async function batchOf({ app }: TestApp): Promise<Batch> {
  const [report] = await app.ledger.report();
  return { publicationId: report?.id ?? "", channel: "probe", from: "0", to: "9999999" };
}

async function publicationOf(test: TestApp, { publicationId, channel }: Batch): Promise<ChannelPublication> {
  const publication = await test.app.ledger.channelPublication(publicationId, channel);
  if (!publication) throw new Error("there is no such publication");
  return publication;
}

/** Sends one batch from begin to end, one mail after the other. */
async function deliverAll(test: TestApp) {
  const batch = await batchOf(test);
  await using worker = await registerWorker(test.app.database.pool, silent, ["probe"]);
  const outcome = await deliver(batch, worker.id, portsOf(test), openSharedChannels(never), signals);
  return { outcome, publication: await publicationOf(test, batch) };
}

it("A batch pauses the campaign after five refusals in a row that blame the sender, not after five with an acceptance between", async () => {
  await using backend = await openBackend({});
  const probe = openProbe({}, 1);
  await using test = await openTestApp(backend, [probe.adapter]);
  await addReaders(test, 15);
  await test.publish();
  // For now only: also such answers are counted (RFC 3463 §2, class 4).
  const blamed = failure("temporary", "recipient", { status: 451, enhanced: "4.7.1" });
  probe.answer = async () => {
    if (probe.calls.length % 5 !== 1) throw blamed;
    return {};
  };
  expect((await deliverAll(test)).publication.paused).toBeNull();
  expect([probe.calls.length, probe.accepted.size]).toEqual([15, 3]);

  await test.app.database.pool.query("update postrider.delivery set due_at = now()");
  probe.answer = async () => {
    throw blamed;
  };
  expect((await deliverAll(test)).publication.paused?.reason).toContain("because of the sender (policy");
  // Nobody is to blame for that among the readers: none of the providers is left alone, and the fifth answer is the last.
  expect(probe.calls).toHaveLength(20);
});

it("The count of failures starts again when an operator resumes a campaign", async () => {
  await using backend = await openBackend({});
  const probe = openProbe({}, 1);
  await using test = await openTestApp(backend, [probe.adapter], { probe: "stopAfterFailures: 4" });
  await addReaders(test, 12);
  await test.publish();
  const refuse = async () => {
    throw failure("permanent", "recipient");
  };
  probe.answer = refuse;
  const { publication } = await deliverAll(test);
  expect(publication.paused?.reason).toContain("the limit is 4");
  const { publicationId: campaign } = publication;
  await control({ campaign, action: "resume", actor: "test", reason: "looked at" }, test.app);

  // Three more are refused: fewer than the limit, though seven in all.
  const before = probe.calls.length;
  probe.answer = async () => (probe.calls.length - before > 3 ? {} : refuse());
  const after = await deliverAll(test);
  expect(after.publication.paused).toBeNull();
  expect((await test.app.ledger.report())[0]?.channels["probe"]?.counts).toMatchObject({
    refused: before + 3,
    accepted: 12 - before - 3,
  });
});

it("A batch that was stopped does not count as a failure of the channel, and is due again at once", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter]);
  await addReaders(test, 2);
  await test.publish();
  const batch = await batchOf(test);
  const ports = portsOf(test);
  const publication = await publicationOf(test, batch);
  const pass = { proven: true, prove() {}, fail: (tell: () => ReturnType<typeof conclude>) => tell() };
  const password: Failure = { kind: "permanent", scope: "channel", code: "denied", message: "wrong password" };
  const result = (more: Partial<SendResult>): SendResult => ({
    ...{ halt: null, accepted: 0, failed: 0, blamed: 0, pauseMs: 0, retryIn: null },
    ...more,
  });
  const end = (more: Partial<SendResult>, ended: { stop: AbortSignal; abort: AbortSignal }) =>
    conclude(batch, publication, result(more), ports, pass, ended);
  const jobs = (state: "waiting" | "delayed") => test.app.backend.queue("deliver.probe").getJobCountByTypes(state);

  expect(await end({ halt: password }, { stop: never, abort: aborted })).toEqual({});
  expect((await publicationOf(test, batch)).stalled).toBeNull();
  expect(await end({ halt: password }, signals)).toEqual({});
  expect((await publicationOf(test, batch)).stalled?.failure).toMatchObject({ code: "denied" });

  const [waiting, delayed] = [await jobs("waiting"), await jobs("delayed")];
  await end({ retryIn: 3_600_000 }, { stop: aborted, abort: never });
  expect([await jobs("waiting"), await jobs("delayed")]).toEqual([waiting + 1, delayed]);
  await end({ retryIn: 3_600_000 }, signals);
  expect([await jobs("waiting"), await jobs("delayed")]).toEqual([waiting + 1, delayed + 1]);
});

it("A provider that asks to slow down gets nothing for that time, and one that defers is paused after three deferrals", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter]);
  await addReaders(test, 1);
  await test.publish();
  const publication = await publicationOf(test, await batchOf(test));
  const { ledger } = test.app;
  const deliveryTo = (address: string): ClaimedDelivery => ({
    ...{ id: "1", recipient: address, generation: 1, attempts: 0, subject: null },
    subscriber: { address },
  });
  const turns = await openTurns([], publication, portsOf(test));
  const throttled: Failure = {
    kind: "throttled",
    scope: "recipient",
    code: "slow",
    message: "slow",
    retryAfter: 90_000,
  };
  const later: Failure = { kind: "temporary", scope: "recipient", code: "later", message: "later" };
  const blocked = async () => [...(await ledger.blockedPace(["probe @busy.example", "probe @grey.example"])).entries()];

  await turns.failed(deliveryTo("a@grey.example"), later);
  await turns.failed(deliveryTo("b@GREY.example"), later);
  expect(await blocked()).toEqual([]);
  await turns.failed(deliveryTo("a@busy.example"), throttled);
  const [[key = "", ms = 0] = []] = await blocked();
  expect(key).toBe("probe @busy.example");
  expect(Math.ceil(ms / 10_000)).toBe(9);
  await turns.failed(deliveryTo("c@grey.example"), later);
  expect((await blocked()).map(([each]) => each).sort()).toEqual(["probe @busy.example", "probe @grey.example"]);
});
